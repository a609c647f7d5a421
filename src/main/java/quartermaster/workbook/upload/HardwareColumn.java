package quartermaster.workbook.upload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import quartermaster.catalogue.LooseNames;
import quartermaster.request.RequestFields;
import quartermaster.unit.Columns;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Heading;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;

/**
 * The column of a table that names hardware. Values speak before headings do: of {@code Machine} with host names and
 * {@code GPU} with cards it is the latter, and {@code Product} is one where its values are in the catalogue.
 *
 * @param heading its cell
 * @param filled rows below it with a value, of the first ones
 * @param known those whose value is in the catalogue
 * @param isNamed whether its heading says hardware, whatever the values
 * @param headings how many cells of its heading's row are known as headings of any column
 */
public record HardwareColumn(ReadCell heading, int filled, int known, boolean isNamed, int headings) {
    private static final int HEADING_WITHIN_ROWS = 20;
    private static final int VALUES_LOOKED_AT = 200;
    private static final int MOST_WORDS_OF_A_HEADING = 4; // more are a sentence
    private static final int HEADINGS_AT_LEAST = 2; // a single word may stand anywhere
    private static final Heading HARDWARE = RequestColumns.ofCandidates().stream()
            .filter(Heading::required)
            .findFirst()
            .orElseThrow();
    private static final List<Heading> OTHERS = Stream.concat(
                    RequestColumns.ofCandidates().stream().filter(heading -> !heading.required()),
                    RequestColumns.ofWorkloads().stream())
            .toList();
    /** Words that stand above other columns, but above cards as well: "name" of drivers, "GPUs" of "8x H100". */
    private static final Set<String> ABOVE_CARDS_TOO = Set.of(
            RequestFields.get("workload.name").header(),
            RequestFields.ofCandidate("devices").header());

    private static final List<Heading> NEVER_HARDWARE = OTHERS.stream()
            .filter(heading -> !ABOVE_CARDS_TOO.contains(heading.header()))
            .toList();

    private static final List<Heading> ALL =
            Stream.concat(Stream.of(HARDWARE), OTHERS.stream()).toList();
    private static final Set<String> WORDS_OF_HARDWARE = Set.of(
            "gpu", "gpus", "card", "hardware", "machine", "accelerator", "device", "server", "product", "chip", "mac");
    private static final Comparator<HardwareColumn> MOST_LIKELY = Comparator.comparingInt(HardwareColumn::known)
            .thenComparing(HardwareColumn::headings) // of two lines of headings the one that says more
            .thenComparing(HardwareColumn::isNamed)
            .thenComparing(column -> column.heading().row()) // a title above the heading has the same values
            .thenComparing(column -> -column.heading().column());

    /** The one that is read; empty where none is. */
    public static Optional<HardwareColumn> of(ReadSheet sheet, LooseNames names) {
        return columns(sheet, names).filter(column -> column.isRead(sheet)).max(MOST_LIKELY);
    }

    /** The one that looks most like it among those that are not read. */
    static Optional<HardwareColumn> nearest(ReadSheet sheet, LooseNames names) {
        return columns(sheet, names)
                .filter(column -> column.filled > 0 && !column.isRead(sheet))
                .filter(column -> column.known > 0 || column.soundsLikeIt())
                .max(MOST_LIKELY);
    }

    private static Stream<HardwareColumn> columns(ReadSheet sheet, LooseNames names) {
        int first = sheet.rows().isEmpty() ? 1 : sheet.rows().get(0).number();
        Map<String, Boolean> asked = new HashMap<>(); // of a value every cell above it asks
        Predicate<String> isHardware = value -> asked.computeIfAbsent(value, any -> isHardware(value, names));
        return sheet.rows().stream()
                .flatMap(row -> row.cells().stream()
                        .filter(cell -> HARDWARE.matches(cell.text())
                                || cell.row() < first + HEADING_WITHIN_ROWS && mayBeHeading(cell, isHardware))
                        .map(cell -> of(cell, row, sheet, isHardware)));
    }

    private static boolean mayBeHeading(ReadCell cell, Predicate<String> isHardware) {
        String key = Columns.key(cell.text());
        return cell.kind() == ReadCell.Kind.TEXT
                && !cell.isEmpty()
                && !isHardware.test(cell.text())
                && NEVER_HARDWARE.stream().noneMatch(other -> other.matchesKey(key));
    }

    private static HardwareColumn of(ReadCell heading, ReadRow row, ReadSheet sheet, Predicate<String> isHardware) {
        List<String> values = sheet.rows().stream()
                .filter(below -> below.number() > heading.row())
                .limit(VALUES_LOOKED_AT)
                .map(below -> below.cell(heading.column()))
                .filter(cell -> !cell.isEmpty())
                .map(ReadCell::text)
                .toList();
        return new HardwareColumn(
                heading,
                values.size(),
                (int) values.stream().filter(isHardware).count(),
                HARDWARE.matches(heading.text()),
                (int) SheetTable.knownHeaders(row, ALL));
    }

    private static boolean isHardware(String written, LooseNames names) {
        return names.findHardware(RequestCells.machine(written, names).hardware())
                .isPresent();
    }

    private boolean isRead(ReadSheet sheet) {
        if (isNamed) {
            return known > 0
                    || Columns.key(heading.text()).equals(Columns.key(HARDWARE.header()))
                    || headingsBeside(sheet) >= HEADINGS_AT_LEAST;
        }
        return known > 0 && 2 * known >= filled && (headings > 0 || !isInsideTable(sheet));
    }

    /** Whether headings stand above, without an empty row between. */
    private boolean isInsideTable(ReadSheet sheet) {
        int expected = heading.row() - 1;
        List<ReadRow> above = new ArrayList<>(sheet.rows());
        Collections.reverse(above);
        for (ReadRow row : above) {
            if (row.number() > expected) {
                continue;
            }
            if (row.number() < expected) {
                return false;
            }
            if (SheetTable.knownHeaders(row, ALL) >= HEADINGS_AT_LEAST) {
                return true;
            }
            expected--;
        }
        return false;
    }

    private long headingsBeside(ReadSheet sheet) {
        return sheet.rows().stream()
                .filter(row -> row.number() == heading.row())
                .mapToLong(row -> SheetTable.knownHeaders(row, RequestColumns.ofCandidates()))
                .sum();
    }

    private boolean soundsLikeIt() {
        List<String> words = List.of(heading.text().toLowerCase(Locale.ROOT).split("[^a-z]+"));
        return isNamed
                || words.size() <= MOST_WORDS_OF_A_HEADING && words.stream().anyMatch(WORDS_OF_HARDWARE::contains);
    }

    /**
     * The table that it is a column of; none of the other columns is taken for it. Its headings may stand in it again, as
     * at the top of a printed page; what has other headings is another table, which is named and not read.
     */
    public SheetTable table(ReadSheet sheet, List<Problem> problems) {
        ReadRow headings = row(sheet);
        List<ReadRow> rows = new ArrayList<>();
        for (ReadRow row : sheet.rows()) {
            if (row.number() > heading.row() && isOfHeadings(row)) {
                if (headings.cells().stream()
                        .filter(HardwareColumn::isKnown)
                        .allMatch(cell -> sameHeading(cell, row.cell(cell.column())))) {
                    continue;
                }
                problems.add(new Problem(
                        "second-table",
                        "Another table begins here, and is not read: its headings are not those of row " + heading.row()
                                + ". Put all candidates into one table.",
                        row.cells().get(0).at()));
                break;
            }
            rows.add(row);
        }
        ReadSheet once = rows.size() == sheet.rows().size()
                ? sheet
                : new ReadSheet(sheet.name(), sheet.hidden(), rows, sheet.merged());
        return SheetTable.in(once, heading, HARDWARE, RequestColumns.ofCandidates(), problems);
    }

    private boolean isOfHeadings(ReadRow row) {
        return sameHeading(heading, row.cell(heading.column()))
                || SheetTable.knownHeaders(row, ALL) >= HEADINGS_AT_LEAST;
    }

    private static boolean isKnown(ReadCell cell) {
        return ALL.stream().anyMatch(each -> each.matches(cell.text()));
    }

    private static boolean sameHeading(ReadCell one, ReadCell other) {
        return Columns.key(one.text()).equals(Columns.key(other.text()));
    }

    /** Where candidates stand one beside the other: a row of hardware, or labels of candidates down a column. */
    static Optional<ReadCell> sideways(ReadSheet sheet, LooseNames names) {
        return sheet.rows().stream()
                .filter(row -> row.cells().stream()
                                .filter(cell -> isHardware(cell.text(), names))
                                .count()
                        >= HEADINGS_AT_LEAST)
                .map(row -> row.cells().get(0))
                .findFirst()
                .or(() -> labels(sheet));
    }

    /** The first of the names of hardware that begin a sheet without a heading. */
    static Optional<ReadCell> headless(ReadSheet sheet, LooseNames names) {
        return sheet.rows().stream().findFirst().stream()
                .flatMap(row -> row.cells().stream())
                .filter(cell -> isHardware(cell.text(), names))
                .findFirst();
    }

    private static Optional<ReadCell> labels(ReadSheet sheet) {
        return sheet.rows().stream()
                .map(row -> row.cells().get(0))
                .filter(cell -> HARDWARE.matches(cell.text()))
                .filter(cell -> sheet.rows().stream()
                                .map(row -> row.cell(cell.column()))
                                .filter(HardwareColumn::isLabel)
                                .count()
                        >= HEADINGS_AT_LEAST)
                .findFirst();
    }

    private static boolean isLabel(ReadCell cell) {
        String key = Columns.key(cell.text());
        return RequestColumns.ofCandidates().stream().anyMatch(heading -> heading.matchesKey(key));
    }

    ReadRow row(ReadSheet sheet) {
        return sheet.rows().stream()
                .filter(row -> row.number() == heading.row())
                .findFirst()
                .orElseThrow();
    }
}
