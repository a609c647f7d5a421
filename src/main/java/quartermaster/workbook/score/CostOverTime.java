package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Cost;

/**
 * What one way of having a machine takes: once, and every month.
 *
 * @param breakEvenMonths when buying has cost as much as the same rented; null where that is not compared
 */
record CostOverTime(
        String name,
        double onceUsd,
        double monthlyUsd,
        @Nullable Double breakEvenMonths) {
    private static final int MOST_LINES = 3;

    /** Of the first candidates, and of the first bought one the same rented around the clock. */
    static List<CostOverTime> of(List<JudgedCandidate> pairs) {
        List<CostOverTime> lines = new ArrayList<>();
        CostOverTime rented = null;
        for (JudgedCandidate pair : pairs.subList(0, Math.min(MOST_LINES, pairs.size()))) {
            Cost cost = pair.facts().cost();
            Double once = cost.purchaseUsd();
            Double monthly = cost.runningUsd();
            if (once == null || monthly == null) {
                continue;
            }
            lines.add(new CostOverTime(pair.label(), once, monthly, rented == null ? cost.breakEvenMonths() : null));
            if (rented == null && cost.breakEvenMonths() != null) {
                rented = new CostOverTime(
                        pair.label().replaceFirst("^buy ", "rent ") + " around the clock",
                        0,
                        monthly + once / cost.breakEvenMonths(),
                        null);
            }
        }
        if (rented != null) {
            lines.add(rented);
        }
        return lines;
    }

    double after(double months) {
        return onceUsd + monthlyUsd * months;
    }
}
