package quartermaster.catalogue;

/** A converted file whose size the sheet {@code Models} knows. */
public enum PublishedFile {
    MLX_4BIT,
    MLX_8BIT
}
