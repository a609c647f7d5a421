package quartermaster.unit;

/**
 * Something wrong with the input: a value, not an exception.
 *
 * @param code stable, for programs, e.g. {@code unknown-id}
 * @param message for people: what was found and what was expected
 * @param at where: a JSON pointer ({@code /workload/model}), a cell ({@code Hardware!D7}) or a line ({@code rules/fit.drl:31})
 */
public record Problem(String code, String message, Place at) {
    private static final int QUOTED_AT_MOST = 60;

    public Problem at(Place place) {
        return new Problem(code, message, place);
    }

    /** What somebody wrote, to be quoted in a message: on one line, and of a long text the beginning. */
    public static String quoted(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= QUOTED_AT_MOST ? line : line.substring(0, QUOTED_AT_MOST) + "…";
    }

    @Override
    public String toString() {
        return at + ": " + message;
    }
}
