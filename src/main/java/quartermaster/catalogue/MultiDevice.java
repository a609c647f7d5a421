package quartermaster.catalogue;

/** How an engine spreads one model over several devices. */
public enum MultiDevice {
    TENSOR,
    LAYER,
    PIPELINE,
    NONE
}
