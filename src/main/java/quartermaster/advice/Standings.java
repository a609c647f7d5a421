package quartermaster.advice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quartermaster.advice.ChangedRequests.Winner;
import quartermaster.decision.Recommendation;
import quartermaster.request.Acquisition;

/**
 * How those that are compared stand in one request, each by its best variant.
 *
 * @param winner of them
 * @param madeUpFor points behind the winner from which on one is far behind
 */
record Standings(Optional<Winner> winner, Map<Contender, Recommendation> all, double madeUpFor) {
    Standings {
        all = Map.copyOf(all);
    }

    /** @param bestFirst of which one may stand for several */
    static Standings of(Optional<Winner> winner, List<Winner> bestFirst, double madeUpFor) {
        Map<Contender, Recommendation> all = new HashMap<>();
        bestFirst.forEach(each -> all.putIfAbsent(each.contender(), each.recommendation()));
        return new Standings(winner, all, madeUpFor);
    }

    enum Place {
        NEAR,
        FAR_BEHIND,
        RULED_OUT
    }

    /** What is owned is always near: it is taken where it suffices, whatever else scores higher. */
    Place of(Contender contender) {
        Recommendation it = all.get(contender);
        if (it == null || contender.candidate().acquisition() == Acquisition.OWNED) {
            return Place.NEAR;
        }
        if (it.isRuledOut()) {
            return Place.RULED_OUT;
        }
        boolean isFar = winner.filter(
                        first -> it.score() < first.recommendation().score() - madeUpFor)
                .isPresent();
        return isFar ? Place.FAR_BEHIND : Place.NEAR;
    }
}
