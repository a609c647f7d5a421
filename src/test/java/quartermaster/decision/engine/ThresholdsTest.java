package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.Policy;
import quartermaster.decision.Threshold;
import quartermaster.decision.rules.RuleFile;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;

/** One cell of the sheet Thresholds moves one limit. */
class ThresholdsTest {
    private static final String MAC = "mac-studio-m3-ultra-80c-gpu-256gb";
    private static final String CARD = "nvidia-rtx-4090";
    private static final DecisionRequest FOR_TWELVE = Requests.request(
            WorkloadType.INTERNAL_TOOL,
            "llama-3.1-8b",
            12,
            List.of(local(MAC, "mlx"), local(CARD, "llama.cpp")),
            Constraints.NONE);

    @Test
    void the_user_limit_of_macs_is_a_cell_of_its_own() {
        assertThat(ruledOutForTooMany(TestWorkspace.decider())).containsExactlyInAnyOrder(MAC, CARD);
        assertThat(ruledOutForTooMany(with("requests at once on a Mac", 16))).containsExactly(CARD);
        assertThat(ruledOutForTooMany(with("requests at once without continuous batching", 16)))
                .containsExactly(MAC);
    }

    @Test
    void a_mac_within_its_raised_limit_can_be_recommended() {
        Decision decision = Objects.requireNonNull(
                with("requests at once on a Mac", 16).decide(FOR_TWELVE).value());

        assertThat(decision.ranked())
                .extracting(each -> each.assessment().hardware().id())
                .containsExactly(MAC);
    }

    private static Candidate local(String hardware, String engine) {
        return new Candidate(hardware, 1, null, Acquisition.BUY, null, engine, null, null);
    }

    private static List<String> ruledOutForTooMany(Decider decider) {
        Decision decision = Objects.requireNonNull(decider.decide(FOR_TWELVE).value());
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .filter(each -> each.findings().stream()
                        .anyMatch(finding -> finding.code().equals("no-continuous-batching")))
                .map(each -> each.assessment().hardware().id())
                .toList();
    }

    private static Decider with(String name, double value) {
        Policy policy = TestWorkspace.decider().rules().policy();
        List<Threshold> thresholds = policy.thresholds().stream()
                .map(each -> each.name().equals(name)
                        ? new Threshold(name, value, each.unit(), each.because(), each.at())
                        : each)
                .toList();
        assertThat(thresholds).isNotEqualTo(policy.thresholds());
        Policy changed = new Policy(policy.file(), policy.digest(), policy.weights(), thresholds, policy.tables());
        List<RuleFile> rules = TestWorkspace.rules();
        return new Decider(
                TestWorkspace.catalogue(), RuleBook.of(changed, rules, null), "test", () -> TestWorkspace.NOW);
    }
}
