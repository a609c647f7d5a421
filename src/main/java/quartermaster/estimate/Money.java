package quartermaster.estimate;

import org.jspecify.annotations.Nullable;

/** What hardware costs in a month and for a million tokens. US dollars, watts, months. */
final class Money {
    static final double HOURS_PER_MONTH = 730;
    private static final double SECONDS_PER_HOUR = 3600;

    private Money() {}

    /**
     * Write-off of a purchase per month: {@code price × (1 − residual) ÷ months + price × finance rate ÷ 12}.
     *
     * <p>Example: $9,499 over 36 months with 35 % left: $171.51.
     */
    static double writeOff(double purchaseUsd, double residualShare, int months, double financeRatePerYear) {
        return purchaseUsd * (1 - residualShare) / months + purchaseUsd * financeRatePerYear / 12;
    }

    /**
     * Power per month: {@code (busy × load + idle) ÷ 1000 × PUE × 730 h × price}.
     *
     * <p>Example: 243 W loaded for 30 % of the time, else 12 W, $0.15 per kWh: $8.90.
     */
    static double power(double loadWatts, double idleWatts, double utilization, double pue, double usdPerKwh) {
        double average = utilization * loadWatts + (1 - utilization) * idleWatts;
        return average / 1000 * pue * HOURS_PER_MONTH * usdPerKwh;
    }

    /**
     * Dollars per million tokens: {@code month ÷ (throughput × utilization × 730 h)}.
     *
     * <p>Example: $180.41 a month at 14.1 tokens a second, 30 % busy: $16.23.
     */
    static double perMillionTokens(double monthlyUsd, double tokensPerSecond, double utilization) {
        return monthlyUsd / (tokensPerSecond * utilization * HOURS_PER_MONTH * SECONDS_PER_HOUR) * 1e6;
    }

    /**
     * Months after which buying is cheaper than renting: {@code purchase ÷ (rent − running cost)}.
     *
     * <p>Example: $40,000 and $250 a month against $2.50 an hour around the clock: 40,000 ÷ 1,575 = 25.4 months.
     *
     * @return null when renting is no dearer than running what was bought
     */
    static @Nullable Double breakEvenMonths(double purchaseUsd, double rentUsdPerMonth, double runningUsdPerMonth) {
        double saved = rentUsdPerMonth - runningUsdPerMonth;
        return saved <= 0 ? null : purchaseUsd / saved;
    }

    /**
     * Share of the month's hours from which owning is cheaper than renting by the hour.
     *
     * <p>Example: $1,138.89 a month ÷ ($2.50 × 730 h) = 0.62, or 456 hours.
     */
    static double breakEvenUtilization(double ownedUsdPerMonth, double rentUsdPerHour) {
        return ownedUsdPerMonth / (rentUsdPerHour * HOURS_PER_MONTH);
    }
}
