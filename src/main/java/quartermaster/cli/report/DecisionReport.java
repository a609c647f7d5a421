package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Headline;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.decision.Verdict;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.request.Workload;
import quartermaster.unit.Choice;

/** A decision as a terminal shows it: the pick in a sentence, the ranking, what was ruled out, what was assumed. */
public record DecisionReport(Console console) {
    private static final int INDENT = 4;

    public void print(Decision decision, @Nullable Advice advice) {
        decision.generatedInstead().ifPresent(why -> {
            Words.wrap(why, console.width()).forEach(line -> console.print(console.styled(Style.BOLD, line)));
            console.print("");
        });
        headline(decision, advice).forEach(line -> console.print(console.styled(Style.BOLD, line)));
        boolean given = !decision.request().candidates().isEmpty();
        if (decision.hasRecommendation() || given) {
            console.print("");
            table(decision, given).forEach(console::print);
        }
        String load = decision.recommended()
                .map(each -> DeploymentWords.load(each.assessment()))
                .orElse("");
        if (!load.isEmpty()) {
            console.print("");
            wrapped("Load: ", load + ".");
        }
        if (!given && !decision.rejected().isEmpty()) {
            console.print("");
            wrapped("Ruled out: ", ruledOut(decision.rejected()));
        }
        assumptions(decision);
    }

    private List<String> headline(Decision decision, @Nullable Advice advice) {
        String text = Headline.of(decision, advice);
        String said = Character.toLowerCase(text.charAt(0)) + text.substring(1);
        return Words.wrap(name(decision.request().workload()) + ": " + said, console.width());
    }

    public static String name(Workload workload) {
        String name = workload.name();
        return name == null || name.isBlank() ? Choice.id(workload.type()) : name;
    }

    private List<String> table(Decision decision, boolean given) {
        boolean runs =
                decision.ranked().stream().anyMatch(each -> each.assessment().isJob());
        boolean ofMillions = decision.ranked().stream()
                .anyMatch(each -> each.assessment().isTraining()
                        && each.assessment().demand().job() == null);
        TextTable table = new TextTable(
                0,
                Column.right("#"),
                Column.left("Verdict"),
                Column.right("Score").asExtra(),
                Column.wrapping("What"),
                Column.wrapping("With"),
                Column.right(ofMillions ? "h/M tok" : runs ? "hours" : "tok/s"),
                Column.right(ofMillions ? "$/M tok" : runs ? "$/run" : "TTFT P95"),
                Column.right("Headroom").asExtra(),
                Column.right("$/month"));
        decision.ranked().forEach(each -> row(table, each));
        if (given) {
            decision.rejected().forEach(each -> row(table, each));
        }
        return table.lines(console, INDENT);
    }

    private static void row(TextTable table, Recommendation each) {
        Assessment it = each.assessment();
        EstimatedDeployment.Job job = it.assessed().job();
        Integer rank = each.rank();
        table.add(
                style(each.verdict()),
                note(each),
                rank == null ? Words.UNKNOWN : rank.toString(),
                Choice.id(each.verdict()),
                String.format(Locale.ROOT, "%.1f", each.score()),
                DeploymentWords.how(it),
                DeploymentWords.software(it),
                job == null
                        ? Words.number(it.decodeSpeed())
                        : Words.number(job.hours().typical()),
                job == null
                        ? Words.seconds(it.timeToFirstTokenP95())
                        : job.usdPerRun() == null
                                ? Words.UNKNOWN
                                : it.isTraining() ? Words.number(job.usdPerRun()) : Words.whole(job.usdPerRun()),
                Words.percent(it.headroomPercent()),
                it.monthlyUsd() == null ? Words.UNKNOWN : Words.whole(it.monthlyUsd()));
    }

    /** Why it stands there, and what a verdict of caution warns of. */
    private static String note(Recommendation each) {
        List<Finding> warnings = each.findings().stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .toList();
        if (each.isRuledOut() || warnings.isEmpty()) {
            return each.why();
        }
        String more = warnings.size() > 1 ? " (and " + (warnings.size() - 1) + " more)" : "";
        return each.why() + " Warning: " + warnings.get(0).message() + more;
    }

    private static Style style(Verdict verdict) {
        return switch (verdict) {
            case RECOMMENDED -> Style.GOOD;
            case CAUTION -> Style.CAREFUL;
            case RULED_OUT -> Style.BAD;
        };
    }

    /** E.g. "5 by does-not-fit (…), 2 by over-budget (…)". */
    private static String ruledOut(List<Recommendation> rejected) {
        Map<String, List<String>> byCode = new TreeMap<>();
        for (Recommendation each : rejected) {
            String code =
                    each.findings().isEmpty() ? "rules" : each.findings().get(0).code();
            byCode.computeIfAbsent(code, key -> new ArrayList<>())
                    .add(each.assessment().hardware().name());
        }
        return byCode.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .map(entry -> entry.getValue().size() + " by " + entry.getKey() + " (" + some(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String some(List<String> names) {
        String first = names.stream().limit(2).collect(Collectors.joining(", "));
        return names.size() > 2 ? first + ", …" : first;
    }

    private void assumptions(Decision decision) {
        if (decision.assumptions().isEmpty()) {
            return;
        }
        console.print("");
        String assumed = decision.assumptions().stream()
                .filter(each -> !each.field().equals(Decision.GENERATED)) // said first
                .map(each -> each.field().replaceFirst("^workload\\.", "") + " = " + each.value())
                .collect(Collectors.joining("; "));
        wrapped("Assumed: ", assumed + ".");
    }

    private void wrapped(String label, String text) {
        List<String> lines = Words.wrap(label + text, console.width());
        lines.forEach(line -> console.print(console.styled(Style.DIM, line)));
    }
}
