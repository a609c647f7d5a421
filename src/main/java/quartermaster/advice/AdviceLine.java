package quartermaster.advice;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.request.Explain;

/**
 * One thing that follows from a decision, in words.
 *
 * @param what it is about
 * @param says what there is to say about it
 * @param field of the request; null where it is about none
 * @param from value now
 * @param to value then
 * @param monthContains what {@code monthlyUsd} consists of; null where it is not known
 */
public record AdviceLine(
        Part part,
        String what,
        String says,
        @Nullable String field,
        @Nullable String from,
        @Nullable String to,
        @Nullable Double monthlyUsd,
        @Nullable String monthContains) {

    /** Parts of advice, in the order in which people want them. */
    public enum Part {
        ANSWER("Answer"),
        PICK("Picks"),
        PLAN("Plan"),
        QUESTION("Find out first"),
        CHANGE("What would change it"),
        CHANCE("What would make others win"),
        SURE("How sure"),
        START("Start with");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** Everything, the answer in a sentence first. */
    public static List<AdviceLine> of(Decision decision, Advice advice) {
        List<AdviceLine> lines = new ArrayList<>();
        String what = decision.hasRecommendation() ? "Recommended" : "Nothing suitable";
        lines.add(line(Part.ANSWER, what, capital(Headline.of(decision, advice))));
        lines.addAll(of(advice));
        return lines;
    }

    /** What follows from the answer. */
    public static List<AdviceLine> of(Advice advice) {
        List<AdviceLine> lines = new ArrayList<>();
        advice.pickReasons().forEach((name, why) -> lines.add(line(Part.PICK, pick(name), why)));
        if (advice.plan() != null) {
            addPlan(advice.plan(), lines);
        }
        advice.questions().forEach(each -> lines.add(question(each)));
        advice.flips().forEach(each -> lines.add(change(each)));
        advice.wins().forEach(each -> lines.add(chance(each)));
        if (advice.stability() != null) {
            addStability(advice, advice.stability(), lines);
        }
        return lines;
    }

    /** Why nobody looked at what follows from an answer. */
    public static AdviceLine leftOut(Decision decision, int workloads) {
        String why = decision.asked().explain() == Explain.NONE
                ? "left out, as the request wants none (explain: none)."
                : workloads > Advisor.MOST_AT_ONCE
                        ? "left out, as there are more than " + Advisor.MOST_AT_ONCE
                                + " workloads. Score this one alone."
                        : "left out, as there is too much to decide again and again. Score this one alone, with fewer candidates.";
        return line(Part.PICK, "Advice", why);
    }

    /** Changes after which the same happens, the same coin flip above all, are one line. */
    public static List<AdviceLine> together(List<AdviceLine> lines) {
        Map<String, AdviceLine> byText = new LinkedHashMap<>();
        for (AdviceLine each : lines) {
            String key = each.part() == Part.CHANGE ? each.says() : each.part() + each.what() + each.says();
            byText.merge(key, each, AdviceLine::together);
        }
        return List.copyOf(byText.values());
    }

    private static AdviceLine together(AdviceLine one, AdviceLine other) {
        String what = one.what() + "; or "
                + Character.toLowerCase(other.what().charAt(0))
                + other.what().substring(1);
        return line(one.part(), what, one.says());
    }

    /** As a sentence. */
    public String inWords() {
        boolean sentence = part == Part.QUESTION
                || part == Part.SURE
                || what.startsWith("Buying ")
                || what.equals("Choosing wrong");
        return what + (sentence ? " " : ": ") + says;
    }

    private static AdviceLine line(Part part, String what, String says) {
        return new AdviceLine(part, what, says, null, null, null, null, null);
    }

    static String pick(String name) {
        return switch (name) {
            case "runnerUp" -> "Runner-up";
            case "owned" -> "What you own";
            case "hostedApi" -> "Hosted API";
            case "bestModelOwned" -> "Best model that fits what you own";
            case "smallestGoodEnough" -> "Smallest that is good enough";
            case "bestQuality" -> "Best quality within the budget";
            default -> capital(name);
        };
    }

    private static void addPlan(Plan plan, List<AdviceLine> lines) {
        for (Plan.Stage stage : plan.stages()) {
            String from = stage.from().equals("now") ? "Now" : "From " + stage.from();
            Recommendation with = stage.with();
            lines.add(new AdviceLine(
                    Part.PLAN,
                    from,
                    stage.does() + end(stage),
                    null,
                    null,
                    null,
                    stage.monthlyUsd(),
                    with == null
                            ? null
                            : CostWords.parts(with.assessment().cost().breakdown())));
        }
        if (plan.breakEvenMonths() != null) {
            String after = String.format(
                    Locale.ROOT,
                    "after %.0f months against renting for the same work from %s",
                    plan.breakEvenMonths(),
                    plan.breakEvenOffer());
            lines.add(line(Part.PLAN, "Buying pays", after + "."));
        }
        if (plan.breakEvenMonths() == null && plan.breakEvenAgainst() != null) {
            lines.add(line(
                    Part.PLAN,
                    "Buying never pays",
                    "against renting for the same work from " + plan.breakEvenOffer() + "."));
        }
        if (plan.costOfChoosingWrongUsd() != null) {
            String cost = String.format(
                    Locale.ROOT,
                    "costs about $%,.0f: the work of rebuilding%s.",
                    new BigDecimal(plan.costOfChoosingWrongUsd())
                            .round(new MathContext(2))
                            .doubleValue(),
                    plan.stages().stream().anyMatch(AdviceLine::isBought)
                            ? ", and what resale does not bring back"
                            : "");
            lines.add(line(Part.PLAN, "Choosing wrong", cost));
        }
    }

    private static boolean isBought(Plan.Stage stage) {
        return stage.with() != null && stage.with().assessment().isBought();
    }

    private static String end(Plan.Stage stage) {
        if (stage.until() != null) {
            return " Until " + stage.until() + ".";
        }
        return stage.trigger() == null ? "" : " With " + stage.trigger() + ".";
    }

    static AdviceLine question(Question question) {
        String flipsAt = question.flipsAt() == null ? null : FieldWords.value(question.field(), question.flipsAt());
        return new AdviceLine(
                Part.QUESTION, question.text(), question.because(), question.field(), null, flipsAt, null, null);
    }

    static AdviceLine change(Flip flip) {
        return new AdviceLine(
                Part.CHANGE,
                capital(FieldWords.condition(flip)),
                flip.outcome() + ".",
                flip.field(),
                flip.from() == null ? null : FieldWords.value(flip.field(), flip.from()),
                FieldWords.value(flip.field(), flip.to()),
                flip.becomes() == null ? null : flip.becomes().assessment().monthlyUsd(),
                flip.becomes() == null
                        ? null
                        : CostWords.parts(flip.becomes().assessment().cost().breakdown()));
    }

    private static AdviceLine chance(Advice.Chance chance) {
        String says = chance.flips().isEmpty()
                ? "nothing that you control makes it win, as far as one change at a time goes."
                : "wins "
                        + chance.flips().stream().map(FieldWords::condition).collect(Collectors.joining("; or "))
                        + ".";
        return line(Part.CHANCE, capital(DeploymentWords.how(chance.candidate().assessment())), says);
    }

    private static void addStability(Advice advice, Stability stability, List<AdviceLine> lines) {
        boolean isOwned = advice.picks().best() != null
                && advice.picks().best().equals(advice.picks().owned())
                && advice.picks().best() > 1;
        String first = String.format(
                Locale.ROOT,
                isOwned ? "The first of what you do not own is so in %.0f %%" : "First in %.0f %%",
                stability.staysFirstPercent());
        String rival = stability.rival() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; %s in %.0f %%",
                        DeploymentWords.how(stability.rival().assessment()),
                        stability.rivalFirstPercent());
        String draws = "of " + stability.draws() + " draws of speeds, prices and weights" + rival + ".";
        lines.add(line(Part.SURE, first, draws + verdict(advice, stability)));
        if (!stability.inputs().isEmpty()) {
            String inputs = stability.inputs().stream()
                    .map(each -> String.format(
                            Locale.ROOT, "%s (alone: first in %.0f %%)", each.name(), each.staysFirstPercent()))
                    .collect(Collectors.joining(", "));
            lines.add(line(Part.SURE, "It hangs on", inputs + "."));
        }
    }

    private static String verdict(Advice advice, Stability stability) {
        if (stability.isCoinFlip()) {
            return " A coin flip between these two.";
        }
        if (stability.isLevelButForTheMoney()) {
            return " Level but for the money.";
        }
        if (advice.isRivalSafer()) {
            return " By typical figures the former leads, by what they may turn out to be the latter: measure both.";
        }
        return stability.isOpen() ? " Several are too close to call by what is known of them." : "";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
