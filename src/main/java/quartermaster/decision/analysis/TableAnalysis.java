package quartermaster.decision.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Column;
import quartermaster.decision.Condition;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.analysis.PolicyFinding.Level;
import quartermaster.unit.Place;

/** Looks at a table alone: rows that never match, gaps that no row matches, and rows that meet. */
final class TableAnalysis {
    private static final int GAPS_AT_MOST = 5;
    private static final String UNLIKELY = " The example may be an unlikely combination: columns are looked at apart.";

    private final String file;
    private final PolicyTable table;
    private final List<ColumnParts> parts = new ArrayList<>();
    private final List<RowRegion> boxes = new ArrayList<>(); // of each row
    private final List<PolicyFinding> findings = new ArrayList<>();

    /** @param known ids that the catalogue has for an open column */
    TableAnalysis(String file, PolicyTable table, Function<Column, Collection<String>> known) {
        this.file = file;
        this.table = table;
        for (int i = 0; i < table.columns().size(); i++) {
            int column = i;
            List<Condition> conditions = table.rows().stream()
                    .map(row -> row.conditions().get(column))
                    .toList();
            parts.add(new ColumnParts(
                    table.columns().get(i),
                    conditions,
                    known.apply(table.columns().get(i))));
        }
        table.rows().forEach(row -> boxes.add(box(row)));
    }

    List<PolicyFinding> findings() {
        for (int row = 0; row < boxes.size(); row++) {
            neverMatches(row);
        }
        gaps();
        overlaps();
        return findings;
    }

    /** Points that no row matches: a value for each column, null for "not known". */
    List<List<@Nullable Object>> gapPoints() {
        return UncoveredRegions.of(everything(), boxes, GAPS_AT_MOST).left().stream()
                .map(this::point)
                .toList();
    }

    private List<@Nullable Object> point(RowRegion box) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 0; column < parts.size(); column++) {
            values.add(parts.get(column).value(box.sides().get(column).nextSetBit(0)));
        }
        return values;
    }

    private RowRegion box(PolicyRow row) {
        List<BitSet> sides = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            sides.add(parts.get(i).meeting(row.conditions().get(i)));
        }
        return new RowRegion(sides);
    }

    private RowRegion everything() {
        List<BitSet> sides = new ArrayList<>();
        for (ColumnParts each : parts) {
            BitSet all = new BitSet();
            all.set(0, each.count());
            sides.add(all);
        }
        return new RowRegion(sides);
    }

    private void neverMatches(int row) {
        RowRegion box = boxes.get(row);
        List<RowRegion> above = boxes.subList(0, row);
        int same = above.indexOf(box);
        if (box.isEmpty()) {
            contradictory(row);
        } else if (same >= 0) {
            report(
                    row,
                    "duplicate-row",
                    Level.PROBLEM,
                    "The row asks the same as row " + number(same) + ", which comes first, so it never decides.",
                    words(box));
        } else {
            UncoveredRegions left = UncoveredRegions.of(box, above, 1);
            if (left.gaveUp()) {
                report(
                        row,
                        "not-analysed",
                        Level.ADVICE,
                        "The rows above combine in too many ways to say whether this row can ever match.",
                        null);
            } else if (left.isNothing()) {
                shadowed(row, box, above);
            }
        }
    }

    private void contradictory(int row) {
        PolicyRow wrong = table.rows().get(row);
        List<BitSet> sides = boxes.get(row).sides();
        for (int column = 0; column < sides.size(); column++) {
            if (sides.get(column).isEmpty()) {
                findings.add(new PolicyFinding(
                        "contradictory-row",
                        Level.PROBLEM,
                        "No value that " + table.columns().get(column).header()
                                + " can have meets this condition, so the row never matches.",
                        table.cell(wrong, column).in(file),
                        null));
                return;
            }
        }
    }

    private void shadowed(int row, RowRegion box, List<RowRegion> above) {
        List<Integer> needed = needed(box, above);
        RowRegion shared = box.and(above.get(needed.get(0)));
        String example = words(shared) + " is decided by row " + number(firstMatch(shared));
        String rows = needed.size() == 1
                ? "Row " + number(needed.get(0)) + " above matches"
                : "Rows " + needed.stream().map(this::number).collect(Collectors.joining(", "))
                        + " above together match";
        boolean isNet = row == boxes.size() - 1 && asked(row).isEmpty();
        report(
                row,
                isNet ? "net-row" : "shadowed-row",
                isNet ? Level.ADVICE : Level.PROBLEM,
                rows + " everything that this row would match, so it never decides."
                        + (isNet ? " As a net for rows that are changed it does no harm." : " Maybe move it up."),
                example);
    }

    /** The rows above without any of which something would be left. */
    private static List<Integer> needed(RowRegion box, List<RowRegion> above) {
        List<Integer> needed = IntStream.range(0, above.size())
                .filter(each -> above.get(each).meets(box))
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        for (int each = above.size() - 1; each >= 0; each--) {
            Integer candidate = each;
            List<RowRegion> others = needed.stream()
                    .filter(other -> !other.equals(candidate))
                    .map(above::get)
                    .toList();
            if (UncoveredRegions.of(box, others, 1).isNothing()) {
                needed.remove(candidate);
            }
        }
        return needed;
    }

    private void gaps() {
        UncoveredRegions left = UncoveredRegions.of(everything(), boxes, GAPS_AT_MOST);
        Place at = Place.row(file, table.step().sheet(), 1);
        for (RowRegion gap : left.left()) {
            findings.add(new PolicyFinding(
                    "gap",
                    Level.PROBLEM,
                    "No row matches some candidates, which would be ruled out because the step cannot be scored."
                            + UNLIKELY + " Maybe add a last row of hyphens.",
                    at,
                    words(gap)));
        }
        if (left.gaveUp()) {
            findings.add(new PolicyFinding(
                    "not-analysed",
                    Level.ADVICE,
                    "The rows combine in too many ways to find every gap. Maybe add a last row of hyphens.",
                    at,
                    null));
        }
    }

    /** Rows that ask of the same columns, of which neither is an exception to the other, and that score differently. */
    private void overlaps() {
        for (int later = 0; later < boxes.size(); later++) {
            for (int first = 0; first < later; first++) {
                if (isOverlap(first, later)) {
                    overlap(first, later);
                }
            }
        }
    }

    private boolean isOverlap(int first, int later) {
        RowRegion one = boxes.get(first);
        RowRegion other = boxes.get(later);
        return !table.rows().get(first).points().equals(table.rows().get(later).points())
                && one.meets(other)
                && !one.contains(other)
                && !other.contains(one)
                && asked(first).equals(asked(later));
    }

    private void overlap(int first, int later) {
        RowRegion shared = boxes.get(first).and(boxes.get(later));
        UncoveredRegions decided = UncoveredRegions.of(shared, boxes.subList(0, first), 1);
        if (decided.left().isEmpty()) {
            return;
        }
        report(
                later,
                "overlap",
                Level.ADVICE,
                "Row " + number(first) + " matches some of this row's candidates first and gives " + points(first)
                        + " points instead of " + points(later) + "." + UNLIKELY,
                words(decided.left().get(0)));
    }

    /** The columns that a row has a condition for. */
    private BitSet asked(int row) {
        BitSet asked = new BitSet();
        List<Condition> conditions = table.rows().get(row).conditions();
        IntStream.range(0, conditions.size())
                .filter(column -> !(conditions.get(column) instanceof Condition.Any))
                .forEach(asked::set);
        return asked;
    }

    /** The row that decides the point that {@link #words} names. */
    private int firstMatch(RowRegion box) {
        List<BitSet> point = box.sides().stream()
                .map(side -> {
                    BitSet one = new BitSet();
                    one.set(side.nextSetBit(0));
                    return one;
                })
                .toList();
        return IntStream.range(0, boxes.size())
                .filter(row -> boxes.get(row).contains(new RowRegion(point)))
                .findFirst()
                .orElseThrow();
    }

    /** A point of a box, by the columns in which not everything would do. */
    private String words(RowRegion box) {
        String words = IntStream.range(0, parts.size())
                .filter(column -> box.sides().get(column).cardinality()
                        < parts.get(column).count())
                .mapToObj(column ->
                        parts.get(column).words(box.sides().get(column).nextSetBit(0)))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "any candidate" : words;
    }

    private void report(int row, String code, Level level, String message, @Nullable String example) {
        findings.add(new PolicyFinding(
                code,
                level,
                message,
                Place.row(file, table.step().sheet(), table.rows().get(row).row()),
                example));
    }

    private String number(int row) {
        return Integer.toString(table.rows().get(row).row());
    }

    private String points(int row) {
        return table.rows().get(row).points().toString();
    }
}
