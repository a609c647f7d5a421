package quartermaster.workbook.score;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Step;
import quartermaster.decision.Versions;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Comparison;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/** A preview as a workbook: what changes and what speaks against it, a sheet for each kind of thing. */
public final class PreviewWorkbook {
    private PreviewWorkbook() {}

    public static byte[] write(Preview preview) {
        try (XSSFWorkbook book = new XSSFWorkbook();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ResultSheet tables = new ResultSheet(book, new CellWriter(book));
            tables.write("Summary", SUMMARY, summary(preview), 1, line -> false);
            tables.write("Winners", WINNERS, winners(preview), 1, line -> true);
            tables.write("Changes", CHANGES, changes(preview), 2, line -> false);
            tables.write("Failed cases", CASES, preview.cases(), 1, line -> false);
            new ProblemsSheet(book, tables).write("Problems", problems(preview));
            book.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of the summary. */
    private record Line(String what, Object found) {}

    private static final List<ResultColumn<Line>> SUMMARY =
            List.of(ResultColumn.text("Preview", 40, Line::what), ResultColumn.wrapped("Found", 80, Line::found));

    private static List<Line> summary(Preview preview) {
        long winners =
                preview.comparisons().stream().filter(Comparison::changesWinner).count();
        Versions after = preview.after();
        return List.of(
                new Line("May be put in force", preview.passes()),
                new Line("Version in force", preview.before().workspace()),
                new Line("Version previewed", after == null ? "cannot decide" : after.workspace()),
                new Line("Problems", Integer.toString(preview.problems().size())),
                new Line("Cases that hold", preview.casesRun() - preview.cases().size() + " of " + preview.casesRun()),
                new Line("Requests asked again", Integer.toString(preview.compared())),
                new Line(
                        "Answered differently",
                        Integer.toString(preview.comparisons().size())),
                new Line("With another winner", Long.toString(winners)));
    }

    private static final List<ResultColumn<Comparison>> WINNERS = List.of(
            ResultColumn.text("Request", 44, Comparison::about),
            ResultColumn.wrapped("Wins before", 60, it -> orNothing(it.winnerBefore())),
            ResultColumn.wrapped("Wins after", 60, it -> orNothing(it.winnerAfter())));

    private static List<Comparison> winners(Preview preview) {
        return preview.comparisons().stream().filter(Comparison::changesWinner).toList();
    }

    private static String orNothing(@Nullable String winner) {
        return winner == null ? "nothing suitable" : winner;
    }

    /** A candidate of a request. */
    private record Changed(String about, Comparison.Change change) {
        @Nullable
        Double by() {
            Double before = change.scoreBefore();
            Double after = change.scoreAfter();
            return before == null || after == null ? null : after - before;
        }
    }

    private static final List<ResultColumn<Changed>> CHANGES = changeColumns();

    private static List<ResultColumn<Changed>> changeColumns() {
        List<ResultColumn<Changed>> columns = new ArrayList<>(List.of(
                ResultColumn.text("Request", 44, Changed::about),
                ResultColumn.text("Candidate", 60, it -> it.change().candidate()),
                ResultColumn.number(
                        "Score before",
                        10,
                        ValueFormat.TWO_DECIMALS,
                        it -> it.change().scoreBefore()),
                ResultColumn.number(
                        "Score after",
                        10,
                        ValueFormat.TWO_DECIMALS,
                        it -> it.change().scoreAfter()),
                ResultColumn.number("Difference", 11, ValueFormat.TWO_DECIMALS, Changed::by),
                ResultColumn.text("Verdict before", 16, it -> it.change().verdictBefore()),
                ResultColumn.text("Verdict after", 16, it -> it.change().verdictAfter())));
        for (Step step : Step.values()) {
            columns.add(ResultColumn.number(
                    step.id(),
                    13,
                    ValueFormat.TWO_DECIMALS,
                    it -> it.change().steps().get(step)));
        }
        columns.add(ResultColumn.wrapped(
                "Rejected now because", 60, it -> String.join("\n", it.change().newRejections())));
        return List.copyOf(columns);
    }

    private static List<Changed> changes(Preview preview) {
        List<Changed> changes = new ArrayList<>();
        for (Comparison comparison : preview.comparisons()) {
            comparison.changes().forEach(each -> changes.add(new Changed(comparison.about(), each)));
        }
        return changes;
    }

    private static final List<ResultColumn<CaseOutcome>> CASES = List.of(
            ResultColumn.text("Case", 40, it -> it.tested().id()),
            ResultColumn.wrapped("What must stay true", 60, it -> it.tested().statement()),
            ResultColumn.wrapped("Expected", 50, it -> failed(it, CaseOutcome.Check::expected)),
            ResultColumn.wrapped("Found", 60, it -> failed(it, CaseOutcome.Check::found)));

    private static String failed(CaseOutcome outcome, java.util.function.Function<CaseOutcome.Check, String> part) {
        return outcome.checks().stream()
                .filter(check -> !check.holds())
                .map(check -> check.column() + ": " + part.apply(check))
                .collect(Collectors.joining("\n"));
    }

    private static List<Problem> problems(Preview preview) {
        List<Problem> problems = new ArrayList<>(preview.problems());
        preview.analysis().forEach(each -> problems.add(new Problem(each.code(), each.message(), each.at())));
        return problems;
    }
}
