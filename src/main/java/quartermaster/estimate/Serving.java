package quartermaster.estimate;

import quartermaster.catalogue.Engine;
import quartermaster.catalogue.MultiDevice;
import quartermaster.catalogue.Phase;

/**
 * What one replica delivers under load: requests share its steps, and every prompt holds the others up once.
 *
 * @param promptTokens that have to be read, a shared prefix left out
 * @param outputTokens per request
 * @param meanContext tokens that a request holds on average while it decodes
 * @param variation standard deviation of the work of requests to its mean
 */
record Serving(
        ReplicaSpeed pace,
        Engine engine,
        double promptTokens,
        double outputTokens,
        double meanContext,
        double variation) {
    /**
     * Time of one request when as many are in flight: {@code N × prefill + output × step(N)}.
     *
     * <p>Example: an 8B at 16 bits on an H100 with vLLM, 1,024 tokens in and 256 out: 1.83 s alone, 3.81 s with 32.
     */
    double requestSeconds(double inFlight) {
        return estimatedRequestSeconds(inFlight) / pace.own().factor(Phase.SERVE, inFlight);
    }

    private double estimatedRequestSeconds(double inFlight) {
        double tensor = requestSeconds(pace, inFlight);
        if (engine.multiDevice() != MultiDevice.TENSOR_OR_PIPELINE
                || pace.devices() == 1
                || pace.link().gigabytesPerSecond() >= pace.losses().fastLinkGBps()) {
            return tensor;
        }
        double inEachStage = Math.max(1, inFlight / pace.devices());
        double idleStages = Math.pow(pace.devices(), pace.losses().pipelining());
        return Math.min(tensor, idleStages * requestSeconds(pace.ofOneDevice(), inEachStage));
    }

    private double requestSeconds(ReplicaSpeed pace, double inFlight) {
        return inFlight * promptSeconds(pace, inFlight)
                + outputTokens * pace.step(inFlight, meanContext).seconds();
    }

    /** The part of a prompt where short ones are read together. */
    private double promptSeconds(ReplicaSpeed pace, double inFlight) {
        double together = Math.max(1, Math.min(inFlight, Math.floor(pace.chunkTokens() / promptTokens)));
        return pace.prefillSeconds(promptTokens, together);
    }

    double prefillSeconds() {
        return pace.prefillSeconds(promptTokens);
    }

    double requestsPerSecond(int inFlight) {
        return inFlight / requestSeconds(inFlight);
    }

    /** Output tokens per second of the whole replica. */
    double throughput(int inFlight) {
        return outputTokens * requestsPerSecond(inFlight);
    }

    /** Output tokens per second that one user sees between the first and the last token. */
    double decodeSpeed(int inFlight) {
        return outputTokens / (requestSeconds(inFlight) - prefillSeconds());
    }

    /**
     * Time to the first token, a share of the requests not exceeding it.
     *
     * @param waiting requests in front of the replica that it has no place for
     */
    double timeToFirstToken(int inFlight, int waiting, double percentile) {
        double queue = waiting == 0
                ? 0
                : waiting
                        / requestsPerSecond(inFlight)
                        * (percentile > 0.9 ? pace.losses().queueAtP95() : 1);
        return firstToken(inFlight).percentile(percentile) * pace.own().factor(Phase.TTFT, inFlight) + queue;
    }

    /** How long first tokens take with so many in flight, each followed by the next. */
    FirstToken firstToken(double inFlight) {
        return new FirstToken(
                promptSeconds(pace, inFlight),
                pace.step(inFlight, meanContext).seconds(),
                promptTokens,
                outputTokens,
                pace.chunkTokens(),
                engine.dispatchMilliseconds() / 1000,
                inFlight,
                variation);
    }

    /** The most requests in flight, from 1 to the limit, at which a condition still holds; 0 when not even for one. */
    static int most(int limit, java.util.function.IntPredicate holds) {
        if (limit < 1 || !holds.test(1)) {
            return 0;
        }
        int low = 1;
        int high = limit;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (holds.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * Requests in flight that an open load keeps busy, by Little's law: {@code N = arrivals × request time(N)}.
     *
     * <p>Example: 10 requests a second for an 8B on an H100 as above: 49 in flight, 4.9 s each.
     */
    double inFlightAt(double arrivalsPerSecond, int limit) {
        double inFlight = 1;
        for (int i = 0; i < 200; i++) {
            double next = arrivalsPerSecond * requestSeconds(Math.max(1, inFlight));
            inFlight = Math.min(limit, 0.5 * inFlight + 0.5 * next);
        }
        return inFlight;
    }
}
