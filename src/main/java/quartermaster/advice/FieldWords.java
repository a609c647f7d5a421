package quartermaster.advice;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;

/** Fields of a request and their values in words. */
public final class FieldWords {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("workload.concurrency", "requests at the same time"),
            Map.entry("workload.namedUsers", "named users"),
            Map.entry("workload.requestsPerDay", "requests a day"),
            Map.entry("workload.inputTokens", "tokens"),
            Map.entry("workload.contextTokens", "tokens"),
            Map.entry("workload.minDecodeTokensPerSecond", "tok/s"),
            Map.entry("workload.maxTimeToFirstTokenSeconds", "s"),
            Map.entry("budget.purchaseUsd", "to buy with"),
            Map.entry("budget.monthlyUsd", "a month"),
            Map.entry("budget.utilization", "of the time"),
            Map.entry("budget.horizonMonths", "months"),
            Map.entry("constraints.availableWithinWeeks", "weeks"));

    private FieldWords() {}

    /** A value with its unit, e.g. "9 requests at the same time" or "$1,200 a month". */
    public static String value(String field, @Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof Number number) {
            String unit = NAMES.getOrDefault(field, "");
            return (number(field, number.doubleValue()) + " " + (number.doubleValue() == 1 ? one(unit) : unit)).strip();
        }
        if (value instanceof Enum<?> choice) {
            return Choice.id(choice);
        }
        if (value instanceof Collection<?> many) {
            return many.stream()
                    .map(each -> each instanceof Enum<?> choice ? Choice.id(choice) : String.valueOf(each))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }

    /** "requests at the same time" of which there is one; "s" and "tok/s" stay. */
    private static String one(String unit) {
        return unit.replaceFirst("(?<=[a-z]{3})s(?= |$)", "");
    }

    /** When a flip happens, e.g. "from 9 requests at the same time on". */
    public static String condition(Flip flip) {
        String value = value(flip.field(), flip.to());
        return switch (flip.field()) {
            case "constraints.dataMustStay" ->
                Boolean.TRUE.equals(flip.to()) ? "if data must stay in the house" : "if data may leave the house";
            case "constraints.offline" -> Boolean.TRUE.equals(flip.to()) ? "without a connection" : "with a connection";
            case "constraints.mobile" ->
                Boolean.TRUE.equals(flip.to()) ? "if it must be a laptop" : "if it need not be a laptop";
            case "constraints.acquisition" -> "if you only " + value;
            case "constraints.allowProjected" ->
                Boolean.TRUE.equals(flip.to()) ? "if you wait for what is only announced" : "without waiting";
            case "team.skills" -> "if the team knows " + value;
            case "workload.quantization" -> "at " + value;
            case "workload.model" -> "with " + value;
            default -> numeric(flip, value);
        };
    }

    private static String numeric(Flip flip, String value) {
        boolean more = flip.from() instanceof Number before
                ? ((Number) flip.to()).doubleValue() > before.doubleValue()
                : flip.field().equals("workload.minDecodeTokensPerSecond");
        String bound = more ? " or more" : " or less";
        return switch (flip.field()) {
            case "workload.minDecodeTokensPerSecond" ->
                more ? "if each user must get " + value : "if " + value + " are enough for each user";
            case "workload.maxTimeToFirstTokenSeconds" ->
                more ? "if the first token may take " + value : "if the first token may take only " + value;
            case "workload.inputTokens" -> "with prompts of " + value + bound;
            case "workload.contextTokens" -> "with a context of " + value + bound;
            case "budget.purchaseUsd", "budget.monthlyUsd" -> "with " + value + bound;
            case "budget.horizonMonths" -> "written off over " + value + bound;
            case "budget.utilization" -> "busy " + value + bound;
            case "constraints.availableWithinWeeks" -> "if it may take " + value + bound;
            default -> more ? "from " + value + " on" : "at " + value + " or fewer";
        };
    }

    private static String number(String field, double value) {
        if (field.equals("budget.utilization")) {
            return String.format(Locale.ROOT, value < 0.1 ? "%.1f %%" : "%.0f %%", 100 * value);
        }
        String digits = value == Math.rint(value) || value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3g";
        return (field.endsWith("Usd") ? "$" : "") + String.format(Locale.ROOT, digits, value);
    }
}
