package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.Console;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.cli.report.Words;
import quartermaster.decision.Verdict;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.Comparison;
import quartermaster.json.BadJsonException;
import quartermaster.json.PreviewWriter;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.PreviewWorkbook;
import quartermaster.workspace.GivenRequests;
import quartermaster.workspace.PastRequests;
import quartermaster.workspace.Previews;
import quartermaster.workspace.Workspace;
import quartermaster.workspace.WorkspaceFiles;

@Command(
        name = "preview",
        description = "Says what changed files would change: problems, failing cases, other winners, other scores.",
        footer = {
            "",
            "The files named take the place of those of the workspace, in memory only. The requests of the",
            "workspace's cases are asked both ways. Exit code 0 when it may be put in force, 1 when it may not, 5 when",
            "nothing is wrong but others win than some cases want, so that somebody has to say yes.",
            "",
            "Examples:",
            "  quartermaster preview --policy policy-draft.xlsx",
            "  quartermaster preview --catalogue new-prices.xlsx --json",
            "  quartermaster preview --policy policy-draft.xlsx --for our-questions.xlsx --ledger 200"
        })
final class PreviewCommand extends Subcommand {
    private static final int CANDIDATES_SHOWN = 3;
    private static final int CELLS_SHOWN = 20;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Mixin
    private final DraftOptions draft = new DraftOptions();

    @Option(
            names = "--for",
            paramLabel = "FILE",
            description = "A workbook or JSON whose requests are answered both ways: who wins, by how much, and why.")
    private @Nullable String given;

    @Option(
            names = "--ledger",
            paramLabel = "N",
            description = "Asks the requests of the last N decisions that the service kept in the workspace as well.")
    private int past;

    @Option(names = "-o", paramLabel = "OUT.xlsx", description = "Writes the preview as a workbook too.")
    private @Nullable Path out;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure, IOException {
        Path folder = root().workspace();
        Map<String, byte[]> changes = draft.changes(program());
        if (changes.isEmpty()) {
            throw CommandFailure.usage("Name what is changed: --policy, --catalogue, --rules or --cases.");
        }
        Workspace.Setting setting =
                Workspace.Setting.of(folder, program().version(), program().clock());
        WorkspaceFiles files = WorkspaceFiles.read(folder);
        Imported<Workspace.@Nullable Loaded> now = Workspace.load(files, null, setting);
        if (now.value() == null) {
            throw Commands.broken(folder, now.problems());
        }
        Preview preview = Previews.compare(
                        now.value(),
                        files.with(changes),
                        PastRequests.newest(folder, database.address(), past),
                        given(now.value().decider().catalogue()),
                        setting,
                        () -> {})
                .preview();
        if (out != null) {
            FileAccess.write(
                    program(),
                    out,
                    PreviewWorkbook.write(preview, now.value().decider().catalogue()));
        }
        if (json.wanted) {
            console().print(PreviewWriter.write(preview));
        } else {
            print(preview);
        }
        if (preview.passes()) {
            return ExitCode.FINE;
        }
        return preview.needsYes() ? ExitCode.NEEDS_YES : ExitCode.CHECK_FAILED;
    }

    private Map<String, DecisionRequest> given(Catalogue catalogue) throws CommandFailure {
        if (given == null) {
            return Map.of();
        }
        byte[] bytes = FileAccess.read(program(), given);
        String name =
                given.equals("-") ? "request" : String.valueOf(Path.of(given).getFileName());
        try {
            Imported<Map<String, DecisionRequest>> read =
                    GivenRequests.read(bytes, name, catalogue, program().today());
            read.problems().forEach(problem -> console().complain("Problem at " + problem));
            if (read.value().isEmpty()) {
                throw CommandFailure.unreadable(given + " has no request that is understood.");
            }
            return read.value();
        } catch (BadJsonException e) {
            throw CommandFailure.unreadable(given + " is not JSON. " + e.getMessage());
        } catch (UnreadableWorkbookException e) {
            throw CommandFailure.unreadable(given + ": " + e.getMessage());
        }
    }

    private void print(Preview preview) {
        Console console = console();
        preview.problems().forEach(problem -> console.print("Problem: " + problem));
        preview.brokenTruths().forEach(outcome -> console.print("Fails: " + outcome));
        preview.changedPreferences().forEach(outcome -> console.print("Changes a preference: " + outcome));
        preview.analysis().forEach(each -> console.print((each.isProblem() ? "Problem: " : "Advice: ") + each));
        printEdits(preview);
        if (preview.after() == null) {
            return;
        }
        preview.asked().forEach(this::printAnswer);
        console.print(Words.count(preview.casesRun() - preview.cases().size(), "case holds", "cases hold") + " of "
                + preview.casesRun() + "; " + Words.count(preview.brokenTruths().size(), "truth fails", "truths fail")
                + ", " + Words.count(preview.changedPreferences().size(), "preference changes", "preferences change")
                + ".");
        long winners =
                preview.comparisons().stream().filter(Comparison::changesWinner).count();
        console.print(
                preview.changesNothing()
                        ? "It says the same as what is in force."
                        : String.format(
                                Locale.ROOT,
                                "Of %d requests %d would be answered differently, %d of them with another winner.",
                                preview.compared(),
                                preview.comparisons().size(),
                                winners));
        if (!preview.comparisons().isEmpty()) {
            console.print("");
            table(preview).lines(console, CANDIDATES_SHOWN).forEach(console::print);
        }
    }

    private void printEdits(Preview preview) {
        List<String> lines =
                preview.edits().stream().flatMap(each -> each.lines().stream()).toList();
        if (lines.isEmpty()) {
            return;
        }
        console().print("Changed:");
        lines.stream()
                .limit(CELLS_SHOWN)
                .flatMap(line -> Words.wrap(line, console().width() - 2).stream())
                .forEach(line -> console().print("  " + line));
        if (lines.size() > CELLS_SHOWN) {
            console().print("  … and " + (lines.size() - CELLS_SHOWN) + " more: -o OUT.xlsx or --json");
        }
        console().print("");
    }

    /** Both answers to a request, and what made the difference. */
    private void printAnswer(Comparison answer) {
        Console console = console();
        console.print(console.styled(answer.changesWinner() ? Style.CAREFUL : Style.PLAIN, answer.about()));
        List<String> lines = new ArrayList<>();
        if (Objects.equals(answer.before(), answer.after())) {
            lines.add("the same: " + orNobody(answer.after()));
        } else {
            lines.add("before: " + orNobody(answer.before()));
            lines.add("after: " + orNobody(answer.after()));
            answer.causes().forEach(cause -> lines.add(cause.toString()));
        }
        lines.stream()
                .flatMap(line -> Words.wrap(line, console().width() - 2).stream())
                .forEach(line -> console.print("  " + line));
        console.print("");
    }

    private static String orNobody(Comparison.@Nullable Winner winner) {
        return winner == null ? "nothing suitable" : winner.toString();
    }

    private static TextTable table(Preview preview) {
        TextTable table = new TextTable(
                0,
                Column.yielding("Request and candidate"),
                Column.right("Before"),
                Column.right("After"),
                Column.left("Steps"));
        for (Comparison comparison : preview.comparisons()) {
            String winner = comparison.changesWinner()
                    ? "Wins now: " + orNobody(comparison.winnerAfter()) + ", before: "
                            + orNobody(comparison.winnerBefore()) + "."
                    : "";
            table.add(comparison.changesWinner() ? Style.CAREFUL : Style.PLAIN, winner, comparison.about(), "", "", "");
            comparison.changes().stream().limit(CANDIDATES_SHOWN).forEach(each -> add(table, each));
        }
        return table;
    }

    private static void add(TextTable table, Comparison.Change change) {
        String steps = change.steps().entrySet().stream()
                .map(each ->
                        String.format(Locale.ROOT, "%s %+.2f", each.getKey().id(), each.getValue()))
                .collect(Collectors.joining(", "));
        table.add(
                Style.DIM,
                String.join(" ", change.newRejections()),
                "  " + change.candidate(),
                judgement(change.scoreBefore(), change.verdictBefore()),
                judgement(change.scoreAfter(), change.verdictAfter()),
                steps);
    }

    private static String judgement(@Nullable Double score, @Nullable Verdict verdict) {
        if (score == null || verdict == null) {
            return "–";
        }
        String points = String.format(Locale.ROOT, "%.1f", score);
        return verdict == Verdict.RULED_OUT ? points + " " + Choice.id(verdict) : points;
    }

    private static String orNobody(@Nullable String winner) {
        return winner == null ? "nothing" : winner;
    }
}
