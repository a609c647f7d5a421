package quartermaster.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;

/** Adds to a decision what follows from it, by asking again with something changed. The same decision, the same advice. */
public final class Advisor {
    private static final int LOWER_RANKS_OF_INTEREST = 3;
    private static final int REJECTED_OF_INTEREST = 2;

    /** More decisions than that in one file go without advice, which takes about a second each. */
    public static final int MOST_AT_ONCE = 10;

    /** Of one request, for advice on it. */
    public static final int MOST_CANDIDATES = 60;

    private final Decider decider;

    public Advisor(Decider decider) {
        this.decider = decider;
    }

    /** Whether a request wants advice and has few enough candidates to be decided some hundred times. */
    public static boolean isWanted(DecisionRequest asked) {
        return asked.explain() != Explain.NONE && asked.candidates().size() <= MOST_CANDIDATES;
    }

    /** @param decision made by the decider that this was made with */
    public Advice of(Decision decision) {
        ChangedRequests trials = new ChangedRequests(decider, decision.asked());
        CompletableFuture<@Nullable Stability> stability =
                CompletableFuture.supplyAsync(() -> Draws.of(decider, trials));
        Optional<Candidate> today = ChangedRequests.candidate(trials.winner());
        Map<String, List<Flip>> outcomes = new Choices(decider.catalogue(), trials, decision.request()).outcomes();
        List<Recommendation> interest = ofInterest(trials, decision, today);
        List<Candidate> wanted = interest.stream().map(trials::named).toList();
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
        List<Advice.Chance> chances = interest.stream()
                .map(each -> chance(each, trials.named(each), found, outcomes))
                .toList();
        Optional<Hosting> hosting =
                trials.winner().flatMap(winner -> Hosting.of(trials, decision, winner.recommendation()));
        return new Advice(
                new Questions(decision, trials, flips, outcomes, hosting).inOrder(),
                flips,
                chances,
                new Planner(decider, decision, trials, flips, outcomes, hosting).plan(),
                stability.join(),
                PickReasons.of(decision, hosting));
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
            ChangedRequests trials, Decision decision, Optional<Candidate> today) {
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
            Candidate wanted,
            List<FlipSearch.Found> found,
            Map<String, List<Flip>> outcomes) {
        List<Flip> flips = new ArrayList<>();
        found.forEach(each -> flips.addAll(each.chances().stream()
                .filter(flip -> wanted.equals(flip.candidate()))
                .toList()));
        outcomes.values()
                .forEach(list -> list.stream()
                        .filter(each -> wanted.equals(each.candidate()))
                        .limit(1)
                        .forEach(flips::add));
        List<Flip> smallest = new ArrayList<>(smallestOfEachField(flips));
        smallest.sort(Comparator.comparingDouble(Flip::size));
        return new Advice.Chance(candidate, smallest);
    }
}
