package quartermaster.decision;

/**
 * What a decision was made with.
 *
 * @param workspace digest of catalogue and rules together
 */
public record Versions(String program, String workspace, String catalogue, String rules) {}
