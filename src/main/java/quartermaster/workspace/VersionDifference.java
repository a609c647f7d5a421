package quartermaster.workspace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

/**
 * What differs between two versions of a workspace, cell by cell of its workbooks and line by line of its rules. Rows are
 * found again by their name, else by what stands in them, so that one that is put between others is one change.
 */
public final class VersionDifference {
    private static final int MOST_CELLS_OF_A_NEW_ROW = 6;
    private static final String ANY = "-"; // as tables write it
    private static final double ALIKE = 0.5; // share of its cells by which a row without a name is found again
    private static final long MOST_PAIRS = 300_000; // looked at for that; beyond, rows are paired by their place
    private static final int MOST_ORDERED = 5_000; // rows whose order is compared

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
            add(new Pairing(lines(name, before), lines(name, after), Found.BY_TEXT, false).changes(name));
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
        add(new Pairing(gone, come, found, file.equals(Workspace.POLICY)).changes(file));
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

    /**
     * Something that can come, go and change.
     *
     * @param name the text of its first column
     * @param cells their texts by their headers
     * @param columns where each of them stands
     */
    private record Entry(String name, Place at, Map<String, String> cells, Map<String, Integer> columns) {
        /** Lines as they are; rows with what their first cells are about. */
        String words() {
            return words(Set.of());
        }

        /** @param without headers of what need not be said */
        String words(Set<String> without) {
            return String.join(
                    ", ",
                    cells.entrySet().stream()
                            .filter(each -> !each.getValue().equals(ANY) && !without.contains(each.getKey()))
                            .limit(MOST_CELLS_OF_A_NEW_ROW)
                            .map(each -> cells.size() == 1 || each.getValue().equals(name)
                                    ? each.getValue()
                                    : each.getKey() + " " + each.getValue())
                            .toList());
        }

        Place at(String column, Map<String, Integer> otherwise) {
            Integer number = columns.getOrDefault(column, otherwise.getOrDefault(column, 0));
            return at instanceof Place.Cell cell ? new Place.Cell(cell.sheet(), cell.row(), number) : at;
        }

        /** Of the cells that either has, how many both have alike. */
        double alike(Entry other) {
            Set<String> all = new HashSet<>(cells.keySet());
            all.addAll(other.cells.keySet());
            long same = all.stream()
                    .filter(each -> Objects.equals(cells.get(each), other.cells.get(each)))
                    .count();
            return (double) same / all.size();
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

    /** How a row is found again in the other version. */
    private enum Found {
        BY_NAME,
        BY_NAME_AND_TEXT, // where several bear one name
        BY_TEXT
    }

    /** Which row was which. */
    private static final class Pairing {
        private final List<Entry> before;
        private final List<Entry> after;
        private final Found found;
        private final boolean ordered;
        private final int[] partner; // of each later row its earlier one, -1 for none
        private final boolean[] taken; // of each earlier row

        /** @param ordered whether it matters which row comes first */
        Pairing(List<Entry> before, List<Entry> after, Found found, boolean ordered) {
            this.before = before;
            this.after = after;
            this.found = found;
            this.ordered = ordered;
            this.partner = new int[after.size()];
            this.taken = new boolean[before.size()];
            java.util.Arrays.fill(partner, -1);
        }

        List<KnowledgeChange> changes(String file) {
            pairEqual();
            if (found != Found.BY_TEXT) {
                pairNamed();
            }
            if (found == Found.BY_TEXT && !file.endsWith(".drl")) {
                pairAlike();
            }
            return list(file);
        }

        private void pairEqual() {
            Map<Map<String, String>, Deque<Integer>> earlier = new HashMap<>();
            for (int i = 0; i < before.size(); i++) {
                earlier.computeIfAbsent(before.get(i).cells(), any -> new ArrayDeque<>())
                        .add(i);
            }
            for (int i = 0; i < after.size(); i++) {
                Deque<Integer> same = earlier.get(after.get(i).cells());
                if (same != null && !same.isEmpty()) {
                    pair(same.remove(), i);
                }
            }
        }

        /** Rows of one name; where several bear it, those that are most alike first. */
        private void pairNamed() {
            Map<String, List<Integer>> earlier = new HashMap<>();
            for (int i = 0; i < before.size(); i++) {
                if (!taken[i]) {
                    earlier.computeIfAbsent(before.get(i).name(), any -> new ArrayList<>())
                            .add(i);
                }
            }
            Map<String, List<Integer>> later = new HashMap<>();
            for (int i = 0; i < after.size(); i++) {
                if (partner[i] < 0) {
                    later.computeIfAbsent(after.get(i).name(), any -> new ArrayList<>())
                            .add(i);
                }
            }
            later.forEach((name, rows) -> pairMostAlike(earlier.getOrDefault(name, List.of()), rows, 0));
        }

        private void pairAlike() {
            List<Integer> gone = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                if (!taken[i]) {
                    gone.add(i);
                }
            }
            List<Integer> come = new ArrayList<>();
            for (int i = 0; i < after.size(); i++) {
                if (partner[i] < 0) {
                    come.add(i);
                }
            }
            if ((long) gone.size() * come.size() <= MOST_PAIRS) {
                pairMostAlike(gone, come, ALIKE);
            }
            pairByPlace(gone, come);
        }

        private record Pair(int earlier, int later, double alike, int distance) {}

        private void pairMostAlike(List<Integer> gone, List<Integer> come, double atLeast) {
            List<Pair> pairs = new ArrayList<>();
            for (int earlier : gone) {
                for (int later : come) {
                    double alike = before.get(earlier).alike(after.get(later));
                    if (alike >= atLeast) {
                        pairs.add(new Pair(earlier, later, alike, Math.abs(earlier - later)));
                    }
                }
            }
            pairs.sort(Comparator.comparingDouble(Pair::alike).reversed().thenComparingInt(Pair::distance));
            for (Pair each : pairs) {
                if (!taken[each.earlier] && partner[each.later] < 0) {
                    pair(each.earlier, each.later);
                }
            }
        }

        /** What has something in common with what stood there, or is the only text there, has changed. */
        private void pairByPlace(List<Integer> gone, List<Integer> come) {
            Map<Place, Integer> there = new HashMap<>();
            gone.stream()
                    .filter(each -> !taken[each])
                    .forEach(each -> there.put(before.get(each).at(), each));
            for (int later : come) {
                Integer earlier = there.get(after.get(later).at());
                if (partner[later] < 0 && earlier != null && !taken[earlier]) {
                    Entry was = before.get(earlier);
                    Entry is = after.get(later);
                    boolean onlyText = was.cells().size() == 1
                            && was.cells().keySet().equals(is.cells().keySet());
                    if (onlyText || was.alike(is) > 0) {
                        pair(earlier, later);
                    }
                }
            }
        }

        private void pair(int earlier, int later) {
            partner[later] = earlier;
            taken[earlier] = true;
        }

        private List<KnowledgeChange> list(String file) {
            List<KnowledgeChange> changes = new ArrayList<>();
            Set<Integer> moved = ordered && after.size() <= MOST_ORDERED ? moved() : Set.of();
            for (int i = 0; i < before.size(); i++) {
                if (!taken[i]) {
                    Place at = before.get(i).at().in(file);
                    changes.add(new KnowledgeChange(
                            at, at, Kind.REMOVED, before.get(i).words(), List.of()));
                }
            }
            for (int i = 0; i < after.size(); i++) {
                Entry is = after.get(i);
                Place at = is.at().in(file);
                if (partner[i] < 0) {
                    changes.add(new KnowledgeChange(at, null, Kind.ADDED, is.words(), List.of()));
                    continue;
                }
                Entry was = before.get(partner[i]);
                Place stood = was.at().in(file);
                String row = found == Found.BY_NAME ? is.name() : is.words();
                if (moved.contains(i)) {
                    changes.add(new KnowledgeChange(at, stood, Kind.MOVED, row, List.of()));
                }
                List<CellChange> cells = cells(file, was, is);
                if (!cells.isEmpty()) {
                    Set<String> changed = cells.stream().map(CellChange::column).collect(Collectors.toSet());
                    String same = found == Found.BY_NAME ? row : is.words(changed);
                    changes.add(new KnowledgeChange(at, stood, Kind.CHANGED, same.isEmpty() ? row : same, cells));
                }
            }
            return changes;
        }

        private static List<CellChange> cells(String file, Entry before, Entry after) {
            Set<String> columns = new LinkedHashSet<>(after.cells().keySet());
            columns.addAll(before.cells().keySet());
            return columns.stream()
                    .filter(each -> !Objects.equals(
                            before.cells().get(each), after.cells().get(each)))
                    .map(each -> new CellChange(
                            after.at(each, before.columns()).in(file),
                            each,
                            before.cells().getOrDefault(each, ""),
                            after.cells().getOrDefault(each, "")))
                    .sorted(Comparator.comparingInt(each -> each.at() instanceof Place.Cell cell ? cell.column() : 0))
                    .toList();
        }

        /** Later rows beside the longest run of those that come one after the other as before. */
        private Set<Integer> moved() {
            List<Integer> rows = new ArrayList<>();
            for (int i = 0; i < partner.length; i++) {
                if (partner[i] >= 0) {
                    rows.add(i);
                }
            }
            int[] length = new int[rows.size()];
            int[] previous = new int[rows.size()];
            int last = -1;
            for (int i = 0; i < rows.size(); i++) {
                length[i] = 1;
                previous[i] = -1;
                for (int j = 0; j < i; j++) {
                    if (partner[rows.get(j)] < partner[rows.get(i)] && length[j] + 1 > length[i]) {
                        length[i] = length[j] + 1;
                        previous[i] = j;
                    }
                }
                if (last < 0 || length[i] > length[last]) {
                    last = i;
                }
            }
            Set<Integer> moved = new HashSet<>(rows);
            for (int i = last; i >= 0; i = previous[i]) {
                moved.remove(rows.get(i));
            }
            return moved;
        }
    }
}
