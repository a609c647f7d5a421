package quartermaster.workspace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;

/** What differs between two versions of a workspace, row by row of its workbooks and line by line of its rules. */
public final class VersionDifference {
    private static final int MOST_CELLS_OF_A_NEW_ROW = 6;

    private final List<Change> changes = new ArrayList<>();

    private VersionDifference() {}

    /**
     * A row or a line.
     *
     * @param at where it stands now, or stood before if it is gone, e.g. {@code rules/policy.xlsx Budget!A7}
     * @param row what it is called or says
     * @param cells what changed in it, by column; empty for a row that came or went
     */
    public record Change(Place at, Kind kind, String row, List<CellChange> cells) {
        public Change {
            cells = List.copyOf(cells);
        }
    }

    /** What happened to a row. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    public record CellChange(String column, String before, String after) {}

    /** @throws UnreadableWorkbookException where a workbook of either version cannot be read */
    public static List<Change> of(WorkspaceFiles before, WorkspaceFiles after) throws UnreadableWorkbookException {
        VersionDifference difference = new VersionDifference();
        TreeSet<String> names = new TreeSet<>(before.bytes().keySet());
        names.addAll(after.bytes().keySet());
        for (String name : names) {
            if (!before.sameAs(after, name)) {
                difference.file(name, before.find(name), after.find(name));
            }
        }
        return difference.changes;
    }

    private void file(String name, Optional<byte[]> before, Optional<byte[]> after) throws UnreadableWorkbookException {
        if (name.endsWith(".drl")) {
            compare(name, lines(name, before), lines(name, after));
            return;
        }
        Map<String, ReadSheet> earlier = sheets(name, before);
        Map<String, ReadSheet> later = sheets(name, after);
        TreeSet<String> sheets = new TreeSet<>(earlier.keySet());
        sheets.addAll(later.keySet());
        for (String sheet : sheets) {
            compare(name, entries(earlier.get(sheet)), entries(later.get(sheet)));
        }
    }

    private static Map<String, ReadSheet> sheets(String name, Optional<byte[]> bytes)
            throws UnreadableWorkbookException {
        Map<String, ReadSheet> sheets = new LinkedHashMap<>();
        if (bytes.isPresent()) {
            WorkbookFile.open(bytes.get(), name).sheets().forEach(sheet -> sheets.put(sheet.name(), sheet));
        }
        return sheets;
    }

    /**
     * Something that can come, go and change.
     *
     * @param key by which it is found again in the other version
     */
    private record Entry(String key, Place at, Map<String, String> cells) {
        String words() {
            return String.join(
                    ", ",
                    cells.values().stream()
                            .filter(text -> !text.isBlank())
                            .limit(MOST_CELLS_OF_A_NEW_ROW)
                            .toList());
        }
    }

    private static List<Entry> lines(String name, Optional<byte[]> bytes) {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = bytes.map(content -> new String(content, StandardCharsets.UTF_8)).stream()
                .flatMap(String::lines)
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                entries.add(new Entry(line, new Place.Line(name, i + 1), Map.of("", line)));
            }
        }
        return entries;
    }

    /** Rows under the header; those of sheets with ids are found by their id, others by all that stands in them. */
    private static List<Entry> entries(@Nullable ReadSheet sheet) {
        List<Entry> entries = new ArrayList<>();
        if (sheet == null || sheet.rows().isEmpty()) {
            return entries;
        }
        ReadRow header = sheet.rows().get(0);
        boolean identified = header.cells().stream()
                .limit(1)
                .anyMatch(cell -> List.of("Id", "Name").contains(cell.text()));
        for (ReadRow row : sheet.rows().subList(1, sheet.rows().size())) {
            Map<String, String> cells = new LinkedHashMap<>();
            row.cells().forEach(cell -> cells.put(column(header, cell), cell.text()));
            String first = row.cells().isEmpty() ? "" : row.cells().get(0).text();
            entries.add(
                    new Entry(identified ? first : cells.toString(), row.cell(0).at(), cells));
        }
        return entries;
    }

    private static String column(ReadRow header, ReadCell cell) {
        String text = header.cell(cell.column()).text();
        return text.isBlank() ? Place.Cell.letters(cell.column()) : text;
    }

    private void compare(String file, List<Entry> before, List<Entry> after) {
        Map<String, List<Entry>> earlier = byKey(before);
        Map<String, List<Entry>> later = byKey(after);
        List<Entry> gone = new ArrayList<>();
        List<Entry> come = new ArrayList<>();
        before.forEach(entry -> match(entry, later, gone, file));
        after.forEach(entry -> match(entry, earlier, come, null));
        pairUp(file, gone, come);
    }

    private static Map<String, List<Entry>> byKey(List<Entry> entries) {
        Map<String, List<Entry>> byKey = new LinkedHashMap<>();
        entries.forEach(each ->
                byKey.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(each));
        return byKey;
    }

    /** Takes its counterpart out of the other version; what has none has come or gone. */
    private void match(Entry entry, Map<String, List<Entry>> others, List<Entry> alone, @Nullable String file) {
        List<Entry> found = others.get(entry.key());
        if (found == null || found.isEmpty()) {
            alone.add(entry);
            return;
        }
        Entry other = found.remove(0);
        if (file != null && !other.cells().equals(entry.cells())) {
            changes.add(changed(file, entry, other));
        }
    }

    /** Rows without ids that stand where others stood have changed rather than gone and come. */
    private void pairUp(String file, List<Entry> gone, List<Entry> come) {
        for (Entry entry : gone) {
            Optional<Entry> here = file.endsWith(".drl")
                    ? Optional.empty()
                    : come.stream().filter(each -> each.at().equals(entry.at())).findFirst();
            if (here.isPresent()) {
                come.remove(here.get());
                changes.add(changed(file, entry, here.get()));
            } else {
                changes.add(new Change(entry.at().in(file), Kind.REMOVED, entry.words(), List.of()));
            }
        }
        come.forEach(entry -> changes.add(new Change(entry.at().in(file), Kind.ADDED, entry.words(), List.of())));
    }

    private static Change changed(String file, Entry before, Entry after) {
        List<CellChange> cells = new ArrayList<>();
        TreeSet<String> columns = new TreeSet<>(before.cells().keySet());
        columns.addAll(after.cells().keySet());
        for (String column : columns) {
            String was = before.cells().getOrDefault(column, "");
            String is = after.cells().getOrDefault(column, "");
            if (!was.equals(is)) {
                cells.add(new CellChange(column, was, is));
            }
        }
        return new Change(after.at().in(file), Kind.CHANGED, after.words(), cells);
    }
}
