package quartermaster.estimate;

import quartermaster.catalogue.Efficiency;

/** A constant of the estimator that measurements can correct, each by a factor on its default. */
enum Constant {
    BANDWIDTH(0.15, 0.12, 0.12),
    LAYER(0.4, 0.3, 0.3),
    EXPERT_LAYER(0.4, 0.3, 0.3),
    ATTENTION(0.4, 0.3, 0.3),
    PREFILL(0.2, 0.2, 0.2),
    PREFILL_EXPERTS(0.3, 0.25, 0.25),
    DECODE_COMPUTE(0.4, 0.3, 0.3);

    private static final double LARGEST_SHARE = 0.97; // nothing reaches its specification

    /** Spreads of the factor's logarithm that are expected between platforms, families and chips. */
    final double platformSpread;

    final double familySpread;
    final double chipSpread;

    Constant(double platformSpread, double familySpread, double chipSpread) {
        this.platformSpread = platformSpread;
        this.familySpread = familySpread;
        this.chipSpread = chipSpread;
    }

    /** The same row with this constant times a factor, within what is possible. */
    Efficiency times(Efficiency row, double factor) {
        return switch (this) {
            case BANDWIDTH ->
                with(
                        row,
                        share(row.bandwidth() * factor),
                        row.layerMicroseconds(),
                        row.expertLayerMicroseconds(),
                        row.attentionCost(),
                        row.prefill(),
                        row.prefillExperts(),
                        row.decodeCompute());
            case LAYER ->
                with(
                        row,
                        row.bandwidth(),
                        Math.max(5, row.layerMicroseconds()) * factor,
                        row.expertLayerMicroseconds(),
                        row.attentionCost(),
                        row.prefill(),
                        row.prefillExperts(),
                        row.decodeCompute());
            case EXPERT_LAYER ->
                with(
                        row,
                        row.bandwidth(),
                        row.layerMicroseconds(),
                        Math.max(5, row.expertLayerMicroseconds()) * factor,
                        row.attentionCost(),
                        row.prefill(),
                        row.prefillExperts(),
                        row.decodeCompute());
            case ATTENTION ->
                with(
                        row,
                        row.bandwidth(),
                        row.layerMicroseconds(),
                        row.expertLayerMicroseconds(),
                        row.attentionCost() * factor,
                        row.prefill(),
                        row.prefillExperts(),
                        row.decodeCompute());
            case PREFILL ->
                with(
                        row,
                        row.bandwidth(),
                        row.layerMicroseconds(),
                        row.expertLayerMicroseconds(),
                        row.attentionCost(),
                        share(row.prefill() * factor),
                        row.prefillExperts(),
                        row.decodeCompute());
            case PREFILL_EXPERTS ->
                with(
                        row,
                        row.bandwidth(),
                        row.layerMicroseconds(),
                        row.expertLayerMicroseconds(),
                        row.attentionCost(),
                        row.prefill(),
                        share(row.prefillExperts() * factor),
                        row.decodeCompute());
            case DECODE_COMPUTE ->
                with(
                        row,
                        row.bandwidth(),
                        row.layerMicroseconds(),
                        row.expertLayerMicroseconds(),
                        row.attentionCost(),
                        row.prefill(),
                        row.prefillExperts(),
                        share(row.decodeCompute() * factor));
        };
    }

    private static double share(double value) {
        return Math.min(LARGEST_SHARE, value);
    }

    private static Efficiency with(
            Efficiency row,
            double bandwidth,
            double layer,
            double expertLayer,
            double attention,
            double prefill,
            double prefillExperts,
            double decodeCompute) {
        return new Efficiency(
                row.appliesTo(),
                row.engine(),
                bandwidth,
                layer,
                expertLayer,
                row.stepMicroseconds(),
                row.sequenceMicroseconds(),
                attention,
                prefill,
                prefillExperts,
                decodeCompute,
                row.smallBatch(),
                row.measurements(),
                row.errorPercent(),
                row.evidence(),
                row.lowMultiplier(),
                row.highMultiplier(),
                row.source(),
                row.asOf(),
                row.row());
    }
}
