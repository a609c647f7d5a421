package quartermaster.advice;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.ModelPicks;
import quartermaster.decision.Recommendation;
import quartermaster.quality.Grade;

/** Words where several models are compared: why each pick, and what is given up with another model. */
final class ModelAdvice {
    private ModelAdvice() {}

    /** Of each pick, those of models included where several are compared. */
    static Map<String, String> reasons(Decision decision, Optional<Hosting> hosting) {
        Map<String, String> reasons = new LinkedHashMap<>(PickReasons.of(decision, hosting));
        ModelPicks picks = decision.picks().models();
        decision.recommended().filter(any -> picks != null).ifPresent(best -> {
            put(
                    decision,
                    reasons,
                    "bestModelOwned",
                    Objects.requireNonNull(picks).bestOwned(),
                    best);
            put(decision, reasons, "smallestGoodEnough", picks.smallestGoodEnough(), best);
            put(decision, reasons, "bestQuality", picks.bestQuality(), best);
        });
        return reasons;
    }

    private static void put(
            Decision decision, Map<String, String> reasons, String name, @Nullable Integer rank, Recommendation best) {
        decision.at(rank)
                .filter(each -> !Objects.equals(each.rank(), best.rank()))
                .ifPresent(each -> reasons.put(name, sentence(each) + against(each, best) + "."));
    }

    private static String sentence(Recommendation each) {
        String how = DeploymentWords.how(each.assessment());
        return Character.toUpperCase(how.charAt(0)) + how.substring(1) + ": "
                + Objects.requireNonNull(each.assessment().grade()).inWords();
    }

    /** What is given up or won, and for how much. */
    static String against(Recommendation each, Recommendation best) {
        Grade one = Objects.requireNonNull(each.assessment().grade());
        Grade other = Objects.requireNonNull(best.assessment().grade());
        String level = each.assessment().model().equals(best.assessment().model())
                ? ""
                : one.level() == null || other.level() == null
                        ? ""
                        : one.level().isAboutEqualTo(other.level())
                                ? ", about equal to "
                                        + best.assessment().model().name()
                                : String.format(
                                        Locale.ROOT,
                                        ", %.0f points %s %s",
                                        Math.abs(one.level().points().typical()
                                                - other.level().points().typical()),
                                        one.level().points().typical()
                                                        > other.level().points().typical()
                                                ? "above"
                                                : "below",
                                        best.assessment().model().name());
        Double month = each.assessment().monthlyUsd();
        Double ofBest = best.assessment().monthlyUsd();
        return level
                + (month == null || ofBest == null || Math.round(month) == Math.round(ofBest)
                        ? ""
                        : String.format(Locale.ROOT, ", for $%,.0f a month instead of $%,.0f", month, ofBest));
    }
}
