package quartermaster.decision.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Column;
import quartermaster.decision.Condition;
import quartermaster.unit.Numbers;

/**
 * The values of a column, cut into parts within which no condition of a table tells two values apart. Each part is
 * stood for by one of its values, so that what holds for that value holds for all of the part.
 */
final class ColumnParts {
    private static final int MOST_IN_EVERY_COMBINATION = 10;
    private static final String SOMETHING_ELSE = "something else";

    private final Column column;
    private final List<Part> parts = new ArrayList<>();

    /** @param value that stands for the part; null for "not known" */
    private record Part(@Nullable Object value) {}

    /**
     * @param conditions of the column in all rows
     * @param known ids of an open column that the catalogue has
     */
    ColumnParts(Column column, List<Condition> conditions, Collection<String> known) {
        this.column = column;
        Set<BitSet> seen = new HashSet<>();
        for (Part part : candidates(column, conditions, known)) {
            if (seen.add(answers(conditions, part.value()))) {
                parts.add(part);
            }
        }
    }

    int count() {
        return parts.size();
    }

    @Nullable
    Object value(int part) {
        return parts.get(part).value();
    }

    /** The parts whose values meet a condition. */
    BitSet meeting(Condition condition) {
        BitSet meeting = new BitSet();
        for (int i = 0; i < parts.size(); i++) {
            meeting.set(i, condition.holds(value(i)));
        }
        return meeting;
    }

    /** The column with the value that stands for a part, e.g. {@code Load (%) 96}. */
    String words(int part) {
        return column.header() + " " + words(value(part));
    }

    private static String words(@Nullable Object value) {
        if (value == null) {
            return "not known";
        }
        if (value instanceof Collection<?> several) {
            return several.isEmpty()
                    ? "none"
                    : several.stream().map(String::valueOf).collect(Collectors.joining(" and "));
        }
        return value instanceof Number number ? Numbers.plain(number.doubleValue()) : value.toString();
    }

    /** Which of the conditions a value meets. */
    private static BitSet answers(List<Condition> conditions, @Nullable Object value) {
        BitSet answers = new BitSet();
        for (int i = 0; i < conditions.size(); i++) {
            answers.set(i, conditions.get(i).holds(value));
        }
        return answers;
    }

    /** At least one value of every part; likely ones first. */
    private static List<Part> candidates(Column column, List<Condition> conditions, Collection<String> known) {
        List<Part> candidates = new ArrayList<>();
        switch (column.kind()) {
            case NUMBER -> numbers(bounds(column, conditions)).forEach(each -> add(candidates, column, each));
            case WHOLE_NUMBER ->
                wholeNumbers(bounds(column, conditions)).forEach(each -> add(candidates, column, each));
            case ID -> ids(column, conditions, known).forEach(each -> candidates.add(new Part(each)));
            case SEVERAL_IDS -> subsets(ids(column, conditions, known)).forEach(each -> candidates.add(new Part(each)));
        }
        if (column.mayBeMissing()) {
            candidates.add(new Part(null));
        }
        return candidates;
    }

    private static void add(List<Part> candidates, Column column, double number) {
        if (column.possible().holds(number)) {
            candidates.add(new Part(number));
        }
    }

    private static TreeSet<Double> bounds(Column column, List<Condition> conditions) {
        TreeSet<Double> bounds = new TreeSet<>();
        addBounds(column.possible(), bounds);
        conditions.forEach(each -> addBounds(each, bounds));
        if (bounds.isEmpty()) {
            bounds.add(0.0);
        }
        return bounds;
    }

    private static void addBounds(Condition condition, TreeSet<Double> bounds) {
        if (condition instanceof Condition.Not not) {
            addBounds(not.inner(), bounds);
        } else if (condition instanceof Condition.Within within) {
            for (double bound : new double[] {within.low(), within.high()}) {
                if (Double.isFinite(bound)) {
                    bounds.add(bound + 0.0); // -0 and 0 are one number
                }
            }
        }
    }

    /** Every bound, and a number between each two and beyond the ends. */
    private static List<Double> numbers(TreeSet<Double> bounds) {
        List<Double> numbers = new ArrayList<>();
        double below = bounds.first() - beyond(bounds.first());
        for (double bound : bounds) {
            numbers.add(numbers.isEmpty() ? below : below + (bound - below) / 2);
            numbers.add(bound);
            below = bound;
        }
        numbers.add(bounds.last() + beyond(bounds.last()));
        return numbers;
    }

    private static double beyond(double bound) {
        return Math.max(1, Math.abs(bound) / 10);
    }

    /** Every whole number next to a bound. */
    private static List<Double> wholeNumbers(TreeSet<Double> bounds) {
        TreeSet<Double> numbers = new TreeSet<>();
        for (double bound : bounds) {
            for (double step = -1; step <= 1; step++) {
                numbers.add(Math.floor(bound) + step);
                numbers.add(Math.ceil(bound) + step);
            }
        }
        return List.copyOf(numbers);
    }

    private static List<String> ids(Column column, List<Condition> conditions, Collection<String> known) {
        if (!column.ids().isEmpty()) {
            return column.ids();
        }
        List<String> ids = new ArrayList<>(known);
        conditions.forEach(each -> ids.addAll(mentioned(each)));
        ids.add(SOMETHING_ELSE);
        return ids.stream().distinct().toList();
    }

    /** The ids that a condition speaks of. */
    static Set<String> mentioned(Condition condition) {
        if (condition instanceof Condition.Not not) {
            return mentioned(not.inner());
        }
        return condition instanceof Condition.OneOf list ? new TreeSet<>(list.ids()) : Set.of();
    }

    /** All of them, but where they are very many: then none, each alone, and all. */
    private static List<List<String>> subsets(List<String> ids) {
        List<List<String>> subsets = new ArrayList<>(List.of(List.of()));
        if (ids.size() > MOST_IN_EVERY_COMBINATION) {
            ids.forEach(id -> subsets.add(List.of(id)));
            subsets.add(ids);
            return subsets;
        }
        for (String id : ids) {
            for (List<String> smaller : List.copyOf(subsets)) {
                List<String> larger = new ArrayList<>(smaller);
                larger.add(id);
                subsets.add(larger);
            }
        }
        return subsets;
    }
}
