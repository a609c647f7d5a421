package quartermaster.cli.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.cli.report.Console.Style;
import quartermaster.unit.Columns;
import quartermaster.unit.Problem;

/** What every import says: what it took for what, and what it left out. */
public final class ImportReport {
    /** Columns that what is said of a heading stands to its right. */
    public static final int MARGIN = 2;

    private static final String STANDARD_INPUT = "-";

    private ImportReport() {}

    /** A file as messages name it. */
    public static String called(String name) {
        return name.equals(STANDARD_INPUT)
                ? "standard input"
                : String.valueOf(Path.of(name).getFileName());
    }

    /** The names of columns as JSON has them. */
    public static Map<String, @Nullable Object> fields(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        row.forEach((column, value) -> named.put(Columns.field(column), value));
        return named;
    }

    public static void takenFor(Console console, Map<String, String> takenFor) {
        takenFor.forEach((written, id) -> console.say("\"" + written + "\" is taken for " + id + "."));
    }

    /** Those with one reason together, at the first of their places. */
    public static void leftOut(Console console, String heading, List<Problem> problems) {
        if (!problems.isEmpty()) {
            console.say(
                    console.styled(Style.CAREFUL, heading + ": " + Words.count(problems.size(), "row", "rows") + "."));
        }
        problems.stream()
                .collect(Collectors.groupingBy(Problem::message, LinkedHashMap::new, Collectors.toList()))
                .forEach((reason, those) -> {
                    String others = those.size() == 1 ? "" : " (and " + (those.size() - 1) + " more)";
                    indented(console, those.get(0).at() + others + ": " + reason);
                });
    }

    public static void indented(Console console, String text) {
        List<String> lines = Words.wrap(text, console.width() - 2 * MARGIN);
        for (int i = 0; i < lines.size(); i++) {
            console.say(" ".repeat(i == 0 ? MARGIN : 2 * MARGIN) + lines.get(i));
        }
    }
}
