package quartermaster.estimate;

import org.jspecify.annotations.Nullable;

/**
 * What a deployment costs, all replicas with their hosts.
 *
 * @param purchaseUsd at once; null when the price is not known
 * @param monthlyUsd amortisation, power, hosting and staff; null when a price is missing
 * @param runningUsd a month, what is paid besides the purchase: power, hosting, support and staff, or rent and staff;
 *     null when a price is missing
 * @param usdPerMillionOutputTokens at the stated utilization
 * @param breakEvenMonths of buying against the named offer; null when there is nothing to compare or it never does
 * @param breakEvenUtilization share of the month from which owning is cheaper than renting by the hour
 * @param breakEvenAgainst the offer's id
 * @param powerWatts under load
 * @param asOf date of the price
 * @param breakdown parts of the month, which add up to it; null when a price is missing
 */
public record Cost(
        @Nullable Double purchaseUsd,
        @Nullable Double monthlyUsd,
        @Nullable Double monthlyUsdLow,
        @Nullable Double monthlyUsdHigh,
        @Nullable Double runningUsd,
        @Nullable Double usdPerMillionOutputTokens,
        @Nullable Double breakEvenMonths,
        @Nullable Double breakEvenUtilization,
        @Nullable String breakEvenAgainst,
        double powerWatts,
        @Nullable String asOf,
        @Nullable CostBreakdown breakdown) {

    /** What is paid in the first twelve months: the purchase, and what runs besides; null when a price is missing. */
    public @Nullable Double firstYearUsd() {
        return purchaseUsd == null || runningUsd == null ? null : purchaseUsd + MONTHS_PER_YEAR * runningUsd;
    }

    /** The whole horizon, resale and all: so many months. */
    public @Nullable Double horizonUsd(int months) {
        return monthlyUsd == null ? null : monthlyUsd * months;
    }

    private static final int MONTHS_PER_YEAR = 12;
}
