package quartermaster.catalogue;

/** What a quantization keeps of the model's quality, best first. */
public enum Quality {
    LOSSLESS,
    NEAR_LOSSLESS,
    GOOD,
    DEGRADED,
    POOR
}
