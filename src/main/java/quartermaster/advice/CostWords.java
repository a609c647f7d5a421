package quartermaster.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.estimate.Cost;

/** What a month costs, and what that consists of: a purchase is in it, written off, and must not be added again. */
final class CostWords {
    private static final double TOO_SMALL_USD = 0.5;

    private CostWords() {}

    private record Part(String name, double usd) {}

    /** E.g. "$152 a month (staff $80, hardware less resale $61, power $11)"; empty where no price is known. */
    static String month(Assessment it) {
        Double usd = it.monthlyUsd();
        if (usd == null) {
            return "";
        }
        String parts = parts(it.cost().breakdown());
        return String.format(Locale.ROOT, "$%,.0f a month", usd) + (parts == null ? "" : " (" + parts + ")");
    }

    /** The largest first; null where they are not known. */
    static @Nullable String parts(Cost.@Nullable Breakdown of) {
        if (of == null) {
            return null;
        }
        double hardware = of.hardwareUsd() + of.hostUsd() + of.residualUsd();
        List<Part> parts = new ArrayList<>(List.of(
                new Part("hardware less resale", hardware),
                new Part("rent", of.rentUsd()),
                new Part("tokens", of.apiUsd()),
                new Part("power", of.powerUsd()),
                new Part("place in a machine room", of.hostingUsd()),
                new Part("warranty and spares", of.supportUsd()),
                new Part("staff", of.staffUsd())));
        parts.removeIf(each -> Math.abs(each.usd()) < TOO_SMALL_USD);
        parts.sort(Comparator.comparingDouble(Part::usd).reversed());
        return parts.isEmpty()
                ? null
                : parts.stream()
                        .map(each -> each.name() + String.format(Locale.ROOT, " $%,.0f", each.usd()))
                        .collect(Collectors.joining(", "));
    }
}
