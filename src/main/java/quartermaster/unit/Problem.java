package quartermaster.unit;

/**
 * Something wrong with the input: a value, not an exception.
 *
 * @param code stable, for programs, e.g. {@code unknown-id}
 * @param message for people: what was found and what was expected
 * @param at where: a JSON pointer ({@code /workload/model}), a cell ({@code Hardware!D7}) or a line ({@code rules/fit.drl:31})
 */
public record Problem(String code, String message, Place at) {
    public Problem at(Place place) {
        return new Problem(code, message, place);
    }

    @Override
    public String toString() {
        return at + ": " + message;
    }
}
