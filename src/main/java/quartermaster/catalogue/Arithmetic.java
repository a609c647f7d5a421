package quartermaster.catalogue;

/** The arithmetic that a quantization lets the matrix units use, where they have it. */
public enum Arithmetic {
    FP16,
    FP8,
    INT8,
    FP4
}
