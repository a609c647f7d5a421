package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Columns;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** A table on a sheet: one row of headers and the rows below it, blank ones left out. Columns may stand in any order. */
public final class SheetTable {
    private static final int HEADER_WITHIN_ROWS = 20;
    private static final Set<String> TOTALS =
            Set.of("total", "totals", "grandtotal", "subtotal", "sum", "average", "mean", "summe", "gesamt", "somme");
    private static final Pattern BESIDE_TOTALS = Pattern.compile(
            "(?i)(?:sub|grand )?total\\b.*|(?:(?:plus|incl\\.?|excl\\.?|zzgl\\.?) )?(?:vat|tax|sales tax|mwst|ust|gst|shipping|freight"
                    + "|delivery|versand|discount|rabatt)\\b[^a-z]*");
    private static final Pattern NOTE = Pattern.compile(
            "(?i)[*†¹²³⁴]|(?:notes?|sources?|remarks?|hinweise?|quellen?|legend) ?:|(?:all )?prices? (?!.*\\d)");
    private static final int SHORTEST_SLIP = 6; // "Owner" is a column of its own, not a slip of "Owned"

    private final ReadSheet sheet;
    private final int headerRow;
    private final boolean allColumnsMustExist;
    private final Map<String, ReadCell> headers; // by key, e.g. "memory" for "Memory (GiB)"
    private final List<Problem> problems;
    private final Set<String> missing = new HashSet<>();
    private final Map<String, String> keys = new HashMap<>(); // by column as asked for: thousands of rows ask alike

    private SheetTable(
            ReadSheet sheet,
            int headerRow,
            boolean allColumnsMustExist,
            Map<String, ReadCell> headers,
            List<Problem> problems) {
        this.sheet = sheet;
        this.headerRow = headerRow;
        this.allColumnsMustExist = allColumnsMustExist;
        this.headers = headers;
        this.problems = problems;
    }

    /** One row of a table. */
    public record TableRow(int number, boolean hidden, Fields fields) {}

    /** A table of our own workbooks: headers in the first row, and every column that is read must be there. */
    public static SheetTable own(ReadSheet sheet, List<Problem> problems) {
        return inFirstRow(sheet, true, problems);
    }

    /** A table of our own workbooks of which only those columns must be there that no row can do without. */
    public static SheetTable ownWithGaps(ReadSheet sheet, List<Problem> problems) {
        return inFirstRow(sheet, false, problems);
    }

    private static SheetTable inFirstRow(ReadSheet sheet, boolean allColumnsMustExist, List<Problem> problems) {
        Map<String, ReadCell> headers = new LinkedHashMap<>();
        for (ReadCell cell : row(sheet, 1).cells()) {
            ReadCell first = headers.putIfAbsent(Columns.key(cell.text()), cell);
            if (first != null) {
                problems.add(twice(cell, first));
            }
        }
        return new SheetTable(sheet, 1, allColumnsMustExist, headers, problems);
    }

    /**
     * A table that somebody else has laid out: its headers are in the row, of the first twenty, that has most of them.
     * Empty where no row has any of the required ones.
     */
    public static Optional<SheetTable> find(ReadSheet sheet, List<Heading> headings, List<Problem> problems) {
        ReadRow best = null;
        long most = 0;
        int first = sheet.rows().isEmpty() ? 1 : sheet.rows().get(0).number();
        for (ReadRow row : sheet.rows()) {
            long known = row.number() < first + HEADER_WITHIN_ROWS ? knownHeaders(row, headings) : 0;
            if (known > most) {
                best = row;
                most = known;
            }
        }
        if (best == null || !hasRequired(best, headings)) {
            return Optional.empty();
        }
        ReadSheet beneath = UnitsRow.withoutIt(sheet, best);
        Map<String, ReadCell> headers = headers(UnitsRow.inHeadings(sheet, best), headings, problems);
        return Optional.of(new SheetTable(beneath, best.number(), false, headers, problems));
    }

    /** A table of which one column is known by its heading's cell; no other is read as that column. */
    public static SheetTable in(
            ReadSheet sheet, ReadCell heading, Heading column, List<Heading> headings, List<Problem> problems) {
        List<Heading> others =
                headings.stream().filter(each -> !each.equals(column)).toList();
        ReadRow headingsRow = row(sheet, heading.row());
        ReadRow beside = new ReadRow(
                sheet.name(),
                heading.row(),
                false,
                UnitsRow.inHeadings(sheet, headingsRow).cells().stream()
                        .filter(cell -> cell.column() != heading.column() && !column.matches(cell.text()))
                        .toList());
        Map<String, ReadCell> headers = new LinkedHashMap<>(headers(beside, others, problems));
        headers.put(Columns.key(column.header()), heading);
        return new SheetTable(UnitsRow.withoutIt(sheet, headingsRow), heading.row(), false, headers, problems);
    }

    /** Whether a row says what the columns are counted in, and is no row of the table. */
    public static boolean isOfUnits(ReadSheet sheet, ReadRow headings, ReadRow row) {
        return UnitsRow.below(sheet, headings) == row;
    }

    /** How many of the columns a row names. */
    public static long knownHeaders(ReadRow row, List<Heading> headings) {
        List<String> keys =
                row.cells().stream().map(cell -> Columns.key(cell.text())).toList();
        return headings.stream()
                .filter(heading -> keys.stream().anyMatch(heading::matchesKey))
                .count();
    }

    public int headerRow() {
        return headerRow;
    }

    /** The column of a header, counted from 0. */
    public Optional<Integer> findColumn(String header) {
        return Optional.ofNullable(headers.get(Columns.key(header))).map(ReadCell::column);
    }

    public List<TableRow> rows() {
        return sheet.rows().stream()
                .filter(row -> row.number() > headerRow && !isBlank(row))
                .map(this::row)
                .toList();
    }

    /** Rows but those of totals, which say so and have nothing else in a column that every other row fills, and notes. */
    public List<TableRow> rowsBesideTotals(String filled) {
        int column = findColumn(filled).orElse(-1);
        return sheet.rows().stream()
                .filter(row -> row.number() > headerRow && !isBlank(row) && !isTotal(row, column) && !isNote(row))
                .map(this::row)
                .toList();
    }

    /** A line of text below a table, alone in its row, that says what it is. */
    private static boolean isNote(ReadRow row) {
        List<ReadCell> filled =
                row.cells().stream().filter(cell -> !cell.isEmpty()).toList();
        return filled.size() == 1 && NOTE.matcher(filled.get(0).text().strip()).lookingAt();
    }

    private static boolean isTotal(ReadRow row, int column) {
        ReadCell filled = row.cell(column);
        return (filled.isEmpty() || isTotal(filled)) && row.cells().stream().anyMatch(SheetTable::isTotal);
    }

    /** Whether a cell says that its row adds up others, or is taxes and the like of a quote. */
    public static boolean isTotal(ReadCell cell) {
        return cell.kind() == ReadCell.Kind.TEXT
                && (TOTALS.contains(Ids.normalise(cell.text()).replace(":", ""))
                        || BESIDE_TOTALS.matcher(cell.text().strip()).matches());
    }

    /** A row of the sheet as one of the table. */
    public TableRow row(ReadRow row) {
        return new TableRow(row.number(), row.hidden(), new Fields(new RowSource(row)));
    }

    /** Where a value of a column stands. */
    public Place place(int row, String column) {
        ReadCell header = headers.get(key(column));
        return header != null
                ? header.at(row)
                : sheet.isTurned() ? new Place.Cell(sheet.name(), 1, row - 1) : new Place.Cell(sheet.name(), row, 0);
    }

    /** What each row becomes; those with a mistake are reported and left out. */
    public <T> List<T> read(Function<TableRow, T> make) {
        List<T> made = new ArrayList<>();
        for (TableRow row : rows()) {
            T result = make.apply(row);
            problems.addAll(row.fields().problems());
            if (row.fields().isSound()) {
                made.add(result);
            }
        }
        return made;
    }

    /** Everything that stands in a column, also in rows that have mistakes elsewhere. */
    public Set<String> texts(String header) {
        Set<String> texts = new TreeSet<>();
        for (TableRow row : rows()) {
            String text = row.fields().textOrNull(header);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    public boolean isBlank(ReadRow row) {
        return headers.values().stream()
                .allMatch(header -> row.cell(header.column()).isEmpty());
    }

    private static Map<String, ReadCell> headers(ReadRow row, List<Heading> headings, List<Problem> problems) {
        Map<String, ReadCell> headers = new LinkedHashMap<>();
        List<ReadCell> unknown = new ArrayList<>();
        for (ReadCell cell : row.cells()) {
            Optional<Heading> heading =
                    headings.stream().filter(each -> each.matches(cell.text())).findFirst();
            if (heading.isEmpty()) {
                unknown.add(cell);
                continue;
            }
            Optional<Problem> otherUnit = otherUnit(cell, heading.get().header());
            if (otherUnit.isPresent()) {
                problems.add(otherUnit.get());
                continue;
            }
            ReadCell first = headers.putIfAbsent(Columns.key(heading.get().header()), cell);
            if (first != null) {
                problems.add(twice(cell, first));
            }
        }
        unknown.forEach(cell -> misspelt(cell, headings, headers.keySet()).ifPresent(problems::add));
        return headers;
    }

    /** Columns that we do not know are the user's own, unless they look very much like one that we miss. */
    static Optional<Problem> misspelt(ReadCell cell, List<Heading> headings, Set<String> present) {
        if (cell.kind() == ReadCell.Kind.UNCALCULATED) {
            return Optional.of(new Problem("no-value", "This heading " + CellValues.NO_SAVED_VALUE + ".", cell.at()));
        }
        String written = Columns.key(cell.text());
        if (written.length() < SHORTEST_SLIP) {
            return Optional.empty();
        }
        return Ids.nearest(
                        written,
                        headings.stream()
                                .map(heading -> Columns.key(heading.header()))
                                .toList())
                .filter(key -> !present.contains(key) && Math.abs(key.length() - written.length()) <= 2)
                .filter(key -> Ids.isSlip(written, key))
                .flatMap(key -> headings.stream()
                        .filter(heading -> Columns.key(heading.header()).equals(key))
                        .findFirst())
                .map(heading -> new Problem(
                        "unknown-column",
                        "Heading (" + cell.text() + ") is not read. Did you mean " + heading.header() + "?",
                        cell.at()));
    }

    static Optional<Problem> otherUnit(ReadCell cell, String header) {
        String written = Columns.unit(cell.text()).orElse("");
        String wanted = Columns.unit(header).orElse("");
        if (wanted.isEmpty() || Numbers.factor(written, wanted).isPresent() || !mayBeUnit(written, wanted)) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                "other-unit",
                "Heading (" + cell.text() + ") is in another unit and not read; write " + header
                        + (wanted.equals("USD")
                                ? Numbers.currency(written)
                                        .map(currency -> ", or have " + Numbers.rateWanted(currency))
                                        .orElse("")
                                : "")
                        + ".",
                cell.at()));
    }

    /** "$/month" of a budget a month is its unit. */
    private static boolean mayBeUnit(String written, String wanted) {
        String per = written.replaceFirst(
                "(?i)\\s*(?:/|per )\\s*(?:(?:gpu|card|device)[-/ ]*)?(?:mo|mon|month|h|hr|hrs|hour)\\.?"
                        + "(?:\\s*(?:/|per )\\s*(?:gpu|card|device))?$",
                "");
        return Numbers.mayBeUnit(per) && Numbers.factor(per, wanted).isEmpty();
    }

    private static boolean hasRequired(ReadRow row, List<Heading> headings) {
        return headings.stream()
                .filter(Heading::required)
                .allMatch(heading -> row.cells().stream().anyMatch(cell -> heading.matches(cell.text())));
    }

    private static Problem twice(ReadCell second, ReadCell first) {
        return new Problem(
                "duplicate-column",
                "Column (" + second.text() + ") stands in " + first.at() + " too; the first one is read.",
                second.at());
    }

    private static ReadRow row(ReadSheet sheet, int number) {
        return sheet.rows().stream()
                .filter(row -> row.number() == number)
                .findFirst()
                .orElse(new ReadRow(sheet.name(), number, false, List.of()));
    }

    private String key(String column) {
        return keys.computeIfAbsent(column, Columns::key);
    }

    private Optional<ReadCell> header(String column) {
        ReadCell header = headers.get(key(column));
        if (header == null && allColumnsMustExist) {
            reportMissing(column);
        }
        return Optional.ofNullable(header);
    }

    private void reportMissing(String column) {
        if (missing.add(column)) {
            List<String> present = headers.values().stream().map(ReadCell::text).toList();
            String hint = Ids.nearest(Columns.name(column), present)
                    .map(name -> " Did you mean " + name + "?")
                    .orElse("");
            String message = "Sheet " + sheet.name() + " has no column " + column + "." + hint;
            problems.add(new Problem("missing-column", message, new Place.Cell(sheet.name(), headerRow, 0)));
        }
    }

    /** A row's cells as values of the columns. */
    private final class RowSource implements Fields.Source {
        private final ReadRow row;

        RowSource(ReadRow row) {
            this.row = row;
        }

        @Override
        public @Nullable Object value(String column) {
            ReadCell header = header(column).orElse(null);
            return header == null ? null : CellValues.of(row.cell(header.column()), header, column);
        }

        @Override
        public Place place(String column) {
            return SheetTable.this.place(row.number(), column);
        }

        @Override
        public String heading(String column) {
            ReadCell header = headers.get(key(column));
            return header == null ? column : header.text();
        }

        @Override
        public boolean reportsMissing(String column) {
            boolean absent = !headers.containsKey(key(column));
            if (absent) {
                SheetTable.this.reportMissing(column);
            }
            return absent;
        }
    }
}
