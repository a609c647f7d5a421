package quartermaster.decision.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Policy;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.unit.Records;

/**
 * Ceilings of a request that is asked again and again with something changed: how much is asked, and how fast, are not known
 * of a candidate before it is estimated, so that requests which differ in nothing else share theirs.
 */
final class Ceilings {
    private static final int MOST = 200; // of one request some fifty come
    private static final List<String> OF_LOAD = List.of(
            "concurrency", "inputTokens", "contextTokens", "minDecodeTokensPerSecond", "maxTimeToFirstTokenSeconds");

    private final Policy policy;
    private final Preparation preparation;
    private final @Nullable Map<DecisionRequest, Ceiling> kept;

    private Ceilings(Policy policy, Preparation preparation, @Nullable Map<DecisionRequest, Ceiling> kept) {
        this.policy = policy;
        this.preparation = preparation;
        this.kept = kept;
    }

    /** Which keep nothing. */
    static Ceilings of(Policy policy, Preparation preparation) {
        return new Ceilings(policy, preparation, null);
    }

    /** Which keep what they have told, to be let go with the request. */
    static Ceilings remembering(Policy policy, Preparation preparation) {
        return new Ceilings(policy, preparation, new ConcurrentHashMap<>());
    }

    Ceiling of(DecisionRequest request) {
        if (kept == null) {
            return new Ceiling(policy, preparation);
        }
        if (kept.size() >= MOST) {
            kept.clear();
        }
        return kept.computeIfAbsent(regardlessOfLoad(request), any -> new Ceiling(policy, preparation));
    }

    private static DecisionRequest regardlessOfLoad(DecisionRequest request) {
        Workload workload = request.workload();
        for (String each : OF_LOAD) {
            workload = workload.with(each, null);
        }
        return Records.with(
                Records.with(request, "workload", workload.with("models", List.of())), "candidates", List.of());
    }
}
