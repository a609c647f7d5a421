package quartermaster.workbook.score;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Step;
import quartermaster.decision.Versions;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Comparison;
import quartermaster.decision.cases.KnowledgeChange;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/** A preview as a workbook: what changes and what speaks against it, a sheet for each kind of thing. */
public final class PreviewWorkbook {
    private static final int SHOWN = 12; // cells, and winners, on the first sheet
    private static final int DIGEST = 19; // characters, e.g. sha256:0123456789ab

    private PreviewWorkbook() {}

    /** @param catalogue whose names stand for ids of hardware and engines */
    public static byte[] write(Preview of, Catalogue catalogue) {
        Preview preview = of.called(new CandidateNames(catalogue));
        try (XSSFWorkbook book = ResultSheet.book();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            CellWriter pen = new CellWriter(book);
            ResultSheet tables = new ResultSheet(book, pen);
            List<Edit> edits = edits(preview);
            tables.write("Summary", SUMMARY, summary(preview, edits), 1, line -> false);
            write(tables, "Cells", EDITS, edits, 1);
            write(tables, "Answers", ANSWERS, preview.asked(), 1);
            write(tables, "Causes", CAUSES, causes(preview), 1);
            write(tables, "Truths", CASES, preview.brokenTruths(), 1);
            write(tables, "Preferences", PREFERENCES, preview.changedPreferences(), 1);
            write(tables, "Winners", WINNERS, winners(preview), 1);
            List<Changed> changes = changes(preview);
            write(tables, "Changes", CHANGES, changes, 2);
            if (!changes.isEmpty()) {
                ResultSheet.printOnlyFirst(book.getSheet("Changes"), changes.size());
            }
            List<Problem> problems = problems(preview);
            if (!problems.isEmpty()) {
                new ProblemsSheet(book, tables).write("Problems", problems);
            }
            pen.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sheets on which nothing would stand are left out. */
    private static <T> void write(
            ResultSheet tables, String name, List<ResultColumn<T>> columns, List<T> rows, int frozen) {
        if (!rows.isEmpty()) {
            tables.write(name, columns, rows, frozen, row -> false);
        }
    }

    /** A line of the summary. */
    private record Line(String what, Object found, Object after) {}

    private static final List<ResultColumn<Line>> SUMMARY = List.of(
            ResultColumn.wrapped("What changes", 58, Line::what),
            ResultColumn.wrapped("Before", 44, Line::found),
            ResultColumn.wrapped("After", 44, Line::after));

    /** What changes first, then what follows from it, and last which versions are compared. */
    private static List<Line> summary(Preview preview, List<Edit> edits) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("May it be put in force?", "", verdict(preview)));
        edits.stream().limit(SHOWN).forEach(each -> lines.add(line(each)));
        if (edits.size() > SHOWN) {
            lines.add(new Line("… and " + (edits.size() - SHOWN) + " more: sheet Cells", "", ""));
        }
        List<Comparison> winners = winners(preview);
        winners.stream()
                .limit(SHOWN)
                .forEach(each -> lines.add(new Line(
                        "Winner of " + each.about(), orNothing(each.winnerBefore()), orNothing(each.winnerAfter()))));
        if (winners.size() > SHOWN) {
            lines.add(new Line("… and " + (winners.size() - SHOWN) + " more winners: sheet Winners", "", ""));
        }
        lines.addAll(counts(preview));
        Versions after = preview.after();
        lines.add(new Line(
                "Version",
                brief(preview.before().workspace()),
                after == null ? "cannot decide" : brief(after.workspace())));
        return lines;
    }

    private static Line line(Edit edit) {
        KnowledgeChange.CellChange cell = edit.cell();
        String row = edit.change().row();
        String what = cell == null
                ? edit.at() + ": " + Choice.id(edit.change().kind())
                : edit.at() + " " + cell.column() + " (" + row + ")";
        return new Line(what, orEmpty(edit.before()), orEmpty(edit.after()));
    }

    private static List<Line> counts(Preview preview) {
        long winners =
                preview.comparisons().stream().filter(Comparison::changesWinner).count();
        long cells = preview.edits().stream()
                .filter(each -> each.kind() == KnowledgeChange.Kind.CHANGED)
                .mapToLong(each -> each.cells().size())
                .sum();
        List<Line> lines = new ArrayList<>(List.of(
                count("Changed cells", cells),
                new Line("Rows added", "", count(preview, KnowledgeChange.Kind.ADDED)),
                new Line("Rows removed", "", count(preview, KnowledgeChange.Kind.REMOVED)),
                new Line("Rows moved", "", count(preview, KnowledgeChange.Kind.MOVED)),
                count("Problems", preview.problems().size()),
                new Line(
                        "Cases that hold",
                        "",
                        preview.casesRun() - preview.cases().size() + " of " + preview.casesRun()),
                count("Truths that fail", preview.brokenTruths().size()),
                count("Preferences that change", preview.changedPreferences().size()),
                count("Requests asked again", preview.compared()),
                count("Answered differently", preview.comparisons().size()),
                count("With another winner", winners)));
        if (!preview.asked().isEmpty()) {
            long others =
                    preview.asked().stream().filter(Comparison::changesWinner).count();
            lines.add(new Line(
                    "Requests of yours with another winner",
                    "",
                    others + " of " + preview.asked().size()));
        }
        return lines;
    }

    private static Line count(String what, long found) {
        return new Line(what, "", Long.toString(found));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? "(nothing)" : text;
    }

    /** As much of a digest as tells versions apart. */
    private static String brief(String digest) {
        return digest.substring(0, Math.min(digest.length(), DIGEST));
    }

    private static String count(Preview preview, KnowledgeChange.Kind kind) {
        return Long.toString(
                preview.edits().stream().filter(each -> each.kind() == kind).count());
    }

    private static String verdict(Preview preview) {
        if (preview.passes()) {
            return "yes";
        }
        return preview.needsYes()
                ? "with a yes: nothing is wrong, but others win than some cases want (sheet Preferences)"
                : "no";
    }

    /** A changed cell, or a row that came, went or moved. */
    private record Edit(KnowledgeChange change, KnowledgeChange.@Nullable CellChange cell) {
        Place at() {
            return cell == null ? change.at() : cell.at();
        }

        @Nullable
        String before() {
            if (cell != null) {
                return cell.before();
            }
            return change.kind() == KnowledgeChange.Kind.ADDED ? null : change.row();
        }

        @Nullable
        String after() {
            if (cell != null) {
                return cell.after();
            }
            return change.kind() == KnowledgeChange.Kind.REMOVED ? null : change.row();
        }
    }

    private static final List<ResultColumn<Edit>> EDITS = List.of(
            ResultColumn.wrapped("File", 26, it -> it.at().file()),
            ResultColumn.wrapped("Sheet", 18, it -> it.at() instanceof Place.Cell cell ? cell.sheet() : null),
            ResultColumn.text("Cell", 8, it -> where(it.at())),
            ResultColumn.text("Change", 10, it -> Choice.id(it.change().kind())),
            ResultColumn.wrapped(
                    "Row", 34, it -> it.cell() == null ? null : it.change().row()),
            ResultColumn.wrapped(
                    "Column", 18, it -> it.cell() == null ? null : it.cell().column()),
            ResultColumn.wrapped("Before", 26, Edit::before),
            ResultColumn.wrapped("After", 26, Edit::after));

    private static String where(Place at) {
        if (at instanceof Place.Cell cell) {
            return cell.address();
        }
        return at instanceof Place.Line line ? "line " + line.line() : "";
    }

    private static List<Edit> edits(Preview preview) {
        List<Edit> edits = new ArrayList<>();
        for (KnowledgeChange change : preview.edits()) {
            if (change.cells().isEmpty()) {
                edits.add(new Edit(change, null));
            }
            change.cells().forEach(cell -> edits.add(new Edit(change, cell)));
        }
        return edits;
    }

    private static final List<ResultColumn<Comparison>> ANSWERS = List.of(
            ResultColumn.wrapped("Request", 26, Comparison::about),
            ResultColumn.text("Winner", 10, it -> it.changesWinner() ? "another" : "the same"),
            ResultColumn.wrapped("Wins before", 30, it -> orNothing(it.winnerBefore())),
            ResultColumn.number("Score before", 9, ValueFormat.TWO_DECIMALS, it -> score(it.before())),
            ResultColumn.number("Lead before", 9, ValueFormat.TWO_DECIMALS, it -> lead(it.before())),
            ResultColumn.wrapped("Wins after", 30, it -> orNothing(it.winnerAfter())),
            ResultColumn.number("Score after", 9, ValueFormat.TWO_DECIMALS, it -> score(it.after())),
            ResultColumn.number("Lead after", 9, ValueFormat.TWO_DECIMALS, it -> lead(it.after())),
            ResultColumn.wrapped("Changed cells that it comes from", 50, PreviewWorkbook::cells));

    private static String cells(Comparison comparison) {
        return comparison.causes().stream()
                .flatMap(cause -> cause.cells().stream())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /** Why a winner of a request is judged otherwise. */
    private record Because(String about, Comparison.Cause cause) {}

    private static final List<ResultColumn<Because>> CAUSES = List.of(
            ResultColumn.wrapped("Request", 26, Because::about),
            ResultColumn.wrapped("Candidate", 34, it -> it.cause().candidate()),
            ResultColumn.wrapped("What changes", 26, it -> it.cause().what()),
            ResultColumn.number(
                    "Score before",
                    9,
                    ValueFormat.TWO_DECIMALS,
                    it -> it.cause().scoreBefore()),
            ResultColumn.number(
                    "Score after", 9, ValueFormat.TWO_DECIMALS, it -> it.cause().scoreAfter()),
            ResultColumn.wrapped("Row or rule", 28, it -> it.cause().at()),
            ResultColumn.wrapped(
                    "Changed cells", 50, it -> String.join("\n", it.cause().cells())));

    private static List<Because> causes(Preview preview) {
        List<Because> causes = new ArrayList<>();
        preview.asked().forEach(each -> each.causes().forEach(cause -> causes.add(new Because(each.about(), cause))));
        return causes;
    }

    private static @Nullable Double score(Comparison.@Nullable Winner winner) {
        return winner == null ? null : winner.score();
    }

    private static @Nullable Double lead(Comparison.@Nullable Winner winner) {
        return winner == null ? null : winner.lead();
    }

    private static final List<ResultColumn<Comparison>> WINNERS = List.of(
            ResultColumn.wrapped("Request", 44, Comparison::about),
            ResultColumn.wrapped("Wins before", 60, it -> orNothing(it.winnerBefore())),
            ResultColumn.wrapped("Wins after", 60, it -> orNothing(it.winnerAfter())),
            ResultColumn.wrapped("Changed cells that it comes from", 60, PreviewWorkbook::cells));

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
                    step.sheet(),
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

    private static final List<ResultColumn<CaseOutcome>> PREFERENCES = List.of(
            ResultColumn.wrapped("Case", 36, it -> it.tested().id()),
            ResultColumn.wrapped("What somebody wanted", 50, it -> it.tested().statement()),
            ResultColumn.wrapped("Expected", 40, it -> failed(it, CaseOutcome.Check::expected)),
            ResultColumn.wrapped(
                    "Wins before",
                    44,
                    it -> it.earlier() == null ? null : orNothing(it.earlier().winner())),
            ResultColumn.wrapped("Wins after", 44, it -> orNothing(it.winner())),
            ResultColumn.text("Needs a yes", 10, CaseOutcome::needsYes));

    private static String failed(CaseOutcome outcome, java.util.function.Function<CaseOutcome.Check, String> part) {
        return outcome.failed()
                .map(check -> check.column() + ": " + part.apply(check))
                .collect(Collectors.joining("\n"));
    }

    private static List<Problem> problems(Preview preview) {
        List<Problem> problems = new ArrayList<>(preview.problems());
        preview.analysis().forEach(each -> problems.add(new Problem(each.code(), each.message(), each.at())));
        return problems;
    }
}
