package quartermaster.advice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.unit.Numbers;

/** Why a candidate stands where it does, in one sentence with numbers: fit, speed against need, cost, delivery, skills. */
public final class Reason {
    private Reason() {}

    /** Of what is ruled out the rule and what would help come first. */
    public static String of(Recommendation of) {
        boolean isTold = of.isRuledOut()
                && of.why().contains(of.assessment().costInWords().toString());
        String figures = String.join("; ", figures(of.assessment(), isTold)) + ".";
        return of.isRuledOut() ? rejection(of, figures) : figures;
    }

    private static String rejection(Recommendation of, String figures) {
        String why = of.why();
        List<Finding> findings = of.findings();
        String remedy = findings.isEmpty() ? null : findings.get(0).remedy();
        return why + " " + (remedy == null || remedy.isBlank() ? "" : remedy + " ") + figures;
    }

    /** @param isCostTold with the rule that speaks against it */
    private static List<String> figures(Assessment it, boolean isCostTold) {
        List<String> figures = new ArrayList<>();
        if (!it.isHosted()) {
            double free = it.headroomPercent();
            figures.add(
                    free < 0
                            ? "Does not fit: needs " + figure(1 - free / 100) + " times the memory"
                            : "Fits with " + Numbers.grouped(free, 0) + " % of the memory free");
        }
        if (it.isHosted() || it.headroomPercent() >= 0) { // what does not fit has no speed
            speed(it, figures);
        }
        if (!isCostTold) {
            cost(it, figures);
        }
        delivery(it, figures);
        skills(it, figures);
        String first = figures.get(0);
        figures.set(0, Character.toUpperCase(first.charAt(0)) + first.substring(1));
        return figures;
    }

    private static void speed(Assessment it, List<String> figures) {
        Double hours = it.jobHours();
        if (hours != null) {
            figures.add(figure(hours) + " hours a run" + of(it.deadlineHours(), ""));
        }
        if (it.isTraining() || it.isJob()) {
            return;
        }
        if (!Double.isNaN(it.decodeSpeed())) {
            String low = Double.isNaN(it.pessimisticDecodeSpeed())
                    ? ""
                    : ", " + figure(it.pessimisticDecodeSpeed()) + " at the slow end";
            figures.add(figure(it.decodeSpeed()) + " tok/s per user" + of(it.minDecodeSpeed(), low));
        }
        if (!Double.isNaN(it.timeToFirstTokenP95())) {
            figures.add("first token in " + figure(it.timeToFirstTokenP95()) + " s" + of(it.maxTimeToFirstToken(), ""));
        }
    }

    /** E.g. " (15 asked for, 52 at the slow end)". */
    private static String of(@Nullable Double asked, String more) {
        String need = asked == null ? "" : figure(asked) + " asked for";
        String both = need.isEmpty() && !more.isEmpty() ? more.substring(2) : need + more;
        return both.isEmpty() ? "" : " (" + both + ")";
    }

    private static void cost(Assessment it, List<String> figures) {
        Double month = it.monthlyUsd();
        Double once = it.purchaseUsd();
        if (month == null) {
            figures.add("price unknown");
            return;
        }
        Double used = it.budgetUsedPercent();
        figures.add((once == null || once == 0 ? "" : "$" + Numbers.grouped(once, 0) + " at once, ")
                + "$" + Numbers.grouped(month, 0) + " a month"
                + (used == null ? "" : String.format(Locale.ROOT, ", %,.0f %% of the budget", used)));
    }

    private static void delivery(Assessment it, List<String> figures) {
        Double weeks = it.leadTimeWeeks();
        if (it.isBought()) {
            figures.add(
                    weeks == null
                            ? "delivery time unknown"
                            : String.format(Locale.ROOT, "delivery up to %.0f weeks", weeks));
        }
    }

    private static void skills(Assessment it, List<String> figures) {
        Collection<String> lacks = it.teamLacks();
        if (it.skillsAreKnown() && lacks != null) {
            figures.add(lacks.isEmpty() ? "the team knows how to run it" : "to be learnt: " + String.join(", ", lacks));
        }
    }

    private static String figure(double value) {
        double size = Math.abs(value);
        return Numbers.grouped(value, size >= 9.95 ? 0 : size >= 0.995 ? 1 : 2);
    }
}
