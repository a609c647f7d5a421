package quartermaster.decision.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import quartermaster.decision.Assessment;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.resolution.Prospect;
import quartermaster.request.Acquisition;
import quartermaster.request.DecisionRequest;

/**
 * Who leads, and what is owned, without the rest of the ranking: where it is known who is likely to lead, only that is
 * estimated which may score as high.
 */
record Leaders(Preparation preparation, RuleBook rules, Ceilings ceilings) {
    private static final double NONE = Double.NEGATIVE_INFINITY;
    private static final int A_FEW = 3; // candidates, which are sooner judged than told apart

    /** @param likely hardware by its ids; none where nothing is known */
    List<Recommendation> of(DecisionRequest request, Set<String> likely) {
        int named = request.candidates().size();
        if (!likely.isEmpty() && (named == 0 || named > A_FEW)) {
            Predicate<Prospect> first = it -> isSoughtAnyway(it)
                    || it.deployment().acquisition() == Acquisition.API
                    || likely.contains(it.deployment().hardware().id());
            List<Recommendation> found = new ArrayList<>(leading(preparation.assessments(request, first), NONE));
            double highest = BestVariants.highestOf(found);
            if (highest > NONE) {
                Predicate<Prospect> reaches = reaching(request, highest);
                found.addAll(
                        leading(preparation.assessments(request, it -> !first.test(it) && reaches.test(it)), highest));
                return RankingKey.sorted(found);
            }
        }
        return RankingKey.sorted(leading(preparation.of(request).assessments(), NONE));
    }

    /** @param least the score of one that is suitable; negative infinity where none is known */
    List<Recommendation> of(DecisionRequest request, double least) {
        if (least == NONE) {
            return of(request, Set.of());
        }
        Predicate<Prospect> reaches = reaching(request, least);
        return RankingKey.sorted(
                leading(preparation.assessments(request, it -> isSoughtAnyway(it) || reaches.test(it)), least));
    }

    /** Of every candidate that may have such a score its best variant, best first. */
    List<Recommendation> rankingOf(DecisionRequest request, double score) {
        Ceiling ceiling = ceilings.of(request);
        List<Assessment> assessments = preparation.assessments(request, it -> ceiling.of(it) >= score);
        return assessments.isEmpty() ? List.of() : RankingKey.sorted(BestVariants.of(assessments, rules));
    }

    private static boolean isSoughtAnyway(Prospect it) {
        return it.deployment().acquisition() == Acquisition.OWNED;
    }

    private Predicate<Prospect> reaching(DecisionRequest request, double score) {
        Ceiling ceiling = ceilings.of(request);
        return it -> RankingKey.mayLead(ceiling.of(it), score);
    }

    private List<Recommendation> leading(List<Assessment> assessments, double least) {
        return assessments.isEmpty() ? List.of() : BestVariants.leading(assessments, rules, least);
    }
}
