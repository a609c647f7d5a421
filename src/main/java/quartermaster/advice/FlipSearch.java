package quartermaster.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.ChangedRequests.Winner;
import quartermaster.decision.Assessment;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.estimate.Cost;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Range;

/** Looks for the smallest change of one number, in one direction, that gives another winner. */
final class FlipSearch {
    private static final int MOST_ATTEMPTS = 4;
    private static final double ROUNDING = 1e-9; // 110 is ten percent more than 100
    private static final double[] LOOSER = {16, 8, 4, 3, 2, 1.5, 1.25, 1.1, 1}; // than what the winner costs

    private final ChangedRequests trials;
    private final AdjustableNumber lever;
    private final @Nullable Double now; // as the request has it or assumes it
    private final double from; // where the search begins
    private final boolean up;
    private final Optional<Contender> today;
    private final Scan scan;
    private final List<Contender> wanted;
    private final List<Double> values;

    private FlipSearch(
            ChangedRequests trials,
            AdjustableNumber lever,
            @Nullable Double now,
            double from,
            boolean up,
            double limit, // farther out nobody asks
            List<Contender> wanted) {
        this.wanted = wanted;
        this.trials = trials;
        this.lever = lever;
        this.now = now;
        this.from = from;
        this.up = up;
        this.today = ChangedRequests.contender(trials.winner());
        this.values = lever.away(from, up, limit);
        List<Contender> contenders = Stream.concat(trials.contenderList().stream(), wanted.stream())
                .distinct()
                .toList();
        this.scan = new Scan(trials, lever, contenders, from, values);
        if (now != null && now == from) {
            scan.know(from, trials.standings());
        }
    }

    /**
     * What a search found.
     *
     * @param chances of each wanted candidate that wins somewhere, the nearest value with which it does
     */
    record Found(Optional<Flip> nearest, List<Flip> chances) {
        Found {
            chances = List.copyOf(chances);
        }
    }

    /**
     * Searches up and down from the value now; only towards the stricter side from a value that nobody stated. A budget
     * is searched from where it begins to matter: how much more somebody has says nothing.
     */
    static List<FlipSearch> of(
            ChangedRequests trials, AdjustableNumber lever, DecisionRequest filled, List<Contender> wanted) {
        double farthest = trials.limit(Threshold.FARTHEST_FLIP);
        Double now = lever.now(filled);
        Optional<Assessment> winner =
                trials.winner().map(each -> each.recommendation().assessment());
        double reached = lever.unsaid() == null
                ? 0
                : winner.map(it -> lever.unsaid().applyAsDouble(it)).orElse(0.0);
        boolean isReached = reached > 0 && Double.isFinite(reached);
        if (now == null) {
            if (lever.isBudget() && winner.isPresent()) {
                return List.of(); // less than it costs is no answer to what may be spent
            }
            return (isReached ? unsaidFrom(trials, lever, winner.orElseThrow(), reached) : Optional.<Double>empty())
                            .map(from -> {
                                boolean up = !lever.stricter();
                                double assumed = winner.orElseThrow().demand().sizedForDecodeSpeed();
                                double usual = up && assumed > 0 ? Math.min(assumed, reached) : reached;
                                double limit = up ? usual * farthest : usual / farthest;
                                return new FlipSearch(trials, lever, null, from, up, limit, wanted);
                            })
                            .stream()
                            .toList();
        }
        double most = trials.ranking().stream()
                .mapToDouble(each -> lever.mostOf(each.assessment().model(), filled))
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        FlipSearch more = new FlipSearch(trials, lever, now, now, true, Math.min(most, now * farthest), wanted);
        Optional<Double> matters =
                lever.isBudget() && isReached ? looser(trials, lever, reached, now) : Optional.empty();
        FlipSearch less = new FlipSearch(
                trials,
                lever,
                now,
                matters.orElse(now),
                false,
                Math.max(lever.leastOf(filled), (matters.isPresent() ? Math.min(now, reached) : now) / farthest),
                wanted);
        return List.of(more, less);
    }

    /** Where to begin when nothing was said: as strict as can be without another winner. */
    private static Optional<Double> unsaidFrom(
            ChangedRequests trials, AdjustableNumber lever, Assessment winner, double reached) {
        double assumed = lever.stricter() ? 0 : winner.demand().sizedForDecodeSpeed();
        return DoubleStream.of(Math.min(assumed, reached), reached)
                .filter(value -> value > 0 && isToday(trials, lever, value))
                .boxed()
                .findFirst();
    }

    /** The largest budget, as a multiple of what the winner costs, with which it still wins. */
    private static Optional<Double> looser(
            ChangedRequests trials, AdjustableNumber lever, double reached, double most) {
        return DoubleStream.of(LOOSER)
                .map(times -> times * reached)
                .filter(value -> value <= most && isToday(trials, lever, value))
                .boxed()
                .findFirst();
    }

    private static boolean isToday(ChangedRequests trials, AdjustableNumber lever, double value) {
        return ChangedRequests.contender(trials.winner(lever.set(trials.asked(), value)))
                .equals(ChangedRequests.contender(trials.winner()));
    }

    Found found() {
        Optional<Flip> nearest = nearest();
        List<Flip> chances = new ArrayList<>();
        for (Contender each : wanted) {
            nearest.filter(flip -> each.equals(flip.contender()))
                    .or(() -> nearestFor(each))
                    .ifPresent(chances::add);
        }
        return new Found(nearest, chances);
    }

    /** The nearest value with which something else wins, or nothing does; proved on both sides of it. */
    private Optional<Flip> nearest() {
        double last = from;
        for (double value : values) {
            if (!ChangedRequests.contender(scan.winner(value)).equals(today)) {
                return proved(last, value);
            }
            last = value;
        }
        return Optional.empty();
    }

    /** The nearest value with which a candidate wins; an outsider that wins there instead joins those compared with. */
    private Optional<Flip> nearestFor(Contender wanted) {
        double last = from;
        for (double value : values) {
            if (ChangedRequests.contender(scan.winner(value)).equals(Optional.of(wanted))) {
                return nearestFor(wanted, last, value);
            }
            last = value;
        }
        return Optional.empty();
    }

    private Optional<Flip> nearestFor(Contender wanted, double near, double far) {
        Set<Contender> rivals = new LinkedHashSet<>(rivals(near, far));
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            List<Contender> among = List.copyOf(rivals);
            double to =
                    lever.rounded(boundary(near, far, each -> wins(each, among).equals(Optional.of(wanted))), from);
            Optional<Winner> winner = trials.winnerOfAll(lever.set(trials.asked(), to), among);
            Optional<Contender> found = ChangedRequests.contender(winner);
            if (found.equals(Optional.of(wanted))) {
                return Optional.of(flip(to, winner));
            }
            if (found.isEmpty() || !rivals.add(found.get())) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Narrowed down among the few that win on either side, then proved with all; an outsider that shows up joins in. */
    private Optional<Flip> proved(double near, double far) {
        double nearer = near;
        double farther = far;
        Set<Contender> rivals = new LinkedHashSet<>(rivals(near, far));
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            List<Contender> among = List.copyOf(rivals);
            double to = lever.rounded(
                    boundary(nearer, farther, value -> !wins(value, among).equals(today)), from);
            double before = before(to);
            Optional<Winner> outsider = trials.winnerOfAll(lever.set(trials.asked(), before), among);
            if (ChangedRequests.contender(outsider).equals(today)) {
                Optional<Winner> winner = trials.winnerOfAll(lever.set(trials.asked(), to), among);
                return ChangedRequests.contender(winner).equals(today)
                        ? Optional.empty()
                        : Optional.of(flip(to, winner));
            }
            outsider.map(Winner::contender).ifPresent(rivals::add);
            nearer = from;
            farther = before;
        }
        return Optional.empty();
    }

    private List<Contender> rivals(double near, double far) {
        return Stream.of(
                        today,
                        ChangedRequests.contender(scan.winner(near)),
                        ChangedRequests.contender(scan.winner(far)))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private Optional<Contender> wins(double value, List<Contender> among) {
        return ChangedRequests.contender(trials.winner(lever.set(trials.asked(), value), among));
    }

    private double before(double to) {
        if (lever.whole()) {
            return up ? to - 1 : to + 1;
        }
        double back = up ? to / 1.01 : to * 1.01;
        return up ? Math.max(from, back) : Math.min(from, back);
    }

    /** Between a value for which something does not hold and one for which it does: the nearest for which it does. */
    private double boundary(double near, double far, Predicate<Double> holds) {
        double without = near;
        double with = far;
        for (Double middle = lever.between(without, with); middle != null; middle = lever.between(without, with)) {
            if (holds.test(middle)) {
                with = middle;
            } else {
                without = middle;
            }
        }
        return with;
    }

    private Flip flip(double to, Optional<Winner> winner) {
        return new Flip(
                lever.field(),
                now == null ? null : lever.value(now),
                lever.value(to),
                winner.map(Winner::candidate).orElse(null),
                winner.map(Winner::recommendation).orElse(null),
                winner.flatMap(each -> level(to, each)).orElse(null));
    }

    /** Today's winner, where it and another one cannot be told apart: the change is tiny, or they are as good as level. */
    private Optional<Recommendation> level(double to, Winner then) {
        Optional<Recommendation> first = trials.winner().map(Winner::recommendation);
        boolean isTiny = now != null && Math.abs(to / now - 1) * 100 <= trials.limit(Threshold.FLIP_CHANGE) + ROUNDING;
        return first.filter(each -> isTiny || isLevel(each, then.contender()));
    }

    private boolean isLevel(Recommendation first, Contender then) {
        return trials.ranking().stream()
                .filter(each -> !each.isRuledOut() && trials.named(each).equals(then))
                .anyMatch(each -> first.score() - each.score() < trials.limit(Threshold.FLIP_POINTS)
                        && overlap(speed(first), speed(each))
                        && overlap(cost(first), cost(each)));
    }

    private static Range speed(Recommendation of) {
        EstimatedDeployment.Job job = of.assessment().assessed().job();
        return of.assessment().isTraining() && job != null
                ? job.tokensPerSecond()
                : of.assessment().estimate().decodeSpeed();
    }

    private static Range cost(Recommendation of) {
        Cost cost = of.assessment().cost();
        return new Range(or(cost.monthlyUsdLow(), 0), or(cost.monthlyUsd(), 0), or(cost.monthlyUsdHigh(), 0));
    }

    private static double or(@Nullable Double usd, double none) {
        return usd == null ? none : usd;
    }

    private static boolean overlap(Range one, Range other) {
        return one.low() <= other.high() && other.low() <= one.high();
    }
}
