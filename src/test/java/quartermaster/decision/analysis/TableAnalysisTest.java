package quartermaster.decision.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.Column;
import quartermaster.decision.Condition;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.unit.Place;

/** What is said of a table before it is used is what evaluating it point by point finds. */
class TableAnalysisTest {
    private static final Set<String> NEVER_MATCHES =
            Set.of("shadowed-row", "net-row", "duplicate-row", "contradictory-row");
    private static final List<String> HEADERS =
            List.of("Workload type", "Load (%)", "Replicas", "Offer tier", "Team lacks");
    private static final int TABLES = 400;
    private static final int POINTS = 20_000;

    @Test
    void random_tables_are_as_brute_force_finds_them() {
        Random random = new Random(4);
        for (int i = 0; i < TABLES; i++) {
            PolicyTable table = randomTable(random);
            List<List<@Nullable Object>> grid = grid(table);
            Set<Integer> decide = new TreeSet<>();
            boolean gap = false;
            for (List<@Nullable Object> point : grid) {
                int row = firstMatch(table, point);
                gap |= row == 0;
                decide.add(row);
            }
            TableAnalysis analysis = Tables.analysis(table);
            Set<Integer> never =
                    table.rows().stream().map(PolicyRow::row).collect(Collectors.toCollection(TreeSet::new));
            never.removeAll(decide);
            assertThat(neverMatching(analysis)).as(show(table)).isEqualTo(never);
            assertThat(!analysis.gapPoints().isEmpty()).as(show(table)).isEqualTo(gap);
            assertThat(analysis.gapPoints()).allMatch(point -> firstMatch(table, point) == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_shipped_tables_are_as_sampled_points_find_them(Step step) {
        PolicyTable table = TestWorkspace.decider().rules().policy().table(step);
        TableAnalysis analysis = Tables.analysis(table);
        Set<Integer> never = neverMatching(analysis);
        Random random = new Random(5);
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            values.add(values(table, column));
        }
        for (int i = 0; i < POINTS; i++) {
            List<@Nullable Object> point = new ArrayList<>();
            values.forEach(several -> point.add(several.get(random.nextInt(several.size()))));
            int row = firstMatch(table, point);
            assertThat(never).doesNotContain(row);
            assertThat(row != 0 || !analysis.gapPoints().isEmpty()).isTrue();
        }
    }

    @Test
    void two_hundred_rows_over_many_columns_are_looked_at_in_full() {
        Random random = new Random(6);
        List<Column> columns = HEADERS.stream().map(Tables::column).toList();
        List<PolicyRow> rows = new ArrayList<>();
        for (int row = 2; row <= 201; row++) {
            List<Condition> conditions = new ArrayList<>();
            columns.forEach(each -> conditions.add(randomCondition(each, random)));
            rows.add(Tables.row(row, conditions));
        }

        assertThat(Tables.analysis(new PolicyTable(Step.BUDGET, columns, Tables.places(columns), rows))
                        .findings())
                .extracting(PolicyFinding::code)
                .doesNotContain("not-analysed");
    }

    private static Set<Integer> neverMatching(TableAnalysis analysis) {
        return analysis.findings().stream()
                .filter(each -> NEVER_MATCHES.contains(each.code()))
                .map(each -> ((Place.Cell) each.at()).row())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The number of the row that decides a point, as the table would; 0 for none. */
    private static int firstMatch(PolicyTable table, List<@Nullable Object> point) {
        for (PolicyRow row : table.rows()) {
            boolean holds = true;
            for (int column = 0; column < point.size(); column++) {
                holds &= row.conditions().get(column).holds(point.get(column));
            }
            if (holds) {
                return row.row();
            }
        }
        return 0;
    }

    private static PolicyTable randomTable(Random random) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            Column column = Tables.column(HEADERS.get(random.nextInt(HEADERS.size())));
            if (!columns.contains(column)) {
                columns.add(column);
            }
        }
        List<PolicyRow> rows = new ArrayList<>();
        for (int row = 2; row < 4 + random.nextInt(7); row++) {
            List<Condition> conditions = new ArrayList<>();
            columns.forEach(each -> conditions.add(randomCondition(each, random)));
            rows.add(Tables.row(row, conditions));
        }
        return new PolicyTable(Step.BUDGET, columns, Tables.places(columns), rows);
    }

    private static Condition randomCondition(Column column, Random random) {
        int low = random.nextInt(5);
        List<String> ids = values(column);
        Condition condition = column.numeric()
                ? new Condition.Within(
                        random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : low,
                        true,
                        random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : low + random.nextInt(4),
                        random.nextBoolean())
                : new Condition.OneOf(new TreeSet<>(
                        List.of(ids.get(random.nextInt(ids.size())), ids.get(random.nextInt(ids.size())))));
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Condition.Any();
            case 2 -> new Condition.Not(condition);
            default -> condition;
        };
    }

    private static List<String> values(Column column) {
        return column.ids().isEmpty() ? List.of("neocloud", "marketplace", "unheard-of") : column.ids();
    }

    /** Every combination of values that columns may have, fine enough for bounds that are whole numbers. */
    private static List<List<@Nullable Object>> grid(PolicyTable table) {
        List<List<@Nullable Object>> grid = new ArrayList<>();
        grid.add(List.of());
        for (int column = 0; column < table.columns().size(); column++) {
            List<List<@Nullable Object>> finer = new ArrayList<>();
            for (List<@Nullable Object> point : grid) {
                for (Object value : values(table, column)) {
                    List<@Nullable Object> longer = new ArrayList<>(point);
                    longer.add(value);
                    finer.add(longer);
                }
            }
            grid = finer;
        }
        return grid;
    }

    private static List<@Nullable Object> values(PolicyTable table, int index) {
        Column column = table.columns().get(index);
        List<@Nullable Object> values = new ArrayList<>();
        switch (column.kind()) {
            case NUMBER -> numbers(table, index, 0.5).forEach(values::add);
            case WHOLE_NUMBER -> numbers(table, index, 1).forEach(values::add);
            case ID -> {
                values.addAll(values(column));
                table.rows()
                        .forEach(row -> values.addAll(
                                ColumnParts.mentioned(row.conditions().get(index))));
                if (column.ids().isEmpty()) {
                    values.add("never-mentioned");
                } else {
                    values.removeIf(each -> !column.ids().contains(each));
                }
            }
            case SEVERAL_IDS -> {
                values.add(List.of());
                for (String one : column.ids()) {
                    for (String other : column.ids()) {
                        values.add(List.of(one, other));
                    }
                }
                values.add(column.ids());
                values.add(column.ids().subList(0, 3));
                values.add(column.ids().subList(1, 4));
                values.add(column.ids().subList(1, 5));
            }
        }
        if (column.mayBeMissing()) {
            values.add(null);
        }
        return values;
    }

    private static List<Double> numbers(PolicyTable table, int column, double step) {
        Set<Double> numbers = new TreeSet<>();
        for (double each = -1; each < 12; each += step) {
            numbers.add(each);
        }
        for (PolicyRow row : table.rows()) {
            if (row.conditions().get(column) instanceof Condition.Within within) {
                for (double bound : new double[] {within.low(), within.high()}) {
                    numbers.addAll(List.of(bound - step, bound, bound + step));
                }
            }
        }
        return numbers.stream()
                .filter(each -> Double.isFinite(each)
                        && table.columns().get(column).possible().holds(each))
                .toList();
    }

    private static String show(PolicyTable table) {
        return table.rows().stream()
                .map(row -> row.row() + " " + row.conditions())
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}
