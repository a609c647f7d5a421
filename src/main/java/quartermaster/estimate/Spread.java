package quartermaster.estimate;

import quartermaster.catalogue.EvidenceClass;

/**
 * How far measured speeds are taken to lie from calibrated estimates, by what an estimate rests on: 10th and 90th
 * percentile of measured to estimated. Assumptions, checked in November 2026 by leaving publishers out of the shipped
 * sheet {@code Measurements}: they held for 89 % of the decode rows, 72 % of prefill and 61 % of serving.
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
