package quartermaster.estimate;

import quartermaster.catalogue.Constants;

/** A constant of the estimator that measurements can correct, each by a factor on its default. */
public enum Constant {
    BANDWIDTH(0.15, 0.12, 0.12),
    LAYER(0.4, 0.3, 0.3),
    EXPERT_LAYER(0.4, 0.3, 0.3),
    LINEAR_LAYER(0.4, 0.3, 0.3),
    ATTENTION(0.4, 0.3, 0.3),
    /** Of every model; what routing costs beside it is a constant of its own. */
    PREFILL(0.2, 0.2, 0.2),
    PREFILL_EXPERTS(0.3, 0.25, 0.25),
    DECODE_COMPUTE(0.4, 0.3, 0.3);

    private static final double LARGEST_SHARE = 0.97; // nothing reaches its specification
    private static final double SHORTEST_MICROSECONDS = 5;

    /** Spreads of the factor's logarithm that are expected between platforms, families and chips. */
    public final double platformSpread;

    public final double familySpread;
    public final double chipSpread;

    Constant(double platformSpread, double familySpread, double chipSpread) {
        this.platformSpread = platformSpread;
        this.familySpread = familySpread;
        this.chipSpread = chipSpread;
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
