package quartermaster.catalogue;

/** How an engine spreads one model over several devices. */
public enum MultiDevice {
    TENSOR,
    /** Devices share layers, or hold different ones where that carries more under load. */
    TENSOR_OR_PIPELINE,
    LAYER,
    PIPELINE,
    NONE;

    /** Every device works on every layer. */
    public boolean sharesLayers() {
        return this == TENSOR || this == TENSOR_OR_PIPELINE;
    }
}
