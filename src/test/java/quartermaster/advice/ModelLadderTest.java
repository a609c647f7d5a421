package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.advice.ModelLadder.Rung;
import quartermaster.advice.ModelLadder.Standing;
import quartermaster.decision.Finding;
import quartermaster.quality.KindOfWork;

class ModelLadderTest {
    @Test
    void good_ones_come_first_and_within_five_points_the_faster() {
        List<Rung> rungs = ladder("nvidia-rtx-4090", KindOfWork.CODE).rungs();
        assertThat(rungs).extracting(Rung::standing).isSortedAccordingTo(Comparator.naturalOrder());
        Rung first = rungs.get(0);
        assertThat(first.model().id()).isEqualTo("qwen3.6-35b-a3b");
        assertThat(rungs)
                .filteredOn(each -> each.standing() == Standing.GOOD && each.level() != null)
                .allSatisfy(each -> assertThat(toCountOn(each)).isLessThan(toCountOn(first) + 5));
    }

    @Test
    void a_model_without_tests_stands_behind_the_known_ones_of_its_size_and_time_and_not_last() {
        List<Rung> rungs = ladder("nvidia-rtx-4090", KindOfWork.CODE).rungs();
        List<String> ids = rungs.stream().map(each -> each.model().id()).toList();
        int unknown = ids.indexOf("nemotron-3.5-lightning-30b-a3b");
        assertThat(rungs.get(unknown).level()).isNull();
        assertThat(unknown).isGreaterThan(ids.indexOf("nemotron-3-nano-30b-a3b")); // the least of its like
        assertThat(unknown).isLessThan(ids.indexOf("qwen2.5-0.5b"));
        assertThat(unknown).as("newer").isLessThan(ids.indexOf("gemma-3-27b")); // known, of 2025
    }

    @Test
    void what_fills_the_memory_to_the_brim_stands_behind_what_is_about_as_good() {
        List<Rung> rungs = ladder("mac-mini-m4-10c-gpu-32gb", KindOfWork.CHAT).rungs();
        List<String> ids = rungs.stream().map(each -> each.model().id()).toList();
        Rung full = rungs.get(ids.indexOf("qwen3.6-35b-a3b"));
        assertThat(full.found().findings()).extracting(Finding::code).contains("memory-headroom-is-thin");
        assertThat(ids.indexOf("gemma-4-26b-a4b")).isLessThan(ids.indexOf("qwen3.6-35b-a3b"));
    }

    /** A machine so small that all of its models are lesser ones than those that the unknown is like. */
    @Test
    void a_model_without_tests_never_comes_first_where_one_is_known() {
        for (KindOfWork use : KindOfWork.values()) {
            assertThat(ladder("macbook-neo-8gb", use).rungs())
                    .filteredOn(each -> each.rank() == 1)
                    .allSatisfy(each -> assertThat(each.level()).as("%s", use).isNotNull());
        }
    }

    @Test
    void what_is_made_for_other_work_stands_beside_the_ladder() {
        ModelLadder ladder = ladder("nvidia-rtx-4090", KindOfWork.CHAT);
        assertThat(ladder.rungs()).noneMatch(each -> each.model().id().equals("gpt-oss-safeguard-20b"));
        assertThat(ladder.misfits())
                .filteredOn(each -> each.model().id().equals("gpt-oss-safeguard-20b"))
                .singleElement()
                .satisfies(each -> assertThat(each.code()).isEqualTo("made-for-other-work"));
    }

    @Test
    void every_model_stands_on_the_ladder_or_beside_it() {
        ModelLadder ladder = ladder("nvidia-rtx-4090", KindOfWork.CHAT);
        assertThat(ladder.rungs().size() + ladder.misfits().size())
                .isEqualTo(TestWorkspace.catalogue().models().size());
        assertThat(ladder.rungs()).extracting(Rung::rank).isSorted().doesNotHaveDuplicates();
        assertThat(ladder.misfits())
                .filteredOn(each -> each.model().id().equals("kimi-k2"))
                .singleElement()
                .satisfies(each -> assertThat(each.missingGiB()).isGreaterThan(400));
    }

    @Test
    void for_pictures_only_models_stand_there_that_read_them() {
        ModelLadder ladder = ladder("nvidia-rtx-4090", KindOfWork.VISION);
        assertThat(ladder.rungs())
                .isNotEmpty()
                .allSatisfy(each ->
                        assertThat(each.model().vision()).as(each.model().id()).isTrue());
        assertThat(ladder.misfits())
                .allSatisfy(each -> assertThat(each.model().vision()).isTrue());
    }

    @Test
    void more_memory_never_lowers_the_best_level() {
        for (KindOfWork use : List.of(KindOfWork.CHAT, KindOfWork.CODING_AGENTS)) {
            double best = 0;
            for (String machine : List.of(
                    "mac-studio-m5-max-40c-gpu-48gb",
                    "mac-studio-m5-max-40c-gpu-64gb",
                    "mac-studio-m5-max-40c-gpu-128gb")) {
                double here = ladder(machine, use).rungs().stream()
                        .filter(each -> each.level() != null)
                        .mapToDouble(ModelLadderTest::points)
                        .max()
                        .orElse(0);
                assertThat(here).as("%s on %s", use, machine).isGreaterThanOrEqualTo(best);
                best = here;
            }
        }
    }

    private static double toCountOn(Rung rung) {
        return Objects.requireNonNull(rung.toCountOn());
    }

    private static double points(Rung rung) {
        return Objects.requireNonNull(rung.level()).points().typical();
    }

    private static ModelLadder ladder(String hardware, KindOfWork use) {
        return Objects.requireNonNull(ModelLadder.of(
                        TestWorkspace.decider(),
                        new ModelLadder.Asked(hardware, 1, use, null, null, TestWorkspace.TODAY))
                .value());
    }
}
