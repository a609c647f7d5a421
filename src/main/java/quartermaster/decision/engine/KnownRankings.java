package quartermaster.decision.engine;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Preparation.Prepared;
import quartermaster.request.DecisionRequest;

/**
 * How one book of rules ranks what is kept of requests that come again: a change is proved by the cases, then compared with
 * what was in force by the same ones. It may be forgotten where memory is short.
 */
final class KnownRankings {
    private volatile SoftReference<Map<DecisionRequest, Known>> known = new SoftReference<>(null);

    /** @param of what was ranked: something else may be kept of the same request, over another catalogue */
    private record Known(Prepared of, List<Recommendation> ranking) {}

    /**
     * The ranking of that request.
     *
     * @param preparation that keeps what was prepared of it, or does not: then nothing of it is known afterwards
     */
    List<Recommendation> of(
            DecisionRequest request,
            Prepared prepared,
            Preparation preparation,
            Supplier<List<Recommendation>> ranking) {
        if (!preparation.keeps(request, prepared)) {
            return ranking.get();
        }
        Map<DecisionRequest, Known> all = all();
        Known found = all.get(request);
        if (found != null && found.of() == prepared) {
            return found.ranking();
        }
        Known now = new Known(prepared, ranking.get());
        all.put(request, now);
        if (all.size() > preparation.keptRequests()) {
            all.entrySet()
                    .removeIf(each ->
                            !preparation.keeps(each.getKey(), each.getValue().of()));
        }
        return now.ranking();
    }

    private Map<DecisionRequest, Known> all() {
        @Nullable Map<DecisionRequest, Known> all = known.get();
        if (all == null) {
            all = new ConcurrentHashMap<>();
            known = new SoftReference<>(all);
        }
        return all;
    }
}
