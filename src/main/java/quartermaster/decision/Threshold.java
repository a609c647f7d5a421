package quartermaster.decision;

/**
 * A number that rules compare with: one row of the sheet {@code Thresholds}.
 *
 * @param unit in words, e.g. {@code %}
 */
public record Threshold(String name, double value, String unit, String because, int row) {}
