package quartermaster.estimate;

import quartermaster.catalogue.Constants;

/** A constant of the estimator that measurements can correct, each by a factor on its default. */
public enum Constant {
    BANDWIDTH(true),
    LAYER(false),
    EXPERT_LAYER(false),
    LINEAR_LAYER(false),
    ATTENTION(false),
    /** Of every model; what routing costs beside it is a constant of its own. */
    PREFILL(true),
    PREFILL_EXPERTS(false),
    DECODE_COMPUTE(false);

    private static final double LARGEST_SHARE = 0.97; // nothing reaches its specification
    private static final double SHORTEST_MICROSECONDS = 5;

    /** Whether chips differ little in it: a share of what the vendor prints, and no overhead of software. */
    public final boolean steady;

    Constant(boolean steady) {
        this.steady = steady;
    }

    /** The same constants with this one times a factor, within what is possible. */
    public Constants times(Constants all, double factor) {
        return new Constants(
                this == BANDWIDTH ? share(all.bandwidth() * factor) : all.bandwidth(),
                this == LAYER ? micros(all.layerMicroseconds(), factor) : all.layerMicroseconds(),
                this == EXPERT_LAYER ? micros(all.expertLayerMicroseconds(), factor) : all.expertLayerMicroseconds(),
                this == LINEAR_LAYER ? micros(all.linearLayerMicroseconds(), factor) : all.linearLayerMicroseconds(),
                all.stepMicroseconds(),
                all.sequenceMicroseconds(),
                this == ATTENTION ? all.attentionCost() * factor : all.attentionCost(),
                this == PREFILL ? share(all.prefill() * factor) : all.prefill(),
                this == PREFILL || this == PREFILL_EXPERTS
                        ? share(all.prefillExperts() * factor)
                        : all.prefillExperts(),
                this == DECODE_COMPUTE ? share(all.decodeCompute() * factor) : all.decodeCompute(),
                all.smallBatch());
    }

    private static double share(double value) {
        return Math.min(LARGEST_SHARE, value);
    }

    private static double micros(double value, double factor) {
        return Math.max(SHORTEST_MICROSECONDS, value) * factor;
    }
}
