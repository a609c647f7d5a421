package quartermaster.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quartermaster.DrawnRequests;
import quartermaster.TestWorkspace;
import quartermaster.decision.engine.Decider;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;

class PolicyTableTest {
    private static final Decider DECIDER = TestWorkspace.decider();

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void the_first_row_that_holds_is_met_however_many_there_are(WorkloadType type) {
        for (DecisionRequest asked : DrawnRequests.of(2, List.of(type))) {
            List<Recommendation> variants = DECIDER.variants(asked);
            for (PolicyTable table : DECIDER.rules().policy().tables().values()) {
                PolicyTable longer =
                        repeated(table, 1 + Long.SIZE / table.rows().size());
                for (int i = 0; i < variants.size(); i += 11) { // of each candidate some
                    Assessment each = variants.get(i).assessment();
                    PolicyRow first = table.rows().stream()
                            .filter(row -> holds(table, row, each))
                            .findFirst()
                            .orElse(null);
                    assertThat(table.match(each).row()).isEqualTo(first);
                    assertThat(longer.match(each).row()).isEqualTo(first);
                }
            }
        }
    }

    private static PolicyTable repeated(PolicyTable table, int times) {
        List<PolicyRow> rows = new ArrayList<>();
        IntStream.range(0, times).forEach(any -> rows.addAll(table.rows()));
        assertThat(rows).hasSizeGreaterThan(Long.SIZE);
        return new PolicyTable(
                table.step(),
                table.columns(),
                IntStream.range(0, table.columns().size()).boxed().toList(),
                rows);
    }

    private static boolean holds(PolicyTable table, PolicyRow row, Assessment of) {
        return IntStream.range(0, table.columns().size())
                .allMatch(i -> row.conditions()
                        .get(i)
                        .holds(table.columns().get(i).value().apply(of)));
    }
}
