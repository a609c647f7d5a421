package quartermaster.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private final Map<Integer, String> named = new LinkedHashMap<>(); // by rank
    private final Decision decision;
    private final Recommendation best;

    private PickReasons(Decision decision, Recommendation best) {
        this.decision = decision;
        this.best = best;
    }

    /** A pick that is the best is named there and not again. */
    static Map<String, String> of(Decision decision, Optional<Hosting> hosting) {
        return decision.recommended()
                .map(best -> new PickReasons(decision, best).all(hosting))
                .orElse(Map.of());
    }

    private Map<String, String> all(Optional<Hosting> hosting) {
        Picks picks = decision.picks();
        boolean isOwned = best.assessment().isOwned();
        reasons.put("best", (isOwned ? capital(owned(best)) + " " : "") + best.why() + also());
        add("owned", picks.owned(), PickReasons::owned);
        hosting.ifPresent(each -> reasons.put("hostedApi", each.inWords() + ", where data may leave the house."));
        add("runnerUp", picks.runnerUp(), each -> behind(each, best));
        add("cheapest", picks.cheapest(), each -> cost(each, best));
        add("fastest", picks.fastest(), each -> speed(each, best));
        add("simplest", picks.simplest(), PickReasons::effort);
        return reasons;
    }

    /** What else the best is, where there is anything that it could be compared with. */
    private String also() {
        Picks picks = decision.picks();
        List<String> is = new ArrayList<>();
        if (decision.ranked().size() > 1) {
            addIf("the cheapest", picks.cheapest(), is);
            addIf("the simplest to run", picks.simplest(), is);
        }
        return is.isEmpty() ? "" : " It is also " + String.join(" and ", is) + ".";
    }

    private void addIf(String name, @Nullable Integer rank, List<String> is) {
        if (rank != null && rank.equals(best.rank())) {
            is.add(name);
        }
    }

    private void add(String name, @Nullable Integer rank, Function<Recommendation, String> reason) {
        decision.at(rank)
                .filter(each -> !Objects.equals(each.rank(), best.rank()))
                .ifPresent(each -> {
                    String known = named.putIfAbsent(Objects.requireNonNull(each.rank()), AdviceLine.pick(name));
                    String who = known == null
                            ? DeploymentWords.how(each.assessment())
                            : "the " + known.toLowerCase(Locale.ROOT) + " as well";
                    reasons.put(name, capital(who) + ": " + reason.apply(each));
                });
    }

    private static String behind(Recommendation runnerUp, Recommendation best) {
        double behind = best.score() - runnerUp.score();
        String points = Math.abs(behind) < LEVEL
                ? "level with the best"
                : behind > 0
                        ? text("%.1f points behind the best", behind)
                        : behind > -1
                                ? "level with the best, within a point"
                                : text(
                                        best.assessment().isOwned()
                                                ? "%.1f points ahead of what you own"
                                                : "%.1f points ahead by typical figures",
                                        -behind);
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
        String month = CostWords.month(each.assessment());
        return ofBest == null
                ? month + ", less than any other that would be chosen."
                : month + text(" instead of $%,.0f for the best.", ofBest);
    }

    private static String speed(Recommendation each, Recommendation best) {
        Double training = each.assessment().trainingSpeed();
        Double ofBest = best.assessment().trainingSpeed();
        String speeds = training != null && ofBest != null
                ? text("Trains on %,.0f tok/s instead of %,.0f for the best, for ", training, ofBest)
                : text(
                        "%.0f tok/s for each user instead of %.0f for the best, for ",
                        each.assessment().decodeSpeed(), best.assessment().decodeSpeed());
        return speeds + CostWords.month(each.assessment()) + ".";
    }

    private static String effort(Recommendation each) {
        Assessment it = each.assessment();
        int machines = it.replicas() * it.machinesPerReplica();
        String learn = !it.skillsAreKnown()
                ? ""
                : it.missingSkills() == 0
                        ? ", and the team knows all that it takes"
                        : ", and to learn: " + it.missingSkillsInWords();
        String what = it.replicas() > 1
                ? it.replicas() + " replicas"
                : machines == 1 ? "one machine" : machines + " machines";
        return what + learn + ".";
    }

    private static String owned(Recommendation each) {
        Double monthly = each.assessment().monthlyUsd();
        return "you have it, and it meets the need"
                + (monthly == null ? "." : "; it costs " + CostWords.month(each.assessment()) + ".");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
