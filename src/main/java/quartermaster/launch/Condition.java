package quartermaster.launch;

import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Numbers;

/**
 * One condition of the column {@code When}, e.g. {@code precision = fp8, fp8-block}, {@code mlxRepository != *-4bit} or
 * {@code devices > 1}. A star stands for any text. What has no value is unlike everything.
 */
record Condition(String name, String operator, List<String> values) {
    private static final Pattern WRITTEN = Pattern.compile("\\s*(\\w+)\\s*(!=|=|>|<)\\s*(\\S.*?)\\s*");

    /** The parts of a cell, one condition each; none of an empty one. */
    static List<String> parts(@Nullable String cell) {
        return cell == null
                ? List.of()
                : Stream.of(cell.split(";"))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    static Optional<Condition> read(String part) {
        Matcher written = WRITTEN.matcher(part);
        if (!written.matches()) {
            return Optional.empty();
        }
        List<String> values =
                Stream.of(written.group(3).split(",")).map(String::strip).toList();
        Condition read = new Condition(written.group(1), written.group(2), values);
        boolean sound =
                !read.compares() || (values.size() == 1 && number(values.get(0)).isPresent());
        return sound ? Optional.of(read) : Optional.empty();
    }

    /** @param actual every value of that name */
    boolean holds(List<String> actual) {
        return switch (operator) {
            case "=" -> actual.stream().anyMatch(this::isListed);
            case "!=" -> actual.stream().noneMatch(this::isListed);
            case ">" -> compare(actual, it -> it > bound());
            default -> compare(actual, it -> it < bound());
        };
    }

    private boolean compares() {
        return operator.equals(">") || operator.equals("<");
    }

    private double bound() {
        return number(values.get(0)).orElse(Double.NaN);
    }

    private static boolean compare(List<String> actual, DoublePredicate test) {
        return actual.stream().anyMatch(each -> number(each).filter(test::test).isPresent());
    }

    private static Optional<Double> number(String text) {
        return Numbers.parse(text, null);
    }

    private boolean isListed(String actual) {
        return values.stream()
                .anyMatch(each -> Pattern.compile(Pattern.quote(each).replace("*", "\\E.*\\Q"))
                        .matcher(actual)
                        .matches());
    }
}
