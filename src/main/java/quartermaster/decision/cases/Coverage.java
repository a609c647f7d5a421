package quartermaster.decision.cases;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import quartermaster.decision.Assessment;
import quartermaster.decision.Condition;
import quartermaster.decision.Decision;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.RuleSource;
import quartermaster.decision.Step;
import quartermaster.decision.engine.RuleBook;
import quartermaster.unit.Place;

/** Which rows of the policy and which rules had a say in some decisions. */
public final class Coverage {
    private final RuleBook rules;
    private final Set<Place> rows = new HashSet<>();
    private final Set<String> spoke = new HashSet<>(); // rules, by name

    /** A row of a step's table. */
    public record TableRow(PolicyTable table, PolicyRow row) {
        public Place at(String file) {
            return Place.row(file, table.step().sheet(), row.row());
        }

        /** The row's condition for a column; any where the table has no such column. */
        Condition condition(String header) {
            for (int column = 0; column < table.columns().size(); column++) {
                if (table.columns().get(column).header().equals(header)) {
                    return row.conditions().get(column);
                }
            }
            return new Condition.Any();
        }

        /** Whether all conditions hold but that for one column, which is not looked at. */
        boolean meetsButFor(String header, Assessment assessment) {
            return table.columns().stream()
                    .allMatch(column -> column.header().equals(header)
                            || condition(column.header()).holds(column.value().apply(assessment)));
        }
    }

    public Coverage(RuleBook rules) {
        this.rules = rules;
    }

    /** Counts what decided any of the candidates that the decision shows. */
    public void add(Decision decision) {
        Stream.concat(decision.ranked().stream(), decision.rejected().stream()).forEach(each -> {
            each.steps().forEach(step -> {
                rows.add(step.at());
                spoke.add(step.rule());
            });
            each.findings().forEach(finding -> spoke.add(finding.code()));
        });
    }

    public List<TableRow> allRows() {
        return Stream.of(Step.values())
                .map(rules.policy()::table)
                .flatMap(table -> table.rows().stream().map(row -> new TableRow(table, row)))
                .toList();
    }

    /** Rows that decided nothing, in the order of sheets and rows. */
    public List<TableRow> silentRows() {
        return allRows().stream()
                .filter(each -> !rows.contains(each.at(rules.policy().file())))
                .toList();
    }

    /** Rules that had nothing to say, in the order of files and lines. */
    public List<RuleSource> silentRules() {
        return rules.rules().stream()
                .filter(each -> !spoke.contains(each.name()))
                .toList();
    }
}
