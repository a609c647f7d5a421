package quartermaster.workbook.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.SheetTable.TableRow;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookLimits;

/**
 * What the workbook that the program carries says where somebody's own, perhaps an older one, says nothing. Whatever is
 * taken from it is noted; what looks like a slip of the hand is left out, and a problem of its reader.
 */
final class CarriedWorkbooks {
    private static final String CARRIED = "/workspace/";
    private static final String NOTHING = ""; // decides: empty cells mean what workbooks without the column meant

    /** Columns that the first catalogues lack. */
    private static final List<LaterColumn> LATER = List.of(
            new LaterColumn("Hardware", "Data centre", "Family"),
            new LaterColumn("Hardware", "Generation", "Id"),
            new LaterColumn("Hardware", "Tier", "Id"),
            new LaterColumn("Hardware", "Low-bit share", "Id"),
            new LaterColumn("Hardware", "Sustained share", "Id"),
            new LaterColumn("Hardware", "Size (mm)", "Id"),
            new LaterColumn("Hardware", "Size source", "Id"),
            new LaterColumn("Engines", "Prompts first", "Id"),
            new LaterColumn("Engines", "Reserves answers", "Id"),
            new LaterColumn("Engines", "Max sequences on small devices", "Id"),
            new LaterColumn("Engines", "Micro batch on small devices (tokens)", "Id"),
            new LaterColumn("Engines", "Small settings on", "Id"),
            new LaterColumn("Measurements", "Batch wait (steps)", "Id"),
            new LaterColumn("Models", "Published precision", "Id"),
            new LaterColumn("Models", "GGUF repository", "Id"),
            new LaterColumn("Hosts", "Server room", "Line"),
            new LaterColumn("Hosts", "Memory (GiB)", "Id"),
            new LaterColumn("Hosts", "Memory bandwidth (GB/s)", "Id"),
            new LaterColumn("Hosts", "Sockets", "Id"),
            new LaterColumn("Engines", "Host read share", "Id"),
            new LaterColumn("Engines", "Host read share of several sockets", "Id"),
            new LaterColumn("Quantizations", "Large from (B parameters)", "Id"),
            new LaterColumn("Quantizations", "Bits per weight beside experts", "Id"),
            new LaterColumn("Quantizations", "File size from", "Id"),
            new LaterColumn("Quantizations", "Share of 8-bit peak", "Id"),
            new LaterColumn("Engines", "KV cache at low precision", "Id"),
            new LaterColumn("Engines", "Activation small below (GiB)", "Id"),
            new LaterColumn("Offers", "Cached input (USD per million tokens)", "Id"),
            new LaterColumn("Offers", "Context (tokens)", "Id"),
            new LaterColumn("Offers", "Decode (tok/s per request)", "Id"),
            new LaterColumn("Offers", "TTFT (s)", "Id"),
            new LaterColumn("Measurements", "Unit", NOTHING), // stood in the column Metric
            new LaterColumn("Measurements", "Shortest length (share)", NOTHING),
            new LaterColumn("Measurements", "Requests", NOTHING),
            new LaterColumn("Measurements", "Request rate (per s)", NOTHING),
            new LaterColumn("Measurements", "Replicas", NOTHING),
            new LaterColumn("Ranges", "In flight up to", NOTHING));

    private final String file;
    private final List<Problem> notes = new ArrayList<>();
    private @Nullable WorkbookFile workbook; // read when something is missing

    /** @param file of the workspace, e.g. {@code rules/policy.xlsx} */
    CarriedWorkbooks(String file) {
        this.file = file;
    }

    /** @param by the column whose value decides about that of this one; {@link #NOTHING} where it stays empty */
    private record LaterColumn(String sheet, String header, String by) {}

    /** Whether workbooks of the first version may lack a column. */
    static boolean isLater(String sheet, String header) {
        return LATER.stream()
                .anyMatch(each -> each.sheet().equals(sheet) && each.header().equals(header));
    }

    /** Everything that was taken, each with the sheet that lacks it. */
    List<Problem> notes() {
        return List.copyOf(notes);
    }

    /** A sheet with the columns that came later, filled as the carried one has them; as it is where it has them all. */
    ReadSheet withLaterColumns(String sheet, ReadSheet own) {
        ReadSheet completed = own;
        for (LaterColumn column : LATER) {
            if (column.sheet().equals(sheet) && column(own, column.header()) < 0) {
                completed = with(completed, column);
            }
        }
        return completed;
    }

    private ReadSheet with(ReadSheet own, LaterColumn later) {
        if (later.by().equals(NOTHING)) {
            return withEmpty(own, later);
        }
        Optional<ReadSheet> carried = sheet(later.sheet());
        if (carried.isEmpty()
                || slip(later.header(), headers(own), headers(carried.get())).isPresent()) {
            return own;
        }
        Map<String, ReadCell> usual = new HashMap<>(); // by the text of the column that decides
        int from = column(carried.get(), later.header());
        int by = column(carried.get(), later.by());
        carried.get().rows().forEach(row -> usual.put(row.cell(by).text(), row.cell(from)));
        int asked = column(own, later.by());
        int to = next(own);
        Set<String> unknown = new TreeSet<>();
        List<ReadRow> rows = new ArrayList<>();
        for (ReadRow row : own.rows()) {
            String key = row.number() == 1 ? later.by() : row.cell(asked).text();
            ReadCell found = usual.get(key);
            List<ReadCell> cells = new ArrayList<>(row.cells());
            if (found == null) {
                unknown.add(key);
            } else if (!found.isEmpty()) {
                cells.add(new ReadCell(own.name(), row.number(), to, found.kind(), found.content(), found.format()));
            }
            rows.add(new ReadRow(own.name(), row.number(), row.hidden(), cells));
        }
        String nothing = unknown.isEmpty() ? "" : ", which has none for " + String.join(", ", unknown);
        note(later.sheet(), "no column " + later.header() + "; that of the program is taken" + nothing + ".");
        return new ReadSheet(own.name(), own.hidden(), rows, own.merged());
    }

    private ReadSheet withEmpty(ReadSheet own, LaterColumn later) {
        if (sheet(later.sheet())
                .filter(carried ->
                        slip(later.header(), headers(own), headers(carried)).isEmpty())
                .isEmpty()) {
            return own;
        }
        ReadCell header =
                new ReadCell(own.name(), 1, next(own), ReadCell.Kind.TEXT, later.header(), ReadCell.Format.PLAIN);
        List<ReadRow> rows = own.rows().stream()
                .map(row -> row.number() == 1 ? with(row, header) : row)
                .toList();
        note(later.sheet(), "no column " + later.header() + "; it counts as empty.");
        return new ReadSheet(own.name(), own.hidden(), rows, own.merged());
    }

    private static ReadRow with(ReadRow row, ReadCell cell) {
        List<ReadCell> cells = new ArrayList<>(row.cells());
        cells.add(cell);
        return new ReadRow(row.sheet(), row.number(), row.hidden(), cells);
    }

    /** The first column that is free. */
    private static int next(ReadSheet sheet) {
        return 1
                + sheet.rows().stream()
                        .flatMap(row -> row.cells().stream())
                        .mapToInt(ReadCell::column)
                        .max()
                        .orElse(0);
    }

    /** A whole sheet that is missing, as the program has it; empty where it has none. */
    Optional<ReadSheet> wholeSheet(String name) {
        Optional<ReadSheet> taken = sheet(name);
        taken.ifPresent(any -> noteSheet(name));
        return taken;
    }

    private void noteSheet(String name) {
        notes.add(new Problem(
                "taken-from-program",
                "There is no sheet " + name + "; that of the program is taken.",
                Place.top(name).in(file)));
    }

    /** A whole sheet that is missing. */
    <T> List<T> sheet(String sheet, Function<TableRow, T> make) {
        List<T> taken = rows(sheet).stream().map(make).toList();
        if (!taken.isEmpty()) {
            noteSheet(sheet);
        }
        return taken;
    }

    /**
     * Rows of names that a sheet does not have. Those that cannot be taken are problems.
     *
     * @param own all names of the sheet
     * @param wanted whether a row can be taken
     */
    List<TableRow> rows(
            String sheet,
            Collection<String> missing,
            Set<String> own,
            Predicate<Fields> wanted,
            List<Problem> problems) {
        List<TableRow> carried = missing.isEmpty() ? List.of() : rows(sheet);
        Set<String> known =
                carried.stream().map(row -> row.fields().text("Name")).collect(Collectors.toSet());
        List<TableRow> taken = new ArrayList<>();
        for (String name : missing) {
            List<TableRow> usual = carried.stream()
                    .filter(row -> row.fields().text("Name").equals(name) && wanted.test(row.fields()))
                    .toList();
            Optional<String> slip = slip(name, own, known);
            if (usual.isEmpty() || slip.isPresent()) {
                String hint = slip.map(each -> " Did you mean " + each + "?").orElse("");
                String message = "There is no row \"" + name + "\", and the program asks for it." + hint;
                problems.add(new Problem("missing-row", message, Place.top(sheet)));
            } else {
                String values = usual.stream().map(row -> value(row.fields())).collect(Collectors.joining(", "));
                note(sheet, "no row \"" + name + "\"; the usual " + values + " is taken.");
                taken.addAll(usual);
            }
        }
        return taken;
    }

    private void note(String sheet, String lacks) {
        notes.add(new Problem(
                "taken-from-program", sheet + " has " + lacks, Place.top(sheet).in(file)));
    }

    /** What stands there instead, and means nothing to the program. */
    private static Optional<String> slip(String missing, Collection<String> own, Set<String> known) {
        return Ids.nearest(
                missing,
                own.stream()
                        .filter(each -> !known.contains(each) && Math.abs(each.length() - missing.length()) <= 2)
                        .toList());
    }

    private static String value(Fields row) {
        String type = row.textOr("Workload type", "any");
        return row.text("Value") + (type.equals("any") ? "" : " for " + type);
    }

    private static Set<String> headers(ReadSheet sheet) {
        return sheet.rows().stream()
                .filter(row -> row.number() == 1)
                .flatMap(row -> row.cells().stream())
                .map(ReadCell::text)
                .collect(Collectors.toSet());
    }

    private static int column(ReadSheet sheet, String header) {
        return SheetTable.ownWithGaps(sheet, new ArrayList<>())
                .findColumn(header)
                .orElse(-1);
    }

    private List<TableRow> rows(String sheet) {
        return sheet(sheet)
                .map(found -> SheetTable.ownWithGaps(found, new ArrayList<>()).rows())
                .orElse(List.of());
    }

    /** Empty where nothing is carried. */
    private Optional<ReadSheet> sheet(String name) {
        try (InputStream carried = CarriedWorkbooks.class.getResourceAsStream(CARRIED + file)) {
            if (workbook == null && carried != null) {
                workbook = WorkbookFile.openOwn(carried.readAllBytes(), file, WorkbookLimits.DEFAULT);
            }
        } catch (IOException | UnreadableWorkbookException e) {
            return Optional.empty(); // what is missing stays so
        }
        return Optional.ofNullable(workbook).flatMap(book -> book.findSheet(name));
    }
}
