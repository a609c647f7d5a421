package quartermaster.decision.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import quartermaster.TestWorkspace;
import quartermaster.decision.Column;
import quartermaster.decision.Condition;
import quartermaster.decision.Conditions;
import quartermaster.decision.Points;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.decision.StepVerdict;
import quartermaster.decision.Vocabulary;
import quartermaster.unit.Place;

/** Tables for tests, written as in the sheet, and what is said of them. */
final class Tables {
    private Tables() {}

    static TableAnalysis analysis(PolicyTable table) {
        return new TableAnalysis(
                "rules/policy.xlsx", table, column -> PolicyAnalysis.known(TestWorkspace.catalogue(), column));
    }

    /** A table whose cells are written as in the sheet; the points of a row are its number. */
    static PolicyTable table(List<String> headers, String... cells) {
        List<Column> columns = headers.stream().map(Tables::column).toList();
        List<PolicyRow> rows = new ArrayList<>();
        for (String line : cells) {
            String[] row = line.split(" \\| ", -1);
            List<Condition> conditions = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                conditions.add(Conditions.parse(columns.get(i), row[i], Place.top("Budget"))
                        .value());
            }
            rows.add(row(rows.size() + 2, conditions));
        }
        return new PolicyTable(Step.BUDGET, columns, places(columns), rows);
    }

    static PolicyRow row(int number, List<Condition> conditions) {
        return new PolicyRow(number, conditions, Points.of(number % 100), StepVerdict.GOOD, "because");
    }

    static List<Integer> places(List<Column> columns) {
        return IntStream.range(0, columns.size()).boxed().toList();
    }

    static Column column(String header) {
        return Vocabulary.find(header).orElseThrow();
    }
}
