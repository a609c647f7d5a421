package quartermaster.estimate;

/** How long requests wait, to first order. Times in seconds, rates per second. */
final class Queue {
    private Queue() {}

    /**
     * Probability that a request has to wait for one of {@code servers}, by Erlang's C formula.
     *
     * <p>Example: 8 servers with 6 busy on average: 0.3570; one server half busy: 0.5.
     *
     * @param load busy servers on average, under {@code servers}
     */
    static double erlangC(int servers, double load) {
        if (load >= servers) {
            return 1;
        }
        double blocking = 1;
        for (int i = 1; i <= servers; i++) {
            blocking = load * blocking / (i + load * blocking);
        }
        return blocking / (1 - load / servers * (1 - blocking));
    }

    /**
     * Waiting time that a share of the requests does not exceed, with several servers.
     *
     * <p>{@code ln(C ÷ (1 − percentile)) ÷ (servers ÷ service − arrivals)}. Example: 8 servers of 10 s, 0.6 arrivals a
     * second, 95th percentile: 9.83 s.
     */
    static double waitPercentile(int servers, double serviceSeconds, double arrivalsPerSecond, double percentile) {
        double waits = erlangC(servers, arrivalsPerSecond * serviceSeconds);
        double spare = servers / serviceSeconds - arrivalsPerSecond;
        return spare <= 0 ? Double.POSITIVE_INFINITY : Math.max(0, Math.log(waits / (1 - percentile)) / spare);
    }
}
