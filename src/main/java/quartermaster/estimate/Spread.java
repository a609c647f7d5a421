package quartermaster.estimate;

import quartermaster.catalogue.EvidenceClass;

/**
 * How far measured speeds lie from estimates, by what an estimate rests on: the 10th and the 90th percentile of measured
 * to estimated, rows left out by publisher, over the shipped sheet {@code Measurements} in November 2026.
 */
final class Spread {
    private Spread() {}

    static double low(EvidenceClass evidence) {
        return switch (evidence) {
            case MEASURED, CALIBRATED -> 0.82;
            case FAMILY -> 0.70;
            case SPECIFICATION -> 0.55;
        };
    }

    static double high(EvidenceClass evidence) {
        return switch (evidence) {
            case MEASURED, CALIBRATED -> 1.22;
            case FAMILY -> 1.35;
            case SPECIFICATION -> 1.60;
        };
    }
}
