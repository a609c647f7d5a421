package quartermaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.Condition;
import quartermaster.decision.Conditions;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Vocabulary;
import quartermaster.decision.engine.Decider;
import quartermaster.json.BadJsonException;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.upload.CandidatesReader;

/** Words of the requester's own, from JSON and from a workbook to a rule and to a table. */
class LabelsTest {
    private static final String RULE = """

            rule "health-data-leaves-the-house"
                @source("an example")
                when
                    $it : Assessment( labels contains "health-data", isRented )
                then
                    findings.reject(kcontext, $it, "Buy it.", "Health data may not be rented out.");
            end
            """;

    @Test
    void a_rule_asks_for_a_label_whichever_door_it_came_by() throws Exception {
        Decider decider = withRule();
        assertThat(isForbidden(decider, json("[\"Health data\", \"pilot\"]"))).isTrue();
        assertThat(isForbidden(decider, json("[\"pilot\"]"))).isFalse();
        assertThat(isForbidden(decider, cells("pilot; health_data"))).isTrue();
        assertThat(isForbidden(decider, cells(null))).isFalse();
    }

    @Test
    void a_table_asks_for_any_of_some_labels() throws Exception {
        Condition cell = Conditions.parse(
                        Vocabulary.find("Labels").orElseThrow(), "Health data, payroll", new Place.Named("a cell"))
                .value();
        assertThat(holds(cell, json("[\"HEALTH-DATA\"]"))).isTrue();
        assertThat(holds(cell, json("[\"pilot\"]"))).isFalse();
        assertThat(holds(cell, json("[]"))).isFalse();
    }

    private Decider withRule() throws IOException {
        Path copy = TestWorkspace.copy();
        Files.writeString(copy.resolve("rules/fit.drl"), RULE, StandardOpenOption.APPEND);
        Imported<Decider> loaded = Workspace.load(copy, "test", Instant::now);
        assertThat(loaded.problems()).isEmpty();
        return Objects.requireNonNull(loaded.value());
    }

    private static DecisionRequest json(String labels) throws BadJsonException {
        String request = """
                {"workload": {"type": "batch", "labels": %s},
                 "candidates": [{"hardware": "nvidia-h100-sxm-80gb", "acquisition": "rent"}]}""".formatted(labels);
        return Objects.requireNonNull(RequestReader.read(request, TestWorkspace.TODAY)
                .requests()
                .get(0)
                .value());
    }

    private static DecisionRequest cells(String labels) {
        var read = CandidatesReader.read(
                Workbooks.file(book -> {
                    Workbooks.row(book.createSheet("Workload"), 1, "Type", "Labels");
                    Workbooks.row(book.getSheet("Workload"), 2, "batch", labels);
                    Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Acquisition");
                    Workbooks.row(book.getSheet("Candidates"), 2, "nvidia-h100-sxm-80gb", "rent");
                }),
                TestWorkspace.names(),
                TestWorkspace.TODAY,
                Explain.SUMMARY);
        return read.value().get(0).request();
    }

    private static boolean isForbidden(Decider decider, DecisionRequest request) {
        return only(decider, request).findings().stream()
                .anyMatch(each -> each.code().equals("health-data-leaves-the-house"));
    }

    private static boolean holds(Condition cell, DecisionRequest request) {
        Recommendation only = only(TestWorkspace.decider(), request);
        return cell.holds(Vocabulary.find("Labels").orElseThrow().value().apply(only.assessment()));
    }

    private static Recommendation only(Decider decider, DecisionRequest request) {
        var decision = Objects.requireNonNull(decider.decide(request).value());
        return decision.ranked().isEmpty()
                ? decision.rejected().get(0)
                : decision.ranked().get(0);
    }
}
