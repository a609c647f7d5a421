package quartermaster.decision;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.HostedApi;
import quartermaster.estimate.Cost;

/** Of what rules judge: money, power and machines. */
public interface CostFacts extends DeploymentFacts {
    default Cost cost() {
        return assessed().cost();
    }

    default @Nullable Double purchaseUsd() {
        return cost().purchaseUsd();
    }

    default @Nullable Double monthlyUsd() {
        return cost().monthlyUsd();
    }

    /**
     * The larger of the purchase's and the month's share of its budget, in percent; null without a price or a budget for it:
     * money to buy with says nothing of a rent.
     */
    default @Nullable Double budgetUsedPercent() {
        Double purchase = isBought() || isOwned() ? share(cost().purchaseUsd(), demand().purchaseBudgetUsd()) : null;
        Double monthly = share(cost().monthlyUsd(), demand().monthlyBudgetUsd());
        if (purchase == null || monthly == null) {
            return purchase == null ? monthly : purchase;
        }
        return Math.max(purchase, monthly);
    }

    private static @Nullable Double share(@Nullable Double cost, @Nullable Double budget) {
        if (cost == null || budget == null) {
            return null;
        }
        if (budget == 0) {
            return cost == 0 ? 0.0 : 1e6;
        }
        return 100 * cost / budget;
    }

    /** E.g. "$5,499 at once, which with all else is $230 a month over 36 months": no sum of the two. */
    default Object costInWords() {
        return new LazyText(() -> {
            Double month = cost().monthlyUsd();
            String monthly = month == null
                    ? "unknown a month"
                    : month > 0 && month < 1
                            ? "less than $1 a month"
                            : String.format(Locale.ROOT, "$%,.0f a month", month);
            if (isTraining()
                    && demand().job() == null
                    && assessed().job() != null
                    && assessed().job().usdPerRun() != null) {
                monthly = String.format(
                        Locale.ROOT,
                        "$%,.2f a million tokens, %s",
                        assessed().job().usdPerRun(),
                        monthly);
            }
            if (usdPerRun() != null && isRented()) {
                monthly = String.format(
                        Locale.ROOT,
                        "$%,.0f a run%s, %s",
                        usdPerRun(),
                        jobHours() == null ? "" : String.format(Locale.ROOT, " of %.1f hours", jobHours()),
                        monthly);
            }
            Double purchase = cost().purchaseUsd();
            return purchase == null || purchase == 0
                    ? monthly
                    : String.format(
                            Locale.ROOT,
                            "$%,.0f at once, which with all else is %s over %d months",
                            purchase,
                            monthly,
                            demand().horizonMonths());
        });
    }

    /** E.g. "15,208,333 requests a month: 22,813 million tokens at $0.10 in and 4,563 million at $0.32 out". */
    default Object hostedUseInWords() {
        return new LazyText(() -> {
            Cost.Use use = cost().use();
            HostedApi api = deployment().api();
            if (use == null || api == null) {
                return "";
            }
            String cached = use.cachedTokens() > 0 && api.cachedInputUsd() != null
                    ? String.format(
                            Locale.ROOT,
                            ", of which %,.0f million were read before at $%.2f",
                            use.cachedTokens() / 1e6,
                            api.cachedInputUsd())
                    : "";
            return String.format(
                    Locale.ROOT,
                    "%,.0f requests a month are %,.0f million tokens at $%.2f in%s, and %,.0f million at $%.2f out",
                    use.requests(),
                    use.inputTokens() / 1e6,
                    api.inputUsd(),
                    cached,
                    use.outputTokens() / 1e6,
                    api.outputUsd());
        });
    }

    default String priceAsOf() {
        String asOf = cost().asOf();
        return asOf == null ? "unknown" : asOf;
    }

    /** Under load, all machines with their hosts. */
    default double powerWatts() {
        return cost().powerWatts();
    }

    /** Whether a place in a machine room is paid for, whatever it does there. */
    default boolean isInMachineRoom() {
        Cost.Breakdown parts = cost().breakdown();
        return parts != null && parts.hostingUsd() > 0;
    }

    /** Complete machines, or hosts around cards, of all replicas with the spare ones; none of a hosted API. */
    default int machines() {
        return cost().machines();
    }
}
