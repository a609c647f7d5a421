package quartermaster.advice;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Picks;
import quartermaster.decision.Recommendation;

/** Why each pick was picked, in one sentence each. */
final class PickReasons {
    private static final double LEVEL = 0.05; // points: no difference at the digits that are shown

    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final List<Recommendation> ranked;

    private PickReasons(List<Recommendation> ranked) {
        this.ranked = ranked;
    }

    /** Where nothing but the best is suitable, it is all that there is to pick. */
    static Map<String, String> of(Decision decision, Optional<Hosting> hosting) {
        if (!decision.hasRecommendation()) {
            return Map.of();
        }
        PickReasons made = new PickReasons(decision.ranked());
        Recommendation best = decision.ranked().get(0);
        Picks picks = decision.picks();
        made.add("best", picks.best(), Recommendation::why);
        made.add("owned", picks.owned(), PickReasons::owned);
        hosting.ifPresent(each -> made.reasons.put("hostedApi", each.inWords() + ", where data may leave the house."));
        if (decision.ranked().size() == 1) {
            return made.reasons;
        }
        made.add("runnerUp", picks.runnerUp(), each -> behind(each, best));
        made.add("cheapest", picks.cheapest(), each -> cost(each, best));
        made.add("fastest", picks.fastest(), each -> speed(each, best));
        made.add("simplest", picks.simplest(), PickReasons::effort);
        return made.reasons;
    }

    private void add(String name, @Nullable Integer rank, Function<Recommendation, String> reason) {
        ranked.stream()
                .filter(each -> each.rank() != null && each.rank().equals(rank))
                .findFirst()
                .ifPresent(each -> reasons.put(
                        name,
                        name.equals("best")
                                ? reason.apply(each)
                                : capital(DeploymentWords.how(each.assessment())) + ": " + reason.apply(each)));
    }

    private static String behind(Recommendation runnerUp, Recommendation best) {
        double behind = best.score() - runnerUp.score();
        String points = behind < LEVEL ? "level with the best" : text("%.1f points behind the best", behind);
        Optional<Contribution> ahead = runnerUp.steps().stream()
                .filter(step -> lead(step, best) > 0)
                .max(Comparator.comparingDouble(step -> lead(step, best)));
        Optional<Contribution> against = best.steps().stream()
                .filter(step -> lead(step, runnerUp) > 0)
                .max(Comparator.comparingDouble(step -> lead(step, runnerUp)));
        return points
                + ahead.map(step -> "; ahead in " + inWords(step)).orElse("")
                + against.map(step -> "; behind in " + inWords(step)).orElse("") + ".";
    }

    private static double lead(Contribution step, Recommendation over) {
        return over.steps().stream()
                .filter(each -> each.step() == step.step())
                .mapToDouble(each -> step.score() - each.score())
                .findFirst()
                .orElse(0);
    }

    private static String inWords(Contribution step) {
        return step.step().sheet().toLowerCase(Locale.ROOT);
    }

    private static String cost(Recommendation each, Recommendation best) {
        Double monthly = each.assessment().monthlyUsd();
        Double ofBest = best.assessment().monthlyUsd();
        if (monthly == null) {
            return "No price is known for any.";
        }
        return best.equals(each) || ofBest == null
                ? text("$%,.0f a month, less than any other that would be chosen.", monthly)
                : text("$%,.0f a month instead of $%,.0f for the best.", monthly, ofBest);
    }

    private static String speed(Recommendation each, Recommendation best) {
        Double training = each.assessment().trainingSpeed();
        Double ofBest = best.assessment().trainingSpeed();
        if (training != null && ofBest != null) {
            return best.equals(each)
                    ? text("Trains on %,.0f tok/s, more than any other.", training)
                    : text("Trains on %,.0f tok/s instead of %,.0f for the best.", training, ofBest);
        }
        return best.equals(each)
                ? text(
                        "%.0f tok/s for each user, more than any other.",
                        each.assessment().decodeSpeed())
                : text(
                        "%.0f tok/s for each user instead of %.0f for the best.",
                        each.assessment().decodeSpeed(), best.assessment().decodeSpeed());
    }

    private static String effort(Recommendation each) {
        Assessment it = each.assessment();
        int machines = it.replicas() * it.machinesPerReplica();
        String learn = !it.skillsAreKnown()
                ? ""
                : it.missingSkills() == 0
                        ? ", and the team knows all that it takes"
                        : ", and to learn: " + it.missingSkillsInWords();
        return (machines == 1 ? "one machine" : machines + " machines") + learn + ".";
    }

    private static String owned(Recommendation each) {
        Double monthly = each.assessment().monthlyUsd();
        return "you have it, and it meets the need"
                + (monthly == null ? "." : text("; power and care take $%,.0f a month.", monthly));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
