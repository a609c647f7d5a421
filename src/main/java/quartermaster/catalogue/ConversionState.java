package quartermaster.catalogue;

/** Whether an engine's own format of a model exists: built by somebody, convertible by anybody, or not supported. */
public enum ConversionState {
    BUILT,
    CONVERTIBLE,
    UNSUPPORTED
}
