package quartermaster.catalogue.model;

/**
 * A field of an imported model that its file does not say as such.
 *
 * @param column of the sheet {@code Models}
 * @param assumed whether it rests on something that the file does not say at all
 * @param because a sentence
 */
public record Derivation(String column, boolean assumed, String because) {}
