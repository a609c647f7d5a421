package quartermaster.estimate;

import quartermaster.catalogue.Constants;

/** A constant of the estimator that measurements can correct, each by a factor on its default. */
public enum Constant {
    BANDWIDTH(Constant.STEADY),
    LAYER(1),
    EXPERT_LAYER(1),
    LINEAR_LAYER(1),
    ATTENTION(1),
    /** Of every model; what routing costs beside it is a constant of its own. */
    PREFILL(Constant.STEADY),
    PREFILL_EXPERTS(1),
    DECODE_COMPUTE(1),
    /** What each request of a step costs the program: sampling, scheduling, text, sending. */
    SEQUENCE(0.5);

    private static final double LARGEST_SHARE = 0.97; // nothing reaches its specification
    private static final double SHORTEST_MICROSECONDS = 5;

    /** Of what chips differ little in: a share of what the vendor prints, and no overhead of software. */
    public static final double STEADY = 0.27;

    /** How much chips and engines differ in it, to what they differ in overheads. */
    public final double unsteadiness;

    Constant(double unsteadiness) {
        this.unsteadiness = unsteadiness;
    }

    /** The same constants with this one times a factor, within what is possible. */
    public Constants times(Constants all, double factor) {
        return new Constants(
                this == BANDWIDTH ? share(all.bandwidth() * factor) : all.bandwidth(),
                this == LAYER ? micros(all.layerMicroseconds(), factor) : all.layerMicroseconds(),
                this == EXPERT_LAYER ? micros(all.expertLayerMicroseconds(), factor) : all.expertLayerMicroseconds(),
                this == LINEAR_LAYER ? micros(all.linearLayerMicroseconds(), factor) : all.linearLayerMicroseconds(),
                all.stepMicroseconds(),
                this == SEQUENCE ? all.sequenceMicroseconds() * factor : all.sequenceMicroseconds(),
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
