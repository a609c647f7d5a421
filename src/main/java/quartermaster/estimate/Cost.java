package quartermaster.estimate;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Records;

/**
 * What a deployment costs, all replicas with their hosts.
 *
 * @param purchaseUsd at once; null when the price is not known
 * @param monthlyUsd amortisation, power, hosting and staff, the sum of parts to the cent; null when a price is missing
 * @param exactMonthlyUsd the same before its parts were rounded: what is scored and ranked, so that the same prices in
 *     another currency give the same order
 * @param runningUsd a month, what is paid besides the purchase: power, hosting, support and staff, or rent and staff;
 *     null when a price is missing
 * @param usdPerMillionOutputTokens at the stated utilization
 * @param breakEvenMonths of buying against the named offer; null when there is nothing to compare or it never does
 * @param breakEvenUtilization share of the month from which owning is cheaper than renting by the hour
 * @param breakEvenAgainst the offer's id
 * @param powerWatts under load
 * @param machines complete machines, or hosts around cards, of all replicas
 * @param asOf date of the price
 * @param breakdown parts of the month, which add up to it; null when a price is missing
 * @param use what is bought by the token; null where nothing is
 */
public record Cost(
        @Nullable Double purchaseUsd,
        @Nullable Double monthlyUsd,
        @Nullable Double exactMonthlyUsd,
        @Nullable Double monthlyUsdLow,
        @Nullable Double monthlyUsdHigh,
        @Nullable Double runningUsd,
        @Nullable Double usdPerMillionOutputTokens,
        @Nullable Double breakEvenMonths,
        @Nullable Double breakEvenUtilization,
        @Nullable String breakEvenAgainst,
        double powerWatts,
        int machines,
        @Nullable String asOf,
        @Nullable Breakdown breakdown,
        @Nullable Use use) {

    /** Of what nobody has a price for. */
    static final Cost NONE =
            new Cost(null, null, null, null, null, null, null, null, null, null, 0, 0, null, null, null);

    /** What is bought by the token, in a month. */
    public record Use(double requests, double inputTokens, double cachedTokens, double outputTokens) {}

    /**
     * What a cost was computed from, for whoever wants to follow it or to change something.
     *
     * @param purchase null where nothing is kept
     * @param rent null where nothing is rented
     * @param tokens null where nothing is paid by the token
     * @param staffHours a month
     */
    public record Inputs(
            @Nullable Purchase purchase,
            @Nullable Rent rent,
            @Nullable Tokens tokens,
            double staffHours,
            double staffUsdPerHour) {}

    /**
     * What is bought, or there already.
     *
     * @param bought now; else only what it is worth is written off
     * @param deviceUsd for each
     * @param busyShare of a month under load
     * @param pue power taken for each that devices take
     * @param placeUsdPerKw in a machine room, a month; 0 where it stands in an office
     * @param rivalUsd what the same work on rented ones costs a month, with whoever looks after them; null where nobody rents it out
     */
    public record Purchase(
            boolean bought,
            int devices,
            double deviceUsd,
            double hostsUsd,
            int horizonMonths,
            double residualShare,
            double financeRatePerYear,
            double loadWatts,
            double idleWatts,
            double busyShare,
            double pue,
            double usdPerKwh,
            double placeUsdPerKw,
            double supportSharePerYear,
            @Nullable Double rivalUsd) {}

    /** @param deviceHours that are paid in a month, of all devices together */
    public record Rent(double deviceHours, double usdPerDeviceHour) {}

    /** Millions a month, and dollars for a million. */
    public record Tokens(
            double fresh, double cached, double written, double freshUsd, double cachedUsd, double writtenUsd) {}

    /** What is paid in the first twelve months: the purchase, and what runs besides; null when a price is missing. */
    public @Nullable Double firstYearUsd() {
        return purchaseUsd == null || runningUsd == null ? null : purchaseUsd + MONTHS_PER_YEAR * runningUsd;
    }

    /** The whole horizon, resale and all: so many months. */
    public @Nullable Double horizonUsd(int months) {
        return monthlyUsd == null ? null : monthlyUsd * months;
    }

    private static final int MONTHS_PER_YEAR = 12;

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
    public record Breakdown(
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

        public Breakdown {
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

        static Breakdown ofRent(double rentUsd, double staffUsd) {
            return new Breakdown(0, 0, 0, rentUsd, 0, 0, 0, 0, staffUsd);
        }

        static Breakdown ofTokens(double apiUsd) {
            return new Breakdown(0, 0, 0, 0, apiUsd, 0, 0, 0, 0);
        }

        /** What this costs more, part by part. */
        Breakdown minus(Breakdown other) {
            return new Breakdown(
                    hardwareUsd - other.hardwareUsd,
                    residualUsd - other.residualUsd,
                    hostUsd - other.hostUsd,
                    rentUsd - other.rentUsd,
                    apiUsd - other.apiUsd,
                    powerUsd - other.powerUsd,
                    hostingUsd - other.hostingUsd,
                    supportUsd - other.supportUsd,
                    staffUsd - other.staffUsd);
        }

        /** The parts that are something, and what they add up to: {@code hardware 88.20 + power 12.10 = 100.30}. */
        public String sum() {
            return Records.values(this).entrySet().stream()
                            .filter(part -> (Double) Objects.requireNonNull(part.getValue()) != 0)
                            .map(part -> String.format(
                                    Locale.ROOT,
                                    "%s %,.2f",
                                    part.getKey()
                                            .replace("residualUsd", "resale")
                                            .replace("Usd", ""),
                                    part.getValue()))
                            .collect(Collectors.joining(" + "))
                    + String.format(Locale.ROOT, " = %,.2f", totalUsd());
        }

        public double totalUsd() {
            return toTheCent(hardwareUsd
                    + residualUsd
                    + hostUsd
                    + rentUsd
                    + apiUsd
                    + powerUsd
                    + hostingUsd
                    + supportUsd
                    + staffUsd);
        }

        /** The month without what was paid at once. */
        double runningUsd() {
            return toTheCent(totalUsd() - hardwareUsd - residualUsd - hostUsd);
        }

        static double toTheCent(double usd) {
            return Math.round(usd * CENTS) / CENTS;
        }
    }
}
