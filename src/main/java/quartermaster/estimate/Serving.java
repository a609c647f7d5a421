package quartermaster.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.MultiDevice;
import quartermaster.catalogue.measurement.Phase;

/**
 * What one replica delivers under load: requests share its steps, and every prompt holds the others up once.
 */
final class Serving {
    private static final double P95 = 0.95;
    private static final int MOST_STEPS = 200;
    private static final int WHOLE_STEPS = 100;
    private static final double SETTLED = 1e-7; // of what is in flight

    /** How several devices share the layers of a model, where the engine leaves the choice. */
    enum Layers {
        /** All devices work on every layer: a server is started like this and stays so, however many come. */
        SHARED,
        /** Each device holds layers of its own, and requests pass through all of them: likewise. */
        IN_TURN,
        /** Whichever is quicker for so many in flight: of a vendor's table, which has the best of many servers. */
        AS_IS_QUICKER
    }

    private final ReplicaSpeed pace;
    private final Engine engine;
    private final double promptTokens;
    private final double outputTokens;
    private final double meanContext;
    private final double variation;
    private final Layers layers;
    private final Part shared;
    private @Nullable Part staged; // made when it is first asked for
    private @Nullable Way last; // several things are asked about the same number in flight
    private double firstTokenAlone = Double.NaN; // likewise
    private @Nullable Longest longest; // the same few are asked about for every number in flight

    /**
     * @param promptTokens that have to be read, a shared prefix left out
     * @param outputTokens per request
     * @param meanContext tokens that a request holds on average while it decodes
     * @param variation standard deviation of the work of requests to its mean
     * @param layers how several devices share them; where there is no choice, as the engine does it
     */
    Serving(
            ReplicaSpeed pace,
            Engine engine,
            double promptTokens,
            double outputTokens,
            double meanContext,
            double variation,
            Layers layers) {
        this.pace = pace;
        this.engine = engine;
        this.promptTokens = promptTokens;
        this.outputTokens = outputTokens;
        this.meanContext = meanContext;
        this.variation = variation;
        this.layers = layers;
        this.shared = part(pace);
    }

    ReplicaSpeed pace() {
        return pace;
    }

    Layers layers() {
        return layers;
    }

    double outputTokens() {
        return outputTokens;
    }

    double promptTokens() {
        return promptTokens;
    }

    double meanContext() {
        return meanContext;
    }

    /**
     * What a request passes through.
     *
     * @param steps of decoding at the mean context
     * @param aloneSeconds to read a prompt that no other comes with
     */
    private record Part(ReplicaSpeed pace, ReplicaSpeed.Steps steps, double aloneSeconds) {}

    private Part part(ReplicaSpeed of) {
        return new Part(of, of.steps(meanContext), of.prefillSeconds(promptTokens));
    }

    /**
     * Time of one request when as many are in flight: {@code N × prefill + output × step(N)}.
     *
     * <p>Example: an 8B at 16 bits on an H100 with vLLM, 1,024 tokens in and 256 out: 1.83 s alone, 3.81 s with 32.
     */
    double requestSeconds(double inFlight) {
        Way way = way(inFlight);
        return way.seconds() / pace.own().factor(Phase.SERVE, inFlight);
    }

    /**
     * One way to use the devices: all on every layer, or each on its own layers.
     *
     * @param of requests in flight on the replica
     * @param inFlight in the part at a time
     * @param stretch how much longer everything takes because stages stand idle
     * @param promptSeconds the part of a prompt of those that are read together
     * @param stepSeconds in which each of those in the part gets one token
     * @param seconds of a request
     */
    private record Way(
            double of,
            Part part,
            double inFlight,
            double stretch,
            double promptSeconds,
            double stepSeconds,
            double seconds) {}

    private Way way(double inFlight) {
        Way known = last;
        if (known == null || known.of() != inFlight) {
            known = findWay(inFlight);
            last = known;
        }
        return known;
    }

    private Way findWay(double inFlight) {
        if (layers == Layers.SHARED || !mayTakeTurns()) {
            return together(inFlight);
        }
        Way inTurn = inTurn(inFlight);
        if (layers == Layers.IN_TURN) {
            return inTurn;
        }
        Way together = together(inFlight);
        return inTurn.seconds() < together.seconds() ? inTurn : together;
    }

    private Way together(double inFlight) {
        return way(inFlight, shared, inFlight, 1);
    }

    /**
     * Stages work on different requests, and wait for each other when several are under way; one alone passes through without
     * a stop. Where an engine does not batch continuously, all in flight go through the stages together.
     */
    private Way inTurn(double inFlight) {
        if (!engine.batchesContinuously()) {
            return way(inFlight, stage(), inFlight, 1);
        }
        double inEachStage = Math.max(1, inFlight / pace.devices());
        double idleStages =
                Math.pow(Math.min(inFlight, pace.devices()), pace.losses().pipelining());
        return way(inFlight, stage(), inEachStage, idleStages);
    }

    private Way way(double of, Part part, double inFlight, double stretch) {
        double prompt = promptSeconds(part, inFlight);
        double step = part.steps().seconds(inFlight);
        double seconds = stretch * (inFlight * prompt + outputTokens * step);
        return new Way(of, part, inFlight, stretch, prompt, step, seconds);
    }

    /** Whether devices may hold different layers: the engine can, and the link is slow. */
    boolean mayTakeTurns() {
        return engine.multiDevice() == MultiDevice.TENSOR_OR_PIPELINE
                && pace.devices() > 1
                && pace.link().gigabytesPerSecond() < pace.losses().fastLinkGBps();
    }

    /** Whether devices hold different layers, however many requests are in flight. */
    boolean takesTurns() {
        return layers == Layers.IN_TURN && mayTakeTurns();
    }

    private Part stage() {
        Part known = staged;
        if (known == null) {
            ReplicaSpeed one = pace.ofOneDevice();
            known = part(one);
            staged = known;
        }
        return known;
    }

    /** The part of a prompt where short ones are read together. */
    private double promptSeconds(Part part, double inFlight) {
        double together = Math.max(1, Math.min(inFlight, Math.floor(pace.chunkTokens() / promptTokens)));
        return together == 1 ? part.aloneSeconds() : part.pace().prefillSeconds(promptTokens, together);
    }

    /** To read a prompt that no other comes with. */
    double prefillSeconds() {
        return way(1).part().aloneSeconds();
    }

    /** Of prompts, whoever else is there; devices that take turns read one each. */
    double promptTokensPerSecond() {
        Way alone = way(1);
        boolean overlap = takesTurns() && engine.batchesContinuously();
        double atOnce = overlap ? pace.devices() / stretch(pace.devices()) : 1;
        return atOnce * promptTokens / alone.part().aloneSeconds();
    }

    /** What writes one token for each of those in flight; where devices take turns, for those at one of them. */
    ReplicaSpeed.Step step(double inFlight) {
        Way way = way(inFlight);
        return way.part().pace().step(way.inFlight(), meanContext);
    }

    /** Of what a request passes through: all devices, or one of those that take turns as if it held everything. */
    ReplicaSpeed paceOfPart() {
        return takesTurns() ? stage().pace() : pace;
    }

    /** Requests in one part at a time. */
    double inFlightOfPart(double inFlight) {
        return way(inFlight).inFlight();
    }

    /** How much longer everything takes because those that take turns wait for each other. */
    double stretch(double inFlight) {
        return way(inFlight).stretch();
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
        Way way = way(inFlight);
        double decoding = way.seconds() - way.stretch() * way.part().aloneSeconds();
        return outputTokens / decoding * pace.own().factor(Phase.SERVE, inFlight);
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
        return noShorterThanOfFewer(inFlight, percentile) * pace.own().factor(Phase.TTFT, inFlight) + queue;
    }

    /** That 95 % of the requests do not exceed where no other is in flight. */
    double firstTokenAlone() {
        if (Double.isNaN(firstTokenAlone)) {
            firstTokenAlone = timeToFirstToken(1, 0, P95);
        }
        return firstTokenAlone;
    }

    /**
     * Short prompts that are read together cost each less the more they are: requests gain by it when they follow each other,
     * and none has its own prompt read sooner because others came.
     */
    private double noShorterThanOfFewer(int inFlight, double percentile) {
        double computed = computedFirstToken(inFlight, first -> first.percentile(percentile));
        double readTogether = Math.floor(pace.chunkTokens() / promptTokens)
                * inFlight
                / way(inFlight).inFlight();
        int fewer = (int) Math.min(inFlight - 1, readTogether);
        return fewer < 1 ? computed : Math.max(computed, longestUpTo(fewer, percentile));
    }

    /**
     * The longest time to the first token that a share of the requests does not exceed, with any number in flight up to each.
     *
     * @param seconds with at most one in flight, at most two, …
     */
    private record Longest(double percentile, double[] seconds) {}

    private double longestUpTo(int inFlight, double percentile) {
        Longest known = longest;
        if (known == null || known.percentile() != percentile || known.seconds().length < inFlight) {
            known = longest(inFlight, percentile, known);
            longest = known;
        }
        return known.seconds()[inFlight - 1];
    }

    private Longest longest(int most, double percentile, @Nullable Longest known) {
        double[] before = known == null || known.percentile() != percentile ? new double[0] : known.seconds();
        double[] seconds = Arrays.copyOf(before, most);
        for (int i = before.length; i < most; i++) {
            double computed = computedFirstToken(i + 1, first -> first.percentile(percentile));
            seconds[i] = i == 0 ? computed : Math.max(seconds[i - 1], computed);
        }
        return new Longest(percentile, seconds);
    }

    /** What is asked of the times to the first token with so many in flight, each followed by the next; seconds. */
    double firstToken(double inFlight, ToDoubleFunction<FirstToken> asked) {
        return computedFirstToken(inFlight, asked) * pace.own().factor(Phase.TTFT, inFlight);
    }

    private double computedFirstToken(double inFlight, ToDoubleFunction<FirstToken> asked) {
        Way way = way(inFlight);
        FirstToken first = new FirstToken(
                way.part().aloneSeconds(),
                way.promptSeconds(),
                way.stepSeconds(),
                promptTokens,
                outputTokens,
                pace.chunkTokens(),
                engine.readsPromptsFirst() ? 0 : pace.kinds().besidePrompts(),
                engine.dispatchMilliseconds() / 1000 + pace.kinds().tokenizeSeconds(promptTokens),
                way.inFlight(),
                variation);
        return way.stretch() * asked.applyAsDouble(first);
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
     * Requests in flight of sessions that think between an answer and the next request: {@code N = sessions × R(N) ÷
     * (R(N) + think)}.
     */
    double inFlightOf(double sessions, double thinkSeconds) {
        return settled(inFlight -> {
            double seconds = requestSeconds(Math.max(1, inFlight));
            return sessions * seconds / (seconds + thinkSeconds);
        });
    }

    /** Sessions that keep so many in flight. */
    double sessionsOf(double inFlight, double thinkSeconds) {
        double seconds = requestSeconds(inFlight);
        return inFlight * (seconds + thinkSeconds) / seconds;
    }

    /**
     * Requests in flight that an open load keeps busy, by Little's law: {@code N = arrivals × request time(N)}.
     *
     * <p>Example: 10 requests a second for an 8B on an H100 as above: 49 in flight, 4.9 s each.
     */
    double inFlightAt(double arrivalsPerSecond, int limit) {
        return settled(inFlight -> Math.min(limit, arrivalsPerSecond * requestSeconds(Math.max(1, inFlight))));
    }

    /**
     * The fewest requests in flight that keep themselves busy, from one on: what is asked for grows with them, so that it is
     * come to from below. Where it goes up and down instead, later steps are halves.
     */
    private static double settled(DoubleUnaryOperator asked) {
        double inFlight = 1;
        for (int i = 0; i < MOST_STEPS; i++) {
            double wanted = asked.applyAsDouble(inFlight);
            double next = i < WHOLE_STEPS ? wanted : 0.5 * inFlight + 0.5 * wanted;
            boolean settled = Math.abs(next - inFlight) < SETTLED * next;
            inFlight = next;
            if (settled) {
                break;
            }
        }
        return inFlight;
    }

    /** What it was made of; what it remembers follows from that. */
    private List<Object> parts() {
        return List.of(pace, engine, promptTokens, outputTokens, meanContext, variation, layers);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Serving it && parts().equals(it.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "Serving" + parts();
    }
}
