package quartermaster.workbook.upload;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LooseNames;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;

/** What to say where the catalogue is ranked instead of candidates of the file, and where a table of hardware stays unread. */
public final class NoCandidates {
    private static final String RANKED_INSTEAD = "so the whole catalogue is ranked instead";

    private NoCandidates() {}

    /**
     * In a sentence, why no candidates are read; a problem where some may have been meant.
     *
     * @param problems get what looks like candidates
     */
    static String why(WorkbookFile workbook, UploadedTables tables, LooseNames known, List<Problem> problems) {
        Optional<Problem> meant = meant(workbook, tables, known);
        meant.ifPresent(problems::add);
        ReadSheet sheet = tables.candidates();
        if (meant.isEmpty()
                && sheet != null
                && tables.hardware() == null
                && !sheet.rows().isEmpty()) {
            Problem missing = noHardwareColumn(sheet);
            problems.add(missing);
            return missing.message();
        }
        return meant.map(Problem::message).orElse("The file names no candidates, " + RANKED_INSTEAD + ".");
    }

    public static Problem noHardwareColumn(ReadSheet sheet) {
        return new Problem(
                "missing-column",
                "Sheet " + sheet.name() + " has no column " + RequestColumns.HARDWARE + ", " + RANKED_INSTEAD + ".",
                Place.top(sheet.name()));
    }

    private static Optional<Problem> meant(WorkbookFile workbook, UploadedTables tables, LooseNames known) {
        Optional<ReadCell> sideways = UploadedTables.searched(workbook)
                .flatMap(sheet -> HardwareColumn.sideways(sheet, known).stream())
                .findFirst();
        if (sideways.isPresent()) {
            return Optional.of(new Problem(
                    "sideways-table",
                    "The candidates stand side by side and are not read, "
                            + RANKED_INSTEAD + ". Put them on a sheet of their own, with "
                            + RequestColumns.HARDWARE
                            + " before their names, or give each a row of its own.",
                    sideways.get().at()));
        }
        Optional<ReadCell> headless = UploadedTables.searched(workbook)
                .filter(sheet -> tables.workloads() == null
                        || !sheet.name().equals(tables.workloads().name()))
                .flatMap(sheet -> HardwareColumn.headless(sheet, known).stream())
                .findFirst();
        if (headless.isPresent()) {
            return Optional.of(new Problem(
                    "missing-heading",
                    headless.get().text() + " is in the catalogue, but no heading stands above it, " + RANKED_INSTEAD
                            + ". Write " + RequestColumns.HARDWARE + " above it to have the column read.",
                    headless.get().at()));
        }
        return UploadedTables.searched(workbook)
                .flatMap(sheet -> HardwareColumn.nearest(sheet, known).stream())
                .max(Comparator.comparing(HardwareColumn::known))
                .map(column -> new Problem(
                        "unread-column",
                        "Column (" + column.heading().text() + ") may name hardware, but "
                                + (column.known() == 0 ? "none" : "only " + column.known())
                                + " of its " + column.filled() + " values is in the catalogue"
                                + column.firstUnknown(sheetOf(workbook, column), known)
                                        .map(first -> " (\"" + Problem.quoted(first) + "\" is not)")
                                        .orElse("")
                                + ", " + RANKED_INSTEAD + ". Call it " + RequestColumns.HARDWARE
                                + " to have it read." + column.hintOfMacs(sheetOf(workbook, column)),
                        column.heading().at()));
    }

    private static ReadSheet sheetOf(WorkbookFile workbook, HardwareColumn column) {
        return workbook.findSheet(column.heading().sheet()).orElseThrow();
    }

    /** Tables of hardware beside the one that is read. */
    static List<Problem> otherTables(WorkbookFile workbook, UploadedTables tables, LooseNames known) {
        ReadSheet read = tables.candidates();
        ReadSheet workloads = tables.workloads();
        Stream<Problem> beside = read == null || tables.hardware() == null
                ? Stream.empty()
                : tables.hardware().besideIt(read, known).stream()
                        .map(column -> new Problem(
                                "second-table",
                                line(column) + " names hardware too and is not read: it stands beside the table of "
                                        + tables.hardware().heading().at() + ". Put all into one table.",
                                column.heading().at()));
        return Stream.concat(beside, onOtherSheets(workbook, read, workloads, known))
                .toList();
    }

    private static String line(HardwareColumn column) {
        return column.heading().turned() ? "This row" : "This column";
    }

    private static Stream<Problem> onOtherSheets(
            WorkbookFile workbook, @Nullable ReadSheet read, @Nullable ReadSheet workloads, LooseNames known) {
        return UploadedTables.searched(workbook)
                .filter(sheet -> read == null || !sheet.name().equals(read.name()))
                .filter(sheet -> workloads == null || !sheet.name().equals(workloads.name()))
                .map(sheet -> UploadedTables.upright(sheet, known))
                .flatMap(sheet -> HardwareColumn.of(sheet, known).filter(column -> column.known() > 0).stream())
                .map(column -> new Problem(
                        "second-table",
                        line(column) + " names hardware too and is not read, as the candidates are those of sheet "
                                + (read == null ? "" : read.name()) + ". Put all into one table.",
                        column.heading().at()));
    }
}
