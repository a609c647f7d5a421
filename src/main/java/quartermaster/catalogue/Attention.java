package quartermaster.catalogue;

/** The kind of attention that decides how the KV cache grows. */
public enum Attention {
    FULL,
    SLIDING_WINDOW,
    LATENT,
    LINEAR_HYBRID
}
