package quartermaster.workspace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.cases.KnowledgeChange;
import quartermaster.decision.cases.KnowledgeChange.CellChange;
import quartermaster.decision.cases.KnowledgeChange.Kind;
import quartermaster.unit.Place;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workspace.RowPairing.Entry;
import quartermaster.workspace.RowPairing.Found;

/**
 * What differs between two versions of a workspace, cell by cell of its workbooks and line by line of its rules. Rows are
 * found again by their name, else by what stands in them, so that one that is put between others is one change.
 */
public final class VersionDifference {
    private final List<KnowledgeChange> changes = new ArrayList<>();

    private VersionDifference() {}

    /** @throws UnreadableWorkbookException where a workbook of either version cannot be read */
    public static List<KnowledgeChange> of(WorkspaceFiles before, WorkspaceFiles after)
            throws UnreadableWorkbookException {
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
            add(new RowPairing(lines(name, before), lines(name, after), Found.BY_TEXT, false).changes(name));
            return;
        }
        Map<String, ReadSheet> earlier = sheets(name, before);
        Map<String, ReadSheet> later = sheets(name, after);
        Set<String> sheets = new LinkedHashSet<>(later.keySet());
        sheets.addAll(earlier.keySet());
        for (String sheet : sheets) {
            compare(name, earlier.get(sheet), later.get(sheet));
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

    private void compare(String file, @Nullable ReadSheet before, @Nullable ReadSheet after) {
        Headers earlier = Headers.of(before);
        Headers later = Headers.of(after);
        if (before != null && after != null) {
            add(later.changesSince(earlier, file));
            later = later.calledAsIn(earlier);
        }
        List<Entry> gone = entries(before, earlier);
        List<Entry> come = entries(after, later);
        Found found = isNamed(gone) && isNamed(come)
                ? Found.BY_NAME
                : earlier.nameRows() || later.nameRows() ? Found.BY_NAME_AND_TEXT : Found.BY_TEXT;
        add(new RowPairing(gone, come, found, file.equals(Workspace.POLICY)).changes(file));
    }

    private void add(List<KnowledgeChange> several) {
        several.stream().sorted(Comparator.comparingInt(each -> row(each.at()))).forEach(changes::add);
    }

    private static int row(Place at) {
        if (at instanceof Place.Cell cell) {
            return cell.row();
        }
        return at instanceof Place.Line line ? line.line() : 0;
    }

    /** What columns are called, by where they stand. */
    private record Headers(List<ReadCell> cells, Map<Integer, String> names) {
        static Headers of(@Nullable ReadSheet sheet) {
            Map<Integer, String> names = new LinkedHashMap<>();
            if (sheet == null || sheet.rows().isEmpty()) {
                return new Headers(List.of(), names);
            }
            List<ReadCell> cells = sheet.rows().get(0).cells().stream()
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            cells.forEach(cell -> {
                if (!names.containsValue(cell.text())) {
                    names.put(cell.column(), cell.text());
                }
            });
            return new Headers(cells, names);
        }

        boolean nameRows() {
            return List.of("Id", "Name").contains(names.getOrDefault(0, ""));
        }

        String of(int column) {
            String name = names.get(column);
            return name == null ? Place.Cell.letters(column) : name;
        }

        /** Where both have another name for the same column, the earlier one. */
        Headers calledAsIn(Headers earlier) {
            Map<Integer, String> alike = new LinkedHashMap<>(names);
            alike.replaceAll((column, name) -> isRenamed(earlier, column) ? earlier.of(column) : name);
            return new Headers(cells, alike);
        }

        private boolean isRenamed(Headers earlier, int column) {
            String before = earlier.names.get(column);
            String now = names.get(column);
            return before != null && now != null && !names.containsValue(before) && !earlier.names.containsValue(now);
        }

        List<KnowledgeChange> changesSince(Headers earlier, String file) {
            List<KnowledgeChange> changes = new ArrayList<>();
            for (ReadCell cell : cells) {
                String was = earlier.names.get(cell.column());
                Place at = cell.at().in(file);
                if (was != null && isRenamed(earlier, cell.column())) {
                    changes.add(new KnowledgeChange(
                            at, at, Kind.CHANGED, "header", List.of(new CellChange(at, was, was, cell.text()))));
                } else if (!earlier.names.containsValue(cell.text())) {
                    changes.add(new KnowledgeChange(at, null, Kind.ADDED, "column " + cell.text(), List.of()));
                }
            }
            for (ReadCell cell : earlier.cells) {
                if (!names.containsValue(cell.text()) && !isRenamed(earlier, cell.column())) {
                    Place at = cell.at().in(file);
                    changes.add(new KnowledgeChange(at, at, Kind.REMOVED, "column " + cell.text(), List.of()));
                }
            }
            return changes;
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
                entries.add(new Entry(line, new Place.Line(name, i + 1), Map.of("", line), Map.of()));
            }
        }
        return entries;
    }

    /** Rows under the header, without those in which nothing stands. */
    private static List<Entry> entries(@Nullable ReadSheet sheet, Headers headers) {
        List<Entry> entries = new ArrayList<>();
        if (sheet == null || sheet.rows().isEmpty()) {
            return entries;
        }
        for (ReadRow row : sheet.rows().subList(1, sheet.rows().size())) {
            Map<String, String> cells = new LinkedHashMap<>();
            Map<String, Integer> columns = new HashMap<>();
            row.cells().stream().filter(cell -> !cell.isEmpty()).forEach(cell -> {
                cells.put(headers.of(cell.column()), cell.text());
                columns.put(headers.of(cell.column()), cell.column());
            });
            headers.names().forEach((column, name) -> columns.putIfAbsent(name, column));
            if (!cells.isEmpty()) {
                entries.add(new Entry(row.cell(0).text(), row.cell(0).at(), cells, columns));
            }
        }
        return entries;
    }

    /** Whether the first column names each row. */
    private static boolean isNamed(List<Entry> entries) {
        Set<String> names = new HashSet<>();
        return entries.stream().allMatch(each -> !each.name().isBlank() && names.add(each.name()));
    }
}
