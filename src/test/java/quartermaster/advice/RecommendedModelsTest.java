package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.advice.ModelLadder.Rung;
import quartermaster.quality.KindOfWork;
import quartermaster.quality.Level;
import quartermaster.unit.Choice;

/** What experienced people recommended for a machine and a kind of work, each with its source, beside our ladders. */
class RecommendedModelsTest {
    private static final Map<String, List<Rung>> LADDERS = new HashMap<>();

    /** @param outdated whether the advice names models that newer ones have overtaken: then it is what not to say */
    private record Advice(
            String machine, KindOfWork use, @Nullable Integer context, List<String> models, boolean outdated) {
        @Override
        public String toString() {
            return String.join(" or ", models) + " for " + Choice.id(use) + " on " + machine;
        }
    }

    @Test
    void what_is_recommended_or_one_that_is_no_worse_is_among_the_first_three() throws IOException {
        List<Advice> sound = rows().stream().filter(each -> !each.outdated()).toList();
        List<Advice> missed =
                sound.stream().filter(each -> !isAmongTheFirst(each)).toList();
        assertThat(sound).hasSizeGreaterThan(20);
        assertThat((double) missed.size() / sound.size()).as("%s", missed).isLessThanOrEqualTo(0.15);
    }

    @Test
    void newer_models_stand_before_what_outdated_advice_names() throws IOException {
        assertThat(rows())
                .filteredOn(Advice::outdated)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(firstThree(each))
                        .extracting(rung -> rung.model().id())
                        .as("%s", each)
                        .doesNotContainAnyElementsOf(each.models()));
    }

    private static boolean isAmongTheFirst(Advice advice) {
        return advice.models().stream()
                .anyMatch(id -> firstThree(advice).stream()
                        .anyMatch(rung -> rung.model().id().equals(id) || isNoWorse(rung.level(), level(advice, id))));
    }

    /** About equal to it, or better by its whole range. */
    private static boolean isNoWorse(@Nullable Level one, @Nullable Level other) {
        return one != null
                && other != null
                && one.points().high() >= other.points().low();
    }

    private static @Nullable Level level(Advice advice, String id) {
        return ladder(advice).stream()
                .filter(each -> each.model().id().equals(id))
                .findFirst()
                .map(Rung::level)
                .orElse(null);
    }

    private static List<Rung> firstThree(Advice advice) {
        List<Rung> ladder = ladder(advice);
        return ladder.subList(0, Math.min(3, ladder.size()));
    }

    private static List<Rung> ladder(Advice of) {
        return LADDERS.computeIfAbsent(
                of.machine() + "/" + of.use() + "/" + of.context(),
                key -> Objects.requireNonNull(ModelLadder.of(
                                        TestWorkspace.decider(),
                                        new ModelLadder.Asked(
                                                of.machine(), 1, of.use(), of.context(), null, TestWorkspace.TODAY))
                                .value())
                        .rungs());
    }

    private static List<Advice> rows() throws IOException {
        List<Advice> rows = new ArrayList<>();
        try (InputStream in = RecommendedModelsTest.class.getResourceAsStream("/recommended-models.tsv")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            text.lines().skip(1).forEach(line -> {
                String[] cells = line.split("\t", -1);
                rows.add(new Advice(
                        cells[0],
                        Choice.find(KindOfWork.class, cells[1]).orElseThrow(),
                        cells[2].isEmpty() ? null : Integer.valueOf(cells[2]),
                        List.of(cells[3].split(";")),
                        cells[4].equals("yes")));
            });
        }
        return rows;
    }
}
