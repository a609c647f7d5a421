package quartermaster.workbook.knowledge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;

/** Writes what was imported into the sheet {@code Offers}, or another one, and leaves the rest as it is. */
public final class OfferWriter {
    /** Where prices stand. */
    public static final String SHEET = "Offers";

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private OfferWriter() {}

    /** The catalogue with these rows, or null where its sheet lacks a column that they need or could not be read again. */
    public static Imported<byte @Nullable []> write(byte[] catalogue, String into, List<PricedRow> rows) {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(catalogue))) {
            XSSFSheet there = book.getSheet(into);
            if (there == null) {
                return Imported.nothing(List.of(new Problem(
                        "missing-sheet", "Found no sheet \"" + into + "\"; expected one.", Place.top(into))));
            }
            RowsOfSheet sheet = new RowsOfSheet(there);
            List<Problem> problems = new ArrayList<>(sheet.missing(rows.stream().map(PricedRow::written)));
            if (problems.isEmpty()) {
                rows.forEach(row -> write(sheet, row));
                sheet.stretchTable();
                byte[] written = RowsOfSheet.bytes(book);
                problems.addAll(read(written).problems());
                if (problems.isEmpty()) {
                    return new Imported<>(written, List.of());
                }
            }
            return Imported.nothing(problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(RowsOfSheet sheet, PricedRow row) {
        XSSFRow there = row.row() == 0 ? null : sheet.row(row.row());
        XSSFRow to = there == null
                ? sheet.append(sheet.lastWith("Kind", String.valueOf(row.cells().get("Kind"))))
                : there;
        row.written().forEach((column, value) -> {
            boolean isDay = column.equals("As of")
                    && value != null
                    && DAY.matcher(value.toString()).matches();
            sheet.putAsIs(to, column, isDay ? LocalDate.parse(value.toString()) : value);
            if (isDay) {
                sheet.format(to, column, "yyyy-mm-dd");
            } else if (column.contains("USD") && value != null) {
                sheet.format(to, column, "$0.00##"); // a third of a cent matters, and none is shown in vain
            }
        });
    }

    private static Imported<? extends @Nullable Catalogue> read(byte[] written) {
        try {
            return CatalogueReader.read(WorkbookFile.open(written, "catalogue.xlsx"));
        } catch (UnreadableWorkbookException e) {
            return Imported.nothing(
                    List.of(new Problem("damaged-workbook", String.valueOf(e.getMessage()), Place.top(SHEET))));
        }
    }

    /** Where the offers of a catalogue are, by the number of their row; those of no region are left out. */
    public static Map<Integer, String> regions(byte[] catalogue) {
        Map<Integer, String> regions = new HashMap<>();
        try {
            WorkbookFile.open(catalogue, "catalogue.xlsx")
                    .findSheet(SHEET)
                    .ifPresent(sheet -> SheetTable.own(sheet, new ArrayList<>())
                            .rows()
                            .forEach(row -> {
                                String region = row.fields().textOrNull("Region");
                                if (region != null) {
                                    regions.put(row.number(), region);
                                }
                            }));
        } catch (UnreadableWorkbookException e) {
            throw new IllegalArgumentException("The catalogue was read before, and cannot be now.", e);
        }
        return regions;
    }
}
