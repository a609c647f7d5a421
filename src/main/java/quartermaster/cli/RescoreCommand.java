package quartermaster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.Progress;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.json.RescoreLines;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.LedgerException;
import quartermaster.unit.Imported;
import quartermaster.workbook.score.RescoreWorkbook;
import quartermaster.workspace.Rescore;
import quartermaster.workspace.RescoreFile;
import quartermaster.workspace.VersionFiles;
import quartermaster.workspace.Workspace;
import quartermaster.workspace.WorkspaceFiles;

@Command(
        name = "rescore",
        description = "Decides all that was ever asked again, under a draft: who wins now, by how much, by which row.",
        footer = {
            "",
            "The files named take the place of those in force, in memory only; without any, what is in force is compared",
            "with what was answered. What was interrupted goes on where it ended when it is asked again with the same -o.",
            "",
            "Examples:",
            "  quartermaster rescore --policy policy-draft.xlsx",
            "  quartermaster rescore --policy policy-draft.xlsx -o rescored.ndjson",
            "  quartermaster rescore --catalogue new-prices.xlsx --since 2026-10-01 -o rescored.xlsx"
        })
final class RescoreCommand extends Subcommand {
    private static final int SHOWN = 20;
    private static final int AT_ONCE = 64; // lost where it is interrupted

    @Mixin
    private final DraftOptions draft = new DraftOptions();

    @Mixin
    private final LedgerOptions kept = new LedgerOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Where to write it: a line of JSON for each decision (.ndjson), or a workbook (.xlsx).")
    private @Nullable Path output;

    @Option(names = "--fresh", description = "Begins anew, whatever an earlier run has left.")
    private boolean fresh;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure, IOException {
        Path folder = root().workspace();
        Instant from = kept.since();
        Path lines = lines();
        Map<String, byte[]> changes = draft.changes(program());
        try (Ledger ledger = kept.open(folder)) {
            rescore(folder, ledger, kept.isShared(), changes, from, lines);
            return ExitCode.FINE;
        } catch (LedgerException e) {
            throw CommandFailure.unreadable(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw CommandFailure.usage(output + " cannot be written: " + e.getMessage());
        } finally {
            if (output == null) {
                Files.deleteIfExists(lines);
            }
        }
    }

    private void rescore(
            Path folder, Ledger ledger, boolean isShared, Map<String, byte[]> changes, Instant from, Path lines)
            throws CommandFailure, IOException {
        Workspace.Setting setting =
                Workspace.Setting.of(folder, program().version(), program().clock());
        WorkspaceFiles files = isShared ? VersionFiles.inForce(ledger) : WorkspaceFiles.read(folder);
        Workspace.Loaded now = sound(folder, Workspace.load(files, null, setting));
        Workspace.Loaded drafted =
                changes.isEmpty() ? now : sound(folder, Workspace.load(files.with(changes), now, setting));
        Rescore wanted = new Rescore(now, drafted, from, program().clock().get(), () -> {});
        RescoreLines.Head head = RescoreFile.head(lines, wanted.head(), fresh);
        Rescore rescore = new Rescore(now, drafted, head.since(), head.until(), () -> {});
        RescoreLines.Sums sums = write(rescore, ledger, lines);
        if (output != null && isWorkbook(output)) {
            RescoreWorkbook book = new RescoreWorkbook(head, now.decider().catalogue());
            RescoreFile.forEach(lines, book::add);
            FileAccess.write(program(), output, book.write());
            Files.delete(lines); // until then it is gone on with
        }
        print(sums, lines);
    }

    private RescoreLines.Sums write(Rescore rescore, Ledger ledger, Path lines) throws IOException {
        long all = rescore.count(ledger);
        try (RescoreFile file = RescoreFile.open(lines, rescore.head());
                Progress progress =
                        new Progress(console(), "Deciding", all, file.sums().decisions())) {
            if (file.sums().decisions() > 0) {
                console().say("Going on after " + file.sums().decisions() + " of " + all + " decisions.");
            }
            boolean isEnd = false;
            while (!isEnd) {
                Rescore.Part part = rescore.next(ledger, file.last(), AT_ONCE);
                file.add(part);
                progress.stepTo(file.sums().decisions());
                isEnd = part.isEnd();
            }
            file.finish();
            return file.sums();
        }
    }

    private void print(RescoreLines.Sums sums, Path lines) throws IOException {
        if (json.wanted) {
            console().print(sums.json());
            return;
        }
        console()
                .print(String.format(
                        Locale.ROOT,
                        "Of %,d decisions %,d would be answered differently, %,d of them with another winner; %,d have another"
                                + " winner than was answered.",
                        sums.decisions(),
                        sums.answeredDifferently(),
                        sums.otherWinners(),
                        sums.otherThanAnswered()));
        if (sums.notReadable() > 0) {
            console().print(String.format(Locale.ROOT, "%,d cannot be decided any more.", sums.notReadable()));
        }
        if (output != null) {
            console().say("Wrote " + output + ".");
            return;
        }
        List<RescoreLines.Line> shown = new ArrayList<>();
        RescoreFile.forEach(lines, line -> {
            if (line.changesWinner() && shown.size() < SHOWN) {
                shown.add(line);
            }
        });
        if (!shown.isEmpty()) {
            console().print("");
            table(shown).lines(console(), 1).forEach(console()::print);
        }
        if (sums.otherWinners() > shown.size()) {
            console().print("… and " + (sums.otherWinners() - shown.size()) + " more: -o OUT.ndjson or OUT.xlsx");
        }
    }

    private static TextTable table(List<RescoreLines.Line> lines) {
        TextTable table = new TextTable(
                0, Column.yielding("Decision and winners"), Column.right("Score"), Column.right("Ahead by"));
        for (RescoreLines.Line line : lines) {
            table.add(
                    Style.CAREFUL,
                    line.because().replace("\n", "; "),
                    line.decisionId() + (line.name() == null ? "" : " " + line.name()),
                    "",
                    "");
            add(table, "  in force: ", line.before());
            add(table, "  draft:    ", line.after());
        }
        return table;
    }

    private static void add(TextTable table, String what, RescoreLines.@Nullable Winner winner) {
        table.add(
                Style.PLAIN,
                "",
                what + (winner == null ? "nothing suitable" : winner.candidate()),
                winner == null ? "" : points(winner.score()),
                winner == null ? "" : points(winner.lead()));
    }

    private static String points(@Nullable Double points) {
        return points == null ? "–" : String.format(Locale.ROOT, "%.1f", points);
    }

    /** Lines of JSON come first, whatever is wanted: memory is bounded then, and what was interrupted goes on. */
    private Path lines() throws CommandFailure, IOException {
        if (output == null) {
            return Files.createTempFile("rescored-", ".ndjson");
        }
        Path path = FileAccess.requireFolder(program(), output).resolve(output.getFileName());
        if (isWorkbook(output)) {
            return path.resolveSibling(path.getFileName() + ".ndjson");
        }
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".ndjson")) {
            throw CommandFailure.usage(
                    "Found " + output + " to write to; expected a name that ends in .ndjson or .xlsx.");
        }
        return path;
    }

    private static boolean isWorkbook(Path output) {
        return output.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx");
    }

    private static Workspace.Loaded sound(Path folder, Imported<Workspace.@Nullable Loaded> loaded)
            throws CommandFailure {
        if (loaded.value() == null) {
            throw Commands.broken(folder, loaded.problems());
        }
        return loaded.value();
    }
}
