package quartermaster.advice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quartermaster.advice.ChangedRequests.Winner;
import quartermaster.advice.Standings.Place;

/**
 * Who wins with each value of one number, from where a search begins to where nobody asks any more. All that are compared are
 * looked at with the first value, with the last, and half way; in between those that are far behind on both sides, or
 * ruled out, are left out: a change may be missed, but what is found is proved.
 */
final class Scan {
    private static final int FEW = 4; // values have no half way, and contenders are soon asked

    private final ChangedRequests trials;
    private final AdjustableNumber lever;
    private final List<Contender> contenders;
    private final double[] knots;
    private final Map<Double, Standings> known = new HashMap<>();
    private final Map<Double, Optional<Winner>> winners = new HashMap<>();

    /** @param values ever farther from where the search begins */
    Scan(ChangedRequests trials, AdjustableNumber lever, List<Contender> contenders, double from, List<Double> values) {
        this.trials = trials;
        this.lever = lever;
        this.contenders = List.copyOf(contenders);
        double last = values.isEmpty() ? from : values.get(values.size() - 1);
        this.knots = values.size() <= FEW
                ? new double[] {from, last}
                : new double[] {from, values.get(values.size() / 2), last};
    }

    /** Somebody is known to stand so with a value. */
    void know(double value, Standings standings) {
        known.put(value, standings);
    }

    Optional<Winner> winner(double value) {
        return winners.computeIfAbsent(value, this::found);
    }

    private Optional<Winner> found(double value) {
        if (contenders.size() <= FEW && !known.containsKey(value)) {
            return trials.winner(lever.set(trials.asked(), value), contenders); // there is nobody to leave out
        }
        for (double knot : knots) {
            if (knot == value) {
                return standings(value).winner();
            }
        }
        Standings near = standings(before(value));
        Standings far = standings(after(value));
        return trials.winner(
                lever.set(trials.asked(), value),
                contenders.stream()
                        .filter(each -> near.of(each) != far.of(each) || near.of(each) == Place.NEAR)
                        .toList());
    }

    private Standings standings(double knot) {
        return known.computeIfAbsent(knot, value -> trials.standings(lever.set(trials.asked(), value), contenders));
    }

    /** The knot before a value, or after it, seen from where the search begins. */
    private double before(double value) {
        return knots[after(value) == knots[1] ? 0 : 1];
    }

    private double after(double value) {
        double first = Math.min(knots[0], knots[1]);
        double second = Math.max(knots[0], knots[1]);
        return knots.length == 2 || value >= first && value <= second ? knots[1] : knots[2];
    }
}
