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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.LooseNames.MemoryOf;
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
 * @param likely those, and others that look like hardware
 * @param isNamed whether its heading says hardware, whatever the values
 * @param headings how many cells of its heading's row are known as headings of any column
 */
public record HardwareColumn(ReadCell heading, int filled, int known, int likely, boolean isNamed, int headings) {
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
    /** Words that stand above other columns, but above cards as well: "name" of drivers, "Model" of lists of devices. */
    private static final Set<String> ABOVE_CARDS_TOO = Set.of(
            RequestFields.get("workload.name").header(),
            RequestFields.get("workload.model").header(),
            RequestFields.ofCandidate("devices").header());

    private static final List<Heading> NEVER_HARDWARE = OTHERS.stream()
            .filter(heading -> !ABOVE_CARDS_TOO.contains(heading.header()))
            .toList();

    private static final List<Heading> ALL =
            Stream.concat(Stream.of(HARDWARE), OTHERS.stream()).toList();
    private static final Set<String> WORDS_OF_HARDWARE = Set.of(
            "gpu",
            "gpus",
            "card",
            "hardware",
            "machine",
            "accelerator",
            "device",
            "server",
            "product",
            "chip",
            "mac",
            "specs",
            "spec",
            "specification",
            "configuration",
            "grafikkarte",
            "rechner",
            "maschine");
    private static final Pattern LIKE_HARDWARE =
            Pattern.compile("(?i)\\b(?:macbook|mac studio|mac mini|imac|geforce|rtx|gtx"
                    + "|radeon|instinct|tesla|quadro|jetson|dgx|hgx|ryzen ai|nvidia)\\b");
    private static final Pattern APPLE_CHIP =
            Pattern.compile("(?i)(?:apple )?m\\d(?: (?:pro|max|ultra))?(?:,? \\(?[^,;]*\\d[- ]?cores?[^,;]*\\)?)?");
    private static final Set<String> INSTANCES = Stream.of(
                    "Instance",
                    "Instance type",
                    "Instance name",
                    "Machine type",
                    "VM",
                    "VM size",
                    "VM type",
                    "SKU",
                    "Flavor",
                    "Size",
                    "Node type",
                    "Shape",
                    "API name")
            .map(Columns::key)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> VARIANTS = Stream.of(
                    "Form factor",
                    "Formfaktor",
                    "Interface",
                    "Bus",
                    "Bus type",
                    "Socket",
                    "Package",
                    "Variant",
                    "Variante",
                    "Version",
                    "Edition",
                    "GPU variant",
                    "GPU form factor")
            .map(Columns::key)
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern VARIANT = Pattern.compile(
            "(?i)(?:(?:pci-?e(?: ?[345](?:\\.0)?)?(?: ?x ?\\d+)?|sxm\\d?|nvl|oam|max-?q|laptop|mobile|super|ti|xtx?|\\d{1,3} ?gi?b"
                    + "|server|workstation|edition|ada)(?:[ ,/-]+|$))+");
    private static final Pattern FORM = Pattern.compile(
            "(?i)\\b(?:pci-?e|sxm\\d?|nvl|oam|max-?q|laptop|mobile|super|ti|xtx?|server|workstation)\\b");
    private static final Pattern OF_A_MATRIX = Pattern.compile(
            "(?i)(?:weight|weighting|gewicht|gewichtung|criteri(?:on|a)|kriteri(?:um|en)|points|punkte)s?(?: ?[(\\[].*)?");
    private static final Pattern KIND_OF_MAC =
            Pattern.compile("(?i)macbook pro|macbook air|mac studio|mac mini|mac pro|imac");
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
                .filter(column -> !column.isItselfLikeIt())
                .filter(column -> column.known > 0 || column.soundsLikeIt() || column.looksLikeIt(sheet))
                .max(Comparator.comparingInt(HardwareColumn::known)
                        .thenComparing(HardwareColumn::soundsLikeIt)
                        .thenComparing(HardwareColumn::headings)
                        .thenComparing(column -> -column.heading().row()));
    }

    /**
     * The sheet with the name of a cloud's instance in place of the card beside it, where that is one of its cards: an "H100"
     * of {@code NC40ads H100 v5} is an NVL, and what an hour of it costs is of all its cards.
     */
    ReadSheet withInstances(ReadSheet sheet, LooseNames names) {
        List<Integer> columns = row(sheet).cells().stream()
                .filter(cell -> cell.column() != heading.column() && INSTANCES.contains(Columns.key(cell.text())))
                .map(ReadCell::column)
                .toList();
        if (columns.isEmpty()) {
            return sheet;
        }
        return new ReadSheet(
                sheet.name(),
                sheet.hidden(),
                sheet.rows().stream()
                        .map(row -> row.number() > heading.row() ? ofInstance(row, columns, names) : row)
                        .toList(),
                sheet.merged());
    }

    private ReadRow ofInstance(ReadRow row, List<Integer> columns, LooseNames names) {
        Set<String> card = LooseNames.wordsOf(
                RequestCells.machine(row.cell(heading.column()).text(), names).hardware());
        return columns.stream()
                .map(column -> row.cell(column).text())
                .filter(instance -> names.findInstance(instance)
                        .flatMap(offer -> names.findHardware(offer.hardware()))
                        .filter(it -> LooseNames.wordsOf(it.name()).containsAll(card))
                        .isPresent())
                .findFirst()
                .map(instance -> with(row, instance))
                .orElse(row);
    }

    private static Stream<HardwareColumn> columns(ReadSheet sheet, LooseNames names) {
        int first = sheet.rows().isEmpty() ? 1 : sheet.rows().get(0).number();
        Map<String, Boolean> asked = new HashMap<>(); // of a value every cell above it asks
        Predicate<String> isHardware = value -> asked.computeIfAbsent(value, any -> isHardware(value, names));
        return sheet.rows().stream().flatMap(row -> {
            List<ReadCell> headings = row.cells().stream()
                    .filter(cell -> HARDWARE.matches(cell.text())
                            || cell.row() < first + HEADING_WITHIN_ROWS && mayBeHeading(cell, isHardware))
                    .toList();
            int known = headings.isEmpty() ? 0 : (int) SheetTable.knownHeaders(row, ALL);
            return headings.stream().map(cell -> of(cell, known, row, sheet, isHardware));
        });
    }

    private static boolean mayBeHeading(ReadCell cell, Predicate<String> isHardware) {
        String key = Columns.key(cell.text());
        return cell.kind() == ReadCell.Kind.TEXT
                && !cell.isEmpty()
                && !isHardware.test(cell.text())
                && NEVER_HARDWARE.stream().noneMatch(other -> other.matchesKey(key));
    }

    private static HardwareColumn of(
            ReadCell heading, int headings, ReadRow row, ReadSheet sheet, Predicate<String> isHardware) {
        boolean isNamed = HARDWARE.matches(heading.text());
        List<ReadRow> below = sheet.rows().stream()
                .filter(each -> each.number() > heading.row())
                .limit(VALUES_LOOKED_AT)
                .filter(each -> !each.cell(heading.column()).isEmpty())
                .filter(each -> !SheetTable.isTotal(each.cell(heading.column())))
                .toList();
        List<ReadCell> memories =
                row.cells().stream().filter(cell -> memoryOf(cell).isPresent()).toList();
        return new HardwareColumn(
                heading,
                below.size(),
                (int) below.stream()
                        .filter(each -> isHardware(each, heading.column(), isNamed, memories, isHardware))
                        .count(),
                (int) below.stream()
                        .filter(each -> looksLikeIt(each.cell(heading.column()).text())
                                || isHardware(each, heading.column(), isNamed, memories, isHardware))
                        .count(),
                isNamed,
                headings);
    }

    /** By its name, or by that and the memory beside it: "M4 Max" and "128 GB". A mere number may be anything. */
    private static boolean isHardware(
            ReadRow row, int column, boolean isNamed, List<ReadCell> memories, Predicate<String> isHardware) {
        ReadCell cell = row.cell(column);
        if (cell.kind() != ReadCell.Kind.TEXT && !isNamed) {
            return false;
        }
        return isHardware.test(cell.text())
                || memories.stream()
                        .anyMatch(memory -> isHardware.test(LooseNames.withMemory(
                                cell.text(),
                                row.cell(memory.column()).text(),
                                memoryOf(memory).orElseThrow())));
    }

    private static Optional<MemoryOf> memoryOf(ReadCell heading) {
        String key = Columns.key(heading.text());
        return RequestColumns.MEMORY.entrySet().stream()
                .filter(each -> each.getValue().matchesKey(key))
                .map(Map.Entry::getKey)
                .findFirst();
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
        return known > 0
                && 2 * likely >= filled
                && !isItselfLikeIt() // a value above others
                && (headings > 0 || !isInsideTable(sheet));
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

    /** Others in the same row of headings, with an empty column between: a table of their own. */
    List<HardwareColumn> besideIt(ReadSheet sheet, LooseNames names) {
        ReadRow headings = row(sheet);
        return columns(sheet, names)
                .filter(other -> other.heading.row() == heading.row()
                        && other.heading.column() > heading.column()
                        && other.known > 0
                        && other.isRead(sheet)
                        && IntStream.range(heading.column(), other.heading.column())
                                .anyMatch(column -> headings.cell(column).isEmpty()))
                .toList();
    }

    /** Below it, the first that is no name of hardware. */
    Optional<String> firstUnknown(ReadSheet sheet, LooseNames names) {
        return below(sheet).filter(value -> !isHardware(value, names)).findFirst();
    }

    /** How a Mac is named, where these are some. */
    String hintOfMacs(ReadSheet sheet) {
        return below(sheet)
                        .anyMatch(value -> KIND_OF_MAC.matcher(value.strip()).lookingAt()
                                || APPLE_CHIP.matcher(value.strip()).matches())
                ? " A Mac is known by its chip and its memory: \"Mac Studio M4 Max 128GB\"."
                : "";
    }

    private boolean isItselfLikeIt() {
        return looksLikeIt(heading.text());
    }

    private static boolean looksLikeIt(String text) {
        return LIKE_HARDWARE.matcher(text).find() && text.chars().anyMatch(Character::isDigit)
                || APPLE_CHIP.matcher(text.strip()).matches();
    }

    private boolean looksLikeIt(ReadSheet sheet) {
        return below(sheet).anyMatch(value -> LIKE_HARDWARE.matcher(value).find() && value.indexOf('/') < 0);
    }

    private Stream<String> below(ReadSheet sheet) {
        return sheet.rows().stream()
                .filter(row -> row.number() > heading.row())
                .limit(VALUES_LOOKED_AT)
                .map(row -> row.cell(heading.column()))
                .filter(cell -> !cell.isEmpty())
                .map(ReadCell::text);
    }

    private boolean soundsLikeIt() {
        List<String> words = List.of(heading.text().toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
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
        boolean changed = false;
        for (ReadRow row : sheet.rows()) {
            if (row.number() > heading.row() && isOfHeadings(row) && !SheetTable.isOfUnits(sheet, headings, row)) {
                withoutTitle(rows, row);
                if (sameHeadings(headings, row) && sameHeadings(row, headings)) {
                    continue;
                }
                problems.add(new Problem(
                        "second-table",
                        "Another table begins here, and is not read: its headings are not those of " + heading.at()
                                + ". Put all candidates into one table.",
                        row.cells().get(0).at()));
                break;
            }
            ReadRow read = row.number() > heading.row() ? ofVariant(ofMac(merged(row, sheet)), headings) : row;
            changed = changed || read != row;
            rows.add(read);
        }
        ReadSheet once = !changed && rows.size() == sheet.rows().size()
                ? sheet
                : new ReadSheet(sheet.name(), sheet.hidden(), rows, sheet.merged());
        return SheetTable.in(once, heading, HARDWARE, RequestColumns.ofCandidates(), problems);
    }

    private static boolean sameHeadings(ReadRow all, ReadRow other) {
        return all.cells().stream()
                .filter(HardwareColumn::isKnown)
                .allMatch(cell -> sameHeading(cell, other.cell(cell.column())));
    }

    /** A single cell just above headings is their title. */
    private void withoutTitle(List<ReadRow> rows, ReadRow headings) {
        ReadRow last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        if (last != null
                && last.number() == headings.number() - 1
                && last.number() > heading.row()
                && last.cells().size() == 1) {
            rows.remove(rows.size() - 1);
        }
    }

    /** What is merged downwards is the hardware of each of its rows. */
    private ReadRow merged(ReadRow row, ReadSheet sheet) {
        if (!row.cell(heading.column()).isEmpty()) {
            return row;
        }
        return sheet.merged().stream()
                .filter(area -> area.isInRange(row.number() - 1, heading.column())
                        && area.getFirstColumn() == area.getLastColumn()
                        && area.getFirstRow() >= heading.row())
                .findFirst()
                .flatMap(area -> sheet.rows().stream()
                        .filter(each -> each.number() == area.getFirstRow() + 1)
                        .findFirst())
                .map(top -> with(row, top.cell(heading.column()).text()))
                .orElse(row);
    }

    /** Of a Mac whose chip stands beside what it is: "MacBook Pro (16-inch, Nov 2024)" and "Apple M4 Max". */
    private ReadRow ofMac(ReadRow row) {
        String chip = row.cell(heading.column()).text().strip();
        return APPLE_CHIP.matcher(chip).matches()
                ? row.cells().stream()
                        .map(cell -> KIND_OF_MAC.matcher(cell.text().strip()))
                        .filter(Matcher::lookingAt)
                        .findFirst()
                        .map(kind -> with(row, kind.group() + " " + chip))
                        .orElse(row)
                : row;
    }

    /** With what a column beside it says of its form: an H100 of PCIe is no H100 SXM, a laptop's card none of a desktop. */
    private ReadRow ofVariant(ReadRow row, ReadRow headings) {
        String hardware = row.cell(heading.column()).text().strip();
        return headings.cells().stream()
                .filter(cell -> VARIANTS.contains(Columns.key(cell.text())))
                .map(cell -> row.cell(cell.column()).text().strip())
                .filter(value -> VARIANT.matcher(value).matches())
                .filter(value -> !hardware.isEmpty() && !FORM.matcher(hardware).find())
                .findFirst()
                .map(value -> with(row, hardware + " " + value))
                .orElse(row);
    }

    private ReadRow with(ReadRow row, String hardware) {
        ReadCell cell = row.cell(heading.column()).with(hardware);
        List<ReadCell> cells = new ArrayList<>(row.cells());
        cells.removeIf(each -> each.column() == heading.column());
        cells.add(cell);
        cells.sort(Comparator.comparing(ReadCell::column));
        return new ReadRow(row.sheet(), row.number(), row.hidden(), cells);
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

    /**
     * Whether a sheet that is turned has more to say than as it stands: two or more cards in the row that is its column,
     * or one that is called so, and labels beside it.
     *
     * @param sheet turned
     * @param straight its column as it stands
     */
    boolean isRather(ReadSheet sheet, Optional<HardwareColumn> straight) {
        boolean isTable =
                isNamed ? known > 0 || headings >= HEADINGS_AT_LEAST : known >= HEADINGS_AT_LEAST && headings > 0;
        boolean isMatrix = Stream.concat(Stream.of(heading.text()), below(sheet))
                .anyMatch(text -> OF_A_MATRIX.matcher(text.strip()).matches()); // its prices are points
        return isTable
                && !isMatrix
                && straight.map(other -> headings > other.headings && (known > other.known || other.known == 0))
                        .orElse(true);
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

    /** The first hardware that a sheet names in a column, with a heading or without. */
    static Optional<String> names(ReadSheet sheet, LooseNames names) {
        return of(sheet, names)
                .filter(column -> column.known > 0)
                .flatMap(column -> column.below(sheet)
                        .map(value -> RequestCells.machine(value, names).hardware())
                        .filter(value -> names.findHardware(value).isPresent())
                        .findFirst())
                .or(() -> headless(sheet, names)
                        .map(cell -> RequestCells.machine(cell.text(), names).hardware()))
                .flatMap(names::findHardware)
                .map(Hardware::name);
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
