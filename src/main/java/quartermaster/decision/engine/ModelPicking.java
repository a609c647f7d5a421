package quartermaster.decision.engine;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.ModelPicks;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Verdict;
import quartermaster.quality.Grade;

/** Finds, where several models are compared, the model that most people ask for among those that may be chosen. */
final class ModelPicking {
    private static final double FULL_PERCENT = 100;

    private final List<Recommendation> suitable; // best first, with their ranks
    private final Recommendation recommended;
    private final @Nullable Grade best;

    private ModelPicking(List<Recommendation> suitable, Recommendation best) {
        this.suitable = suitable;
        this.recommended = best;
        this.best = best.assessment().grade();
    }

    /** @param best that is recommended */
    static ModelPicks of(List<Recommendation> suitable, Recommendation best) {
        return new ModelPicking(suitable, best).all();
    }

    private ModelPicks all() {
        return new ModelPicks(
                first(it -> it.isOwned(), HIGHEST_LEVEL),
                first(this::isGoodEnough, SMALLEST),
                first(it -> it.budgetUsedPercent() == null || it.budgetUsedPercent() <= FULL_PERCENT, HIGHEST_LEVEL));
    }

    /** By whole points that can be counted on, as models rank; of those that are level the one that ranks first. */
    private static final Comparator<Recommendation> HIGHEST_LEVEL =
            comparingDouble(each -> -Math.floor(level(each.assessment())));

    private static final Comparator<Recommendation> SMALLEST =
            comparingDouble(each -> each.assessment().model().totalParametersB());

    /** Where the model turns out to be that which is recommended, it is so on the machine that is. */
    private @Nullable Integer first(Predicate<Assessment> among, Comparator<Recommendation> by) {
        Optional<Recommendation> found = suitable.stream()
                .filter(each -> each.assessment().level() != null && among.test(each.assessment()))
                .min(comparing((Recommendation each) -> each.verdict() != Verdict.RECOMMENDED)
                        .thenComparing(by)
                        .thenComparing(comparingInt(each -> each.rank() == null ? Integer.MAX_VALUE : each.rank())));
        return found.map(each -> among.test(recommended.assessment())
                                && each.assessment()
                                        .model()
                                        .equals(recommended.assessment().model())
                        ? recommended
                        : each)
                .map(Recommendation::rank)
                .orElse(null);
    }

    private boolean isGoodEnough(Assessment it) {
        Grade grade = it.grade();
        if (grade == null || grade.level() == null) {
            return false;
        }
        return grade.wanted() != null
                ? grade.isGoodEnough()
                : best != null && best.toCountOn() != null && grade.reaches(best.toCountOn());
    }

    private static double level(Assessment it) {
        Double level = it.levelToCountOn();
        return level == null ? 0 : level;
    }
}
