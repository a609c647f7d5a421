package quartermaster.request;

import org.jspecify.annotations.Nullable;

/**
 * What may be spent; a null limit is no limit.
 *
 * @param horizonMonths over which a purchase is written off
 * @param utilization share of the time that the hardware is busy, 0 to 1
 */
public record Budget(
        @Nullable Double purchaseUsd,
        @Nullable Double monthlyUsd,
        @Nullable Integer horizonMonths,
        @Nullable Double utilization,
        @Nullable Double electricityUsdPerKwh) {
    public static final Budget UNSAID = new Budget(null, null, null, null, null);
}
