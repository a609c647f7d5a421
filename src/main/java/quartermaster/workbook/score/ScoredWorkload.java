package quartermaster.workbook.score;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Summary;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.request.Workload;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.workbook.upload.SheetRequest;

/**
 * A row of the sheet {@code Workload} with its answer. Problems of the answer stand at their cells.
 *
 * @param advice null where there is none, or too much else to do
 */
record ScoredWorkload(
        String name,
        SheetRequest source,
        Imported<@Nullable Decision> answer,
        @Nullable Advice advice) {

    static ScoredWorkload of(SheetRequest source, Imported<@Nullable Decision> answer, @Nullable Advice advice) {
        return new ScoredWorkload(nameOf(source.request().workload()), source, answer, advice);
    }

    static List<Optional<Advice>> advice(List<ScoredWorkload> of) {
        return of.stream().map(each -> Optional.ofNullable(each.advice())).toList();
    }

    /** As it is called, else by its type. */
    static String nameOf(Workload workload) {
        return workload.name() == null ? Choice.id(workload.type()).replace('-', ' ') : workload.name();
    }

    /** Every judged candidate, best first, ruled-out ones last. */
    List<JudgedCandidate> pairs() {
        Decision decision = answer.value();
        if (decision == null) {
            return List.of();
        }
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .map(each -> new JudgedCandidate(name, decision, each, row(each)))
                .toList();
    }

    /** Where nothing is suitable, what comes nearest, as the summary has it. */
    Optional<JudgedCandidate> nearest() {
        Decision decision = answer.value();
        Recommendation nearest =
                decision == null ? null : Summary.of(decision, advice).winner();
        if (nearest == null) {
            return Optional.empty();
        }
        return pairs().stream()
                .filter(each -> each.recommendation()
                        .assessment()
                        .deployment()
                        .equals(nearest.assessment().deployment()))
                .findFirst()
                .or(() -> Optional.of(new JudgedCandidate(name, decision, nearest, row(nearest))));
    }

    boolean hasSuitable() {
        Decision decision = answer.value();
        return decision != null && decision.hasRecommendation();
    }

    private @Nullable Integer row(Recommendation recommendation) {
        int group = recommendation.assessment().deployment().group();
        List<Integer> rows = source.candidateRows();
        if (rows.isEmpty()) {
            return null;
        }
        boolean comparesModels = recommendation.assessment().comparesModels(); // each of them has all candidates
        return comparesModels ? rows.get(group % rows.size()) : group < rows.size() ? rows.get(group) : null;
    }
}
