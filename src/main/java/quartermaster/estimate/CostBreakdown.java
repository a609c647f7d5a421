package quartermaster.estimate;

import java.util.stream.DoubleStream;

/**
 * What a month consists of, each part to the cent, so that they add up on every door. US dollars.
 *
 * @param hardwareUsd purchase of the devices, written off over the horizon, with what it costs to finance
 * @param residualUsd what resale brings back, of devices and hosts; negative
 * @param hostUsd hosts around cards, written off likewise
 * @param rentUsd by the hour
 * @param apiUsd by the token
 * @param hostingUsd place in a machine room
 * @param supportUsd warranty and spare parts
 * @param staffUsd people who run it
 */
public record CostBreakdown(
        double hardwareUsd,
        double residualUsd,
        double hostUsd,
        double rentUsd,
        double apiUsd,
        double powerUsd,
        double hostingUsd,
        double supportUsd,
        double staffUsd) {
    private static final double CENTS = 100;

    public CostBreakdown {
        hardwareUsd = toTheCent(hardwareUsd);
        residualUsd = toTheCent(residualUsd);
        hostUsd = toTheCent(hostUsd);
        rentUsd = toTheCent(rentUsd);
        apiUsd = toTheCent(apiUsd);
        powerUsd = toTheCent(powerUsd);
        hostingUsd = toTheCent(hostingUsd);
        supportUsd = toTheCent(supportUsd);
        staffUsd = toTheCent(staffUsd);
    }

    static CostBreakdown ofRent(double rentUsd, double staffUsd) {
        return new CostBreakdown(0, 0, 0, rentUsd, 0, 0, 0, 0, staffUsd);
    }

    public double totalUsd() {
        return toTheCent(DoubleStream.of(
                        hardwareUsd, residualUsd, hostUsd, rentUsd, apiUsd, powerUsd, hostingUsd, supportUsd, staffUsd)
                .sum());
    }

    /** The month without what was paid at once. */
    double runningUsd() {
        return toTheCent(totalUsd() - hardwareUsd - residualUsd - hostUsd);
    }

    private static double toTheCent(double usd) {
        return Math.round(usd * CENTS) / CENTS;
    }
}
