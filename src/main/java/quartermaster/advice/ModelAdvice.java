package quartermaster.advice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.ModelPicks;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.decision.engine.Decider;
import quartermaster.quality.Grade;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Records;

/**
 * What follows where several models are compared: why each pick, what would make another model win, and that somebody
 * should say which model is meant. Every change is asked with all models, so few are tried.
 */
record ModelAdvice(Decider decider, Decision decision) {
    private static final String MODEL = "workload.model";
    private static final String LOAD = "workload.concurrency";
    private static final String BUDGET = "budget.monthlyUsd";

    static boolean isFor(Decision decision) {
        return !decision.request().workload().models().isEmpty();
    }

    Advice all() {
        List<Flip> flips = flips();
        return new Advice(
                questions(),
                flips,
                null,
                List.of(),
                decision.hasRecommendation()
                        ? null
                        : Headline.nearest(decision.rejected()).orElse(null),
                null,
                null,
                null,
                decision.picks(),
                reasons());
    }

    private List<Question> questions() {
        if (decision.asked().workload().saysWhichModel()) {
            return List.of();
        }
        RequestField row = RequestFields.get(MODEL);
        String wins = decision.recommended()
                .map(each -> "Nothing was said: the models of the catalogue are compared, and "
                        + each.assessment().model().name() + " wins.")
                .orElse("Nothing was said, and no model of the catalogue is suitable.");
        return List.of(new Question(MODEL, row.question(), wins, null, null));
    }

    /** The smallest of a few changes with which another model wins. */
    private List<Flip> flips() {
        if (!decision.hasRecommendation()) {
            return List.of();
        }
        double farthest = decider.rules().policy().limit(Threshold.FARTHEST_FLIP);
        List<Flip> found = new ArrayList<>();
        Integer load = decision.request().workload().concurrency();
        if (load != null && decision.request().workload().fineTuning() == null) {
            nearest(LOAD, load, grown(load, farthest), Double::intValue).ifPresent(found::add);
        }
        Double month = decision.recommended()
                .map(each -> each.assessment().monthlyUsd())
                .orElse(null);
        if (month != null) {
            List<Double> less = List.of(Math.floor(month * 0.75), Math.floor(month / 2), Math.floor(month / 4));
            nearest(BUDGET, decision.asked().budget().monthlyUsd(), less, Function.identity())
                    .ifPresent(found::add);
        }
        return found;
    }

    private static List<Double> grown(int from, double most) {
        List<Double> values = new ArrayList<>();
        for (double value = from * 2.0; value <= from * most; value *= 2) {
            values.add(value);
        }
        return values;
    }

    private Optional<Flip> nearest(
            String field, @Nullable Object now, List<Double> values, Function<Double, ? extends Number> as) {
        String today = decision.recommended().orElseThrow().assessment().model().id();
        for (Double value : values) {
            DecisionRequest changed = Records.with(decision.asked(), field, as.apply(value));
            Optional<Recommendation> then = decider.recommended(changed, decider.ranking(changed));
            if (then.isEmpty()) {
                return Optional.empty();
            }
            if (!then.get().assessment().model().id().equals(today)) {
                return Optional.of(new Flip(field, now, as.apply(value), named(then.get()), then.get()));
            }
        }
        return Optional.empty();
    }

    private static Candidate named(Recommendation then) {
        Assessment it = then.assessment();
        return new Candidate(it.hardware().id(), null, null, it.acquisition(), null, null, null, null, null);
    }

    private Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>(PickReasons.of(decision, Optional.empty()));
        ModelPicks picks = decision.picks().models();
        decision.recommended().filter(any -> picks != null).ifPresent(best -> {
            put(reasons, "bestModelOwned", Objects.requireNonNull(picks).bestOwned(), best);
            put(reasons, "smallestGoodEnough", picks.smallestGoodEnough(), best);
            put(reasons, "bestQuality", picks.bestQuality(), best);
        });
        return reasons;
    }

    private void put(Map<String, String> reasons, String name, @Nullable Integer rank, Recommendation best) {
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
