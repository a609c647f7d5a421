package quartermaster.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.resolution.Resolver.Extent;
import quartermaster.http.guard.Limits;
import quartermaster.http.guard.Refusal;
import quartermaster.json.DecisionWriter;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Counts what is asked for before any of it is begun, so that no body asks for more than there is memory or time. */
final class RequestedWork {
    private static final double MB = 1e6;

    private final Decider decider;
    private final Limits limits;
    private final List<Problem> problems = new ArrayList<>();
    private int requests;
    private long candidates;
    private long variants;
    private long answerBytes;

    RequestedWork(Decider decider, Limits limits) {
        this.decider = decider;
        this.limits = limits;
    }

    /**
     * @param at where it stands
     * @param threads that will decide about it at the same time
     */
    void add(DecisionRequest request, String at, int threads) {
        Extent extent = decider.extent(request);
        int shown = Math.max(extent.candidates(), request.candidates().size()); // suitable, rejected or not understood
        requests++;
        candidates += shown;
        variants += extent.variants();
        answerBytes += DecisionWriter.mostBytes(request.explain(), shown);
        long most = limits.variantsAtOnce() / threads;
        if (extent.variants() > most) {
            report(
                    "Found %,d candidates with %,d variants (engine, precision, acquisition or devices are left open);"
                            + " expected %,d variants at most. Send fewer candidates at a time, or say more of each.",
                    at + "/candidates", extent.candidates(), extent.variants(), most);
        }
    }

    /** How long all answers together may become. */
    long answerBytes() {
        return answerBytes;
    }

    /** @throws Refusal with everything that is too much */
    void requireWithinLimits() {
        if (variants > limits.variants()) {
            report(
                    "Found %,d requests with %,d candidates in %,d variants; expected %,d variants at most."
                            + " Send the requests in several batches, or say more of each candidate.",
                    "", requests, candidates, variants, limits.variants());
        }
        if (answerBytes > limits.answerBytes()) {
            report(
                    "Found %,d requests with %,d candidates, whose answers may take %,.0f MB; expected %,.0f MB at most."
                            + " Send the requests in several batches, or with \"explain\": \"none\" or \"summary\".",
                    "", requests, candidates, Math.ceil(answerBytes / MB), limits.answerBytes() / MB);
        }
        if (!problems.isEmpty()) {
            throw Refusal.invalid(problems);
        }
    }

    private void report(String message, String at, Object... numbers) {
        problems.add(new Problem("too-much-work", String.format(Locale.ROOT, message, numbers), new Place.Pointer(at)));
    }
}
