package quartermaster.request;

/** How much of a model is trained: adapters over 4-bit weights, adapters over 16-bit weights, or everything. */
public enum FineTuningMethod {
    QLORA,
    LORA,
    FULL
}
