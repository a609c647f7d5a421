package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quartermaster.ChangedCells;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Skill;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

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
        assertThat(ruledOutForTooMany(ChangedCells.decider("requests at once on a Mac", 16)))
                .containsExactly(CARD);
        assertThat(ruledOutForTooMany(ChangedCells.decider("requests at once without continuous batching", 16)))
                .containsExactly(MAC);
    }

    @Test
    void a_mac_within_its_raised_limit_can_be_recommended() {
        Decision decision = Objects.requireNonNull(ChangedCells.decider("requests at once on a Mac", 16)
                .decide(FOR_TWELVE)
                .value());

        assertThat(decision.ranked())
                .extracting(each -> each.assessment().hardware().id())
                .containsExactly(MAC);
    }

    private static Candidate local(String hardware, String engine) {
        return new Candidate(hardware, 1, null, Acquisition.BUY, null, engine, null, null, null);
    }

    private static List<String> ruledOutForTooMany(Decider decider) {
        Decision decision = Objects.requireNonNull(decider.decide(FOR_TWELVE).value());
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .filter(each -> each.findings().stream()
                        .anyMatch(finding -> finding.code().equals("no-continuous-batching")))
                .map(each -> each.assessment().hardware().id())
                .toList();
    }

    /** QLoRA of an 8B: about 8 GiB of 22.4 on an RTX 4090, and of 10.4 on a card of 12 GB. */
    @Test
    void training_is_a_caution_only_where_the_memory_would_not_do_for_half_as_much_again() {
        assertThat(severityOfMemory("nvidia-rtx-4090")).isEqualTo(Severity.NOTE);
        assertThat(severityOfMemory("nvidia-rtx-3060-12gb")).isEqualTo(Severity.WARNING);
    }

    private static Severity severityOfMemory(String card) {
        Decision decision = Objects.requireNonNull(TestWorkspace.decider()
                .decide(Requests.request(
                        WorkloadType.FINE_TUNING, "llama-3.1-8b", 1, List.of(local(card, "unsloth")), Constraints.NONE))
                .value());
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .flatMap(each -> each.findings().stream())
                .filter(each -> each.code().equals("training-memory"))
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void near_saturation_begins_where_the_sheet_plans_no_more() {
        DecisionRequest busy = Requests.request(
                WorkloadType.PRODUCTION,
                "llama-3.1-8b",
                100,
                List.of(new Candidate(
                        "nvidia-h100-sxm-80gb", 1, 1, Acquisition.RENT, null, "vllm", "bf16", null, null)),
                Constraints.NONE);
        Recommendation shipped = only(TestWorkspace.decider(), busy);
        assertThat(shipped.assessment().loadPercent()).isBetween(40.0, 80.0);
        assertThat(shipped.findings()).extracting(Finding::code).doesNotContain("near-saturation");
        Recommendation planned = only(ChangedCells.decider(ChangedCells.with("plannedLoad", 0.4), Map.of()), busy);
        assertThat(planned.assessment().plannedLoadPercent()).isEqualTo(40);
        assertThat(planned.findings()).extracting(Finding::code).contains("near-saturation");
    }

    @Test
    void what_a_type_of_workload_takes_on_a_family_is_a_row_of_its_own() {
        DecisionRequest onAMac = Records.with(
                Requests.request(
                        WorkloadType.PRODUCTION, "llama-3.1-8b", 1, List.of(local(MAC, "mlx")), Constraints.NONE),
                "skills",
                Set.of(Skill.MACOS));
        assertThat(only(TestWorkspace.decider(), onAMac).assessment().teamLacks())
                .containsExactly("python-ml");
        Catalogue asked = ChangedCells.with("needsSkills.production.apple-silicon", "kubernetes");
        assertThat(only(ChangedCells.decider(asked, Map.of()), onAMac)
                        .assessment()
                        .teamLacks())
                .containsExactly("kubernetes", "python-ml");
    }

    @Test
    void what_belongs_into_a_data_centre_is_a_column_of_the_hardware() {
        DecisionRequest onACard = Requests.request(
                WorkloadType.EVALUATION, "llama-3.1-8b", 1, List.of(local(CARD, "llama.cpp")), Constraints.NONE);
        assertThat(only(TestWorkspace.decider(), onACard).assessment().isDatacentre())
                .isFalse();
        Catalogue moved = ChangedCells.with("Hardware", CARD, "Data centre", "yes");
        assertThat(only(ChangedCells.decider(moved, Map.of()), onACard)
                        .assessment()
                        .isDatacentre())
                .isTrue();
    }

    private static Recommendation only(Decider decider, DecisionRequest request) {
        Decision decision = Objects.requireNonNull(decider.decide(request).value());
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .findFirst()
                .orElseThrow();
    }
}
