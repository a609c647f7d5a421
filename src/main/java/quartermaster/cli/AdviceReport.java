package quartermaster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.FieldWords;
import quartermaster.advice.Flip;
import quartermaster.advice.Plan;
import quartermaster.advice.Question;
import quartermaster.advice.Stability;
import quartermaster.cli.Console.Style;
import quartermaster.decision.Deployed;

/** What follows from a decision, as a terminal shows it: picks, plan, questions, what would change the winner, how sure. */
final class AdviceReport {
    private static final int MOST_LINES = 6;

    private final Console console;

    AdviceReport(Console console) {
        this.console = console;
    }

    void print(Advice advice) {
        List<String> picks = new ArrayList<>();
        advice.pickReasons().forEach((name, why) -> {
            if (!name.equals("best")) {
                picks.add(words(name) + ": " + why);
            }
        });
        section("Also", picks);
        section("Plan", plan(advice.plan()));
        section(
                "Find out first",
                advice.questions().stream()
                        .limit(MOST_LINES)
                        .map(AdviceReport::question)
                        .toList());
        section(
                "What would change it",
                advice.flips().stream()
                        .limit(MOST_LINES)
                        .map(AdviceReport::flip)
                        .toList());
        if (advice.stability() != null) {
            section("How sure", sure(advice.stability()));
        }
    }

    private static String words(String pick) {
        return switch (pick) {
            case "runnerUp" -> "Runner-up";
            case "owned" -> "What you own";
            default -> capital(pick);
        };
    }

    private static List<String> plan(@Nullable Plan plan) {
        if (plan == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Plan.Stage stage : plan.stages()) {
            String cost = stage.monthlyUsd() == null ? "" : " " + Words.usd(stage.monthlyUsd()) + " a month.";
            String trigger = end(stage);
            String from = stage.from().equals("now") ? "Now" : "From " + stage.from();
            lines.add(from + ": " + stage.does() + cost + trigger);
        }
        if (plan.breakEvenMonths() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Buying pays after %.0f months against %s, running all the time.",
                    plan.breakEvenMonths(),
                    plan.breakEvenAgainst()));
        }
        if (plan.costOfChoosingWrongUsd() != null) {
            lines.add("Choosing wrong costs about " + Words.usd(plan.costOfChoosingWrongUsd())
                    + ": what resale does not bring back, and rebuilding.");
        }
        return lines;
    }

    private static String end(Plan.Stage stage) {
        if (stage.until() != null) {
            return " Until " + stage.until() + ".";
        }
        return stage.trigger() == null ? "" : " With " + stage.trigger() + ".";
    }

    private static String question(Question question) {
        return question.text() + " " + question.because();
    }

    private static String flip(Flip flip) {
        String then = flip.becomes() == null
                ? "nothing is suitable"
                : Deployed.how(flip.becomes().assessment()) + " wins";
        return capital(FieldWords.condition(flip)) + ": " + then + ".";
    }

    private static List<String> sure(Stability stability) {
        List<String> lines = new ArrayList<>();
        String stays = String.format(
                Locale.ROOT,
                "First in %.0f %% of %d draws of speeds, prices and weights",
                stability.staysFirstPercent(),
                stability.draws());
        String rival = stability.rival() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; %s in %.0f %%",
                        Deployed.how(stability.rival().assessment()),
                        stability.rivalFirstPercent());
        lines.add(stays + rival + "." + verdict(stability));
        if (!stability.inputs().isEmpty()) {
            lines.add("It hangs on "
                    + stability.inputs().stream().map(Stability.Input::name).collect(Collectors.joining(", "))
                    + ".");
        }
        return lines;
    }

    private static String verdict(Stability stability) {
        if (stability.isCoinFlip()) {
            return " A coin flip between these two.";
        }
        return stability.staysFirstPercent() < 50 ? " Several are too close to call by what is known of them." : "";
    }

    private void section(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        console.print("");
        console.print(console.styled(Style.BOLD, title));
        for (String line : lines) {
            List<String> wrapped = Words.wrap(line, Console.WIDTH - 2);
            for (int i = 0; i < wrapped.size(); i++) {
                console.print((i == 0 ? "- " : "  ") + wrapped.get(i));
            }
        }
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
