package quartermaster.cli.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Brief;
import quartermaster.advice.Summary;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Verdict;

/** Many decisions, a line for each, as the sheet {@code Summary} has them. */
public final class SummaryReport {
    private final Console console;
    private final TextTable table = new TextTable(
            0,
            Column.yielding("Workload"),
            Column.yielding("Take"),
            Column.left("Need"),
            Column.right("tok/s (low), asked").asExtra(),
            Column.right("At once"),
            Column.right("A month"),
            Column.right("First year").asExtra(),
            Column.left("Delivery").asExtra(),
            Column.right("Sure").asExtra());

    public SummaryReport(Console console) {
        this.console = console;
    }

    /** @param advice what follows from the decision; null where nobody looked */
    public void add(Decision decision, @Nullable Advice advice) {
        Summary it = Summary.of(decision, advice);
        table.add(
                style(it),
                "",
                DecisionReport.name(decision.request().workload()),
                take(it),
                it.met(),
                speed(it.needs()),
                money(it.atOnceUsd()),
                money(it.monthlyUsd()),
                money(it.firstYearUsd()),
                it.delivery(),
                advice == null || advice.stability() == null
                        ? Words.UNKNOWN
                        : Words.percent(advice.stability().staysFirstPercent()));
    }

    /** A workload that nobody could understand is a line too. */
    public void addNotJudged(String workload) {
        String no = Words.UNKNOWN;
        table.add(Style.BAD, "", workload, "not judged: see the problems below", no, no, no, no, no, no, no);
    }

    public void print() {
        table.lines(console, 0).forEach(console::print);
    }

    /** Without engine and precision: there is one line. */
    private static String take(Summary it) {
        Recommendation winner = it.winner();
        if (winner == null) {
            return it.take();
        }
        String how = DeploymentWords.how(winner.assessment());
        return it.verdict() == Verdict.RULED_OUT ? "none; nearest: " + how : how;
    }

    private static Style style(Summary it) {
        return it.verdict() == Verdict.RECOMMENDED
                ? Style.GOOD
                : it.verdict() == Verdict.CAUTION ? Style.CAREFUL : Style.BAD;
    }

    /** What is expected typically and pessimistically, of what is asked for. */
    private static String speed(List<Brief.Need> needs) {
        return needs.stream()
                .filter(each -> each.unit() == Brief.Unit.TOKENS_PER_SECOND && each.typical() != null)
                .findFirst()
                .map(each -> number(each.typical()) + " (" + number(each.pessimistic()) + "), " + number(each.asked()))
                .orElse(Words.UNKNOWN);
    }

    private static String number(@Nullable Double value) {
        return value == null ? Words.UNKNOWN : Words.number(value).replaceFirst("\\.0+$", "");
    }

    private static String money(@Nullable Double usd) {
        return usd == null ? Words.UNKNOWN : usd == 0 ? "nothing" : "$" + Words.whole(usd);
    }
}
