package quartermaster.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Deployment;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;

/** Adds to a decision what follows from it, by asking again with something changed. The same decision, the same advice. */
public final class Advisor {
    private static final int LOWER_RANKS_OF_INTEREST = 3;
    private static final int REJECTED_OF_INTEREST = 2;
    private static final String LOAD = "workload.concurrency"; // the assumption that is wrong most often
    private static final String WINDOW = "workload.contextTokens"; // follows from the prompt where that was said

    private static final String MODEL = "workload.model";
    private static final String PRECISION = "workload.quantization";
    private static final Set<String> OF_OWNING = Set.of("budget.utilization", "budget.horizonMonths");

    /** More decisions than that in one file go without advice, which takes about a second each. */
    public static final int MOST_AT_ONCE = 10;

    /** Of one request, for advice on it. */
    public static final int MOST_CANDIDATES = 60;

    private final Decider decider;

    public Advisor(Decider decider) {
        this.decider = decider;
    }

    /** Whether a request wants advice and has few enough candidates to be decision some hundred times. */
    public static boolean isWanted(DecisionRequest asked) {
        return asked.explain() != Explain.NONE && asked.candidates().size() <= MOST_CANDIDATES;
    }

    /** @param decision made by the decider that this was made with */
    public Advice of(Decision decision) {
        ChangedRequests trials = new ChangedRequests(decider, decision.asked());
        Set<Deployment> shown = decider.worthShowing(trials.ranking(), decision.asked()).stream()
                .map(each -> each.assessment().deployment())
                .collect(Collectors.toSet());
        CompletableFuture<@Nullable Stability> drawn = CompletableFuture.supplyAsync(() -> Draws.of(
                decider, trials, each -> shown.contains(each.assessment().deployment())));
        Optional<Contender> today = ChangedRequests.contender(trials.winner());
        Map<String, List<Flip>> outcomes = new Choices(decider.catalogue(), trials, decision.request()).outcomes();
        List<Recommendation> interest = ofInterest(trials, decision, today);
        List<Contender> wanted = interest.stream().map(trials::named).toList();
        List<FlipSearch.Found> found = AdjustableNumber.of(decision.request()).stream()
                .flatMap(lever -> FlipSearch.of(trials, lever, decision.request(), wanted).stream())
                .toList()
                .parallelStream()
                .map(FlipSearch::found)
                .toList();
        List<Flip> numeric =
                found.stream().flatMap(each -> each.nearest().stream()).toList();
        List<Flip> flips = new ArrayList<>(smallestOfEachField(numeric));
        flips.addAll(Choices.flips(outcomes, today));
        flips.sort(Comparator.comparingDouble(Flip::size));
        Stability stability = drawn.join();
        flips.removeIf(each -> isNoChange(each, decision, trials, today) || isNoReason(each, trials));
        List<Advice.Chance> chances = interest.stream()
                .map(each -> chance(each, trials.named(each), found, outcomes))
                .toList();
        Optional<Hosting> hosting = decision.asked().constraints().acquisition() != null
                ? Optional.empty()
                : trials.winner().flatMap(winner -> Hosting.of(trials, decision, winner.recommendation()));
        return new Advice(
                new Questions(decision, trials, flips, outcomes, hosting).inOrder(),
                flips,
                nearest(decision, trials, flips),
                chances,
                trials.winner().isPresent() ? null : nearest(trials, flips).orElse(null),
                hosting.map(Hosting::judged).orElse(null),
                new Planner(decider, decision, trials, flips, outcomes, hosting).plan(),
                stability,
                decision.picks(),
                ModelAdvice.reasons(decision, hosting));
    }

    /** Whether a change gives what is recommended already, though another one leads the ranking. */
    private static boolean isNoChange(Flip flip, Decision decision, ChangedRequests trials, Optional<Contender> today) {
        Optional<Contender> recommended = decision.recommended().map(trials::named);
        return !recommended.equals(today) && recommended.equals(Optional.ofNullable(flip.contender()));
    }

    /**
     * Whether nobody decides by it: how long a purchase is written off, and how long it is busy, are reasons to buy, to rent
     * or to pay by the token, not for another machine; a smaller model has to save something; and at which precision an API
     * answers is its affair.
     */
    private static boolean isNoReason(Flip flip, ChangedRequests trials) {
        Recommendation then = flip.becomes();
        Optional<Assessment> now =
                trials.winner().map(each -> each.recommendation().assessment());
        if (then == null) {
            return now.isPresent() && flip.field().equals(MODEL);
        }
        boolean isOfOwning = OF_OWNING.contains(flip.field());
        return isOfOwning
                        && now.filter(it ->
                                        it.acquisition() == then.assessment().acquisition())
                                .isPresent()
                || flip.field().equals(PRECISION) && !Questions.isWorthKnowing(then, now.orElse(null))
                || flip.field().equals(MODEL)
                        && !now.map(it -> it.isHosted() == then.assessment().isHosted() && isCheaper(then, it, trials))
                                .orElse(true);
    }

    private static boolean isCheaper(Recommendation then, Assessment than, ChangedRequests trials) {
        Double usd = then.assessment().monthlyUsd();
        Double now = than.monthlyUsd();
        return usd != null && now != null && 100 * (now - usd) > now * trials.limit(Threshold.COST_THAT_MATTERS);
    }

    /** Where nothing is suitable: what the one limit to relax keeps out, if it is a limit, else what misses the least. */
    private static Optional<Recommendation> nearest(ChangedRequests trials, List<Flip> flips) {
        return Relaxing.first(flips)
                .filter(Relaxing::isLimit)
                .flatMap(each -> asThingsAre(trials, each))
                .or(() -> Headline.nearest(trials.ranking()));
    }

    /** How what a change makes suitable is judged without it. */
    private static Optional<Recommendation> asThingsAre(ChangedRequests trials, Flip relaxed) {
        Contender named = relaxed.contender();
        Recommendation then = relaxed.becomes();
        if (named == null || then == null || then.assessment().isHosted()) {
            return Optional.empty();
        }
        Assessment it = then.assessment();
        Candidate same = named.candidate()
                .with("devices", it.devices())
                .with("acquisition", it.acquisition())
                .with("engine", it.engineId())
                .with("quantization", it.quantization().id());
        return trials.judged(trials.asked(), new Contender(same, named.model()))
                .filter(each -> each.isRuledOut() && Headline.isFor(relaxed, each));
    }

    /** The assumption nearest to giving another winner, where it is near enough to be told with the answer. */
    private static @Nullable Flip nearest(Decision decision, ChangedRequests trials, List<Flip> flips) {
        double near = Math.log(trials.limit(Threshold.HEADLINE));
        return flips.stream()
                .filter(each -> !OF_OWNING.contains(each.field()))
                .filter(each -> each.from() instanceof Number && each.size() <= near && !each.isCoinFlip())
                .filter(each -> decision.assumptions().stream()
                        .anyMatch(it -> it.field().equals(each.field())))
                .findFirst()
                .orElse(null);
    }

    private static List<Flip> smallestOfEachField(List<Flip> flips) {
        Map<String, Flip> smallest = new LinkedHashMap<>();
        for (Flip each : flips) {
            smallest.merge(each.field(), each, (one, other) -> one.size() <= other.size() ? one : other);
        }
        return List.copyOf(smallest.values());
    }

    /** The next ones in the ranking, and the best of those that were ruled out. */
    private static List<Recommendation> ofInterest(
            ChangedRequests trials, Decision decision, Optional<Contender> today) {
        List<Recommendation> all = new ArrayList<>(decision.ranked().stream()
                .filter(each -> !today.equals(Optional.of(trials.named(each))))
                .limit(LOWER_RANKS_OF_INTEREST)
                .toList());
        decision.rejected().stream()
                .filter(each -> decision.request().constraints().allowProjected()
                        || !each.assessment().isProjected())
                .sorted(Comparator.comparingDouble(Recommendation::score).reversed())
                .limit(REJECTED_OF_INTEREST)
                .forEach(all::add);
        return all;
    }

    private static Advice.Chance chance(
            Recommendation candidate,
            Contender wanted,
            List<FlipSearch.Found> found,
            Map<String, List<Flip>> outcomes) {
        List<Flip> flips = new ArrayList<>();
        found.forEach(each -> flips.addAll(each.chances().stream()
                .filter(flip -> wanted.equals(flip.contender()))
                .toList()));
        outcomes.values()
                .forEach(list -> list.stream()
                        .filter(each -> wanted.equals(each.contender()))
                        .limit(1)
                        .forEach(flips::add));
        List<Flip> smallest = new ArrayList<>(smallestOfEachField(flips));
        smallest.sort(Comparator.comparingDouble(Flip::size));
        return new Advice.Chance(candidate, smallest);
    }
}
