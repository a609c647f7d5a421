package quartermaster.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quartermaster.cli.report.Words;
import quartermaster.unit.Imported;
import quartermaster.workbook.knowledge.OfferWriter;
import quartermaster.workbook.knowledge.PricedRow;
import quartermaster.workspace.Workspace;

/** What imports into a sheet of the catalogue are told beside their files, and where the rows go. */
final class ImportOptions {
    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The day of the figures, as 2026-11-30, where a file does not say it.")
    private @Nullable String asOf;

    @Option(
            names = "--take",
            paramLabel = "NAME=ID",
            description =
                    "What a name in the files means, where the catalogue does not say it; may stand several times.")
    Map<String, String> taken = new LinkedHashMap<>();

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description =
                    "Where the figures were read, where a row does not say it (default: what the file is called).")
    @Nullable
    String source;

    @Option(names = "--write", description = "Writes the rows into the catalogue of the workspace.")
    private boolean write;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "Writes the catalogue with the rows to another file (.xlsx), for \"preview --catalogue OUT\".")
    private @Nullable Path output;

    @Option(names = "--json", description = "Prints the rows as JSON.")
    boolean json;

    /**
     * The day that was said; null where none was.
     *
     * @throws CommandFailure where it is none, or yet to come, or where the rows cannot be written
     */
    @Nullable
    LocalDate check(Program program) throws CommandFailure {
        if (output != null) {
            FileAccess.requireFolder(program, output);
        }
        if (asOf == null) {
            return null;
        }
        LocalDate day;
        try {
            day = LocalDate.parse(asOf);
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage("--as-of says \"" + asOf + "\"; expected a day as 2026-11-30.");
        }
        if (day.isAfter(program.today())) {
            throw CommandFailure.usage("--as-of says " + asOf + ", which is after today, " + program.today() + ".");
        }
        return day;
    }

    /**
     * The workbook that rows are compared with and put into.
     */
    static byte[] catalogue(Program program, Path workspace) throws CommandFailure {
        return FileAccess.read(program, workspace.resolve(Workspace.CATALOGUE).toString());
    }

    /** Puts what is new or changed where that is wanted, and says so. */
    void write(Program program, Path workspace, byte[] catalogue, String sheet, List<PricedRow> rows)
            throws CommandFailure {
        List<PricedRow> changing =
                rows.stream().filter(each -> !each.written().isEmpty()).toList();
        if (changing.isEmpty()) {
            program.console().say("There is nothing to write.");
            return;
        }
        String counted = Words.count(changing.size(), "row", "rows");
        if (output == null && !write) {
            program.console()
                    .say("Nothing was written; --write puts " + counted + " into the sheet " + sheet
                            + ", -o FILE into a copy.");
            return;
        }
        Imported<byte @Nullable []> written = OfferWriter.write(catalogue, sheet, changing);
        byte[] all = written.value();
        if (all == null) {
            throw Commands.broken(workspace, written.problems());
        }
        if (output != null) {
            FileAccess.write(program, output, all);
            program.console()
                    .say("Wrote the catalogue with " + counted + " to " + output + "; \"preview --catalogue " + output
                            + "\" says what it would change.");
        }
        if (write) {
            Path workbook = workspace.resolve(Workspace.CATALOGUE);
            FileAccess.write(program, workbook, all);
            program.console().say("Wrote " + counted + " into the sheet " + sheet + " of " + workbook + ".");
        }
    }
}
