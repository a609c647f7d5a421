package quartermaster.decision;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.unit.Columns;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * Reads the cells of policy tables: any ({@code -}), a number, a range ({@code 1..4}, {@code > 8}, {@code [0.5..0.9)}),
 * a list ({@code apple-silicon, amd-unified}) or {@code not} one of those.
 */
public final class Conditions {
    private static final int LONGEST_NUMBERS = 200; // of a number or a range, with spaces
    private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>|≤|≥|=)(.+)");
    private static final Pattern SPAN =
            Pattern.compile("([\\[(\\]]?)([^\\[\\]()]+?)(?:\\.\\.|…|–|—|(?<=[0-9] ?)-| to )([^\\[\\]()]+)([\\])\\[]?)");
    private static final Pattern NOT = Pattern.compile("(?i)not\\s+(.+)", Pattern.DOTALL);
    private static final Pattern SEPARATOR = Pattern.compile("[,;\n]");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Condition.Any ANY = new Condition.Any();

    private final Column column;
    private final String unit;
    private final List<Problem> problems = new ArrayList<>();
    private final Place at;

    private Conditions(Column column, String unit, Place at) {
        this.column = column;
        this.unit = unit;
        this.at = at;
    }

    /**
     * The condition of a cell; any, with the problem, when it cannot be understood.
     *
     * @param text of the cell; a number is given as its digits
     * @param at the cell, for the problem
     */
    public static Imported<Condition> parse(Column column, String text, Place at) {
        return parse(column, unit(column.header()), text, at);
    }

    /** @param unit that the table's own header counts in, of which the column's is a multiple; empty for none */
    public static Imported<Condition> parse(Column column, String unit, String text, Place at) {
        Conditions reader = new Conditions(column, unit, at);
        Condition condition = reader.condition(text.replaceAll("\\h+", " ").strip());
        return new Imported<>(condition, reader.problems);
    }

    /** The unit in a header, of whatever it is counted for: {@code tok/s} of {@code Decode (tok/s per user)}. */
    public static String unit(String header) {
        return Columns.unit(header).orElse("").replaceFirst(" per .*", "");
    }

    private Condition condition(String text) {
        if (text.isEmpty() || text.equals("-") || text.equals("–")) {
            return ANY;
        }
        Matcher not = NOT.matcher(text);
        if (!not.matches()) {
            return column.numeric() ? number(text) : list(text);
        }
        String inner = not.group(1).strip();
        if (inner.equals("-") || inner.equals("–") || NOT.matcher(inner).matches()) {
            return wrong("not-a-condition", text, "after not, expected a value, a range or a list.");
        }
        return new Condition.Not(condition(inner));
    }

    private Condition number(String text) {
        if (text.length() <= LONGEST_NUMBERS) {
            Optional<Double> one = value(text);
            if (one.isPresent()) {
                return new Condition.Within(one.get(), true, one.get(), true);
            }
            Matcher compared = COMPARED.matcher(text);
            Optional<Double> limit = compared.matches() ? value(compared.group(2)) : Optional.empty();
            if (limit.isPresent()) {
                return compared(compared.group(1), limit.get());
            }
            Matcher span = SPAN.matcher(text);
            if (span.matches()
                    && value(span.group(2)).isPresent()
                    && value(span.group(3)).isPresent()) {
                return span(text, span);
            }
        }
        String counted = unit.isEmpty() ? "" : " in " + unit;
        return wrong(
                "not-a-number",
                text,
                "expected a number" + counted + ", a range such as 1..4, > 8 or [0.5..0.9), not …, or - for any.");
    }

    private static Condition compared(String sign, double value) {
        return switch (sign) {
            case "<" -> new Condition.Within(Double.NEGATIVE_INFINITY, true, value, false);
            case "<=", "≤" -> new Condition.Within(Double.NEGATIVE_INFINITY, true, value, true);
            case "=" -> new Condition.Within(value, true, value, true);
            case ">" -> new Condition.Within(value, false, Double.POSITIVE_INFINITY, true);
            default -> new Condition.Within(value, true, Double.POSITIVE_INFINITY, true);
        };
    }

    private Condition span(String text, Matcher span) {
        double low = value(span.group(2)).orElseThrow();
        double high = value(span.group(3)).orElseThrow();
        boolean lowIncluded = !span.group(1).equals("(") && !span.group(1).equals("]");
        boolean highIncluded = !span.group(4).equals(")") && !span.group(4).equals("[");
        if (low > high || (low == high && !(lowIncluded && highIncluded))) {
            return wrong("empty-range", text, "no number lies in it; write the smaller one first.");
        }
        return new Condition.Within(low, lowIncluded, high, highIncluded);
    }

    private Condition list(String text) {
        Set<String> ids = new LinkedHashSet<>();
        for (String part : SEPARATOR.splitAsStream(text).toList()) {
            String word = part.strip();
            if (!word.isEmpty()) {
                ids.add(id(word));
            }
        }
        return ids.isEmpty() ? wrong("empty-list", text, "expected ids, or - for any.") : new Condition.OneOf(ids);
    }

    /** The id that a word means; open columns take any word in lower case, for the catalogue knows what they hold. */
    private String id(String word) {
        if (column.ids().isEmpty()) {
            if (word.length() > 100 || !word.matches("[\\p{L}\\p{N}._/+ -]+")) {
                wrong("not-an-id", word, "expected ids of letters, digits, dots and hyphens.");
            }
            return column.kind() == Column.Kind.SEVERAL_IDS ? Ids.hyphenated(word) : word.toLowerCase(Locale.ROOT);
        }
        String wanted = Ids.normalise(word);
        for (String id : column.ids()) {
            if (Ids.normalise(id).equals(wanted)) {
                return id;
            }
        }
        wrong("unknown-value", word, "not a value of " + column.header() + "." + Ids.hint(word, column.ids()));
        return word;
    }

    private Condition wrong(String code, String text, String expected) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        problems.add(new Problem(code, "Found (" + CONTROL.matcher(shown).replaceAll("�") + "); " + expected, at));
        return ANY;
    }

    /** In the column's unit, whichever the text or the table's header has. */
    private Optional<Double> value(String text) {
        return Numbers.factor(unit, unit(column.header()))
                .flatMap(factor -> Numbers.parse(text.strip(), unit).map(number -> number * factor));
    }
}
