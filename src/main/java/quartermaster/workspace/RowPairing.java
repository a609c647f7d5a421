package quartermaster.workspace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import quartermaster.decision.cases.KnowledgeChange;
import quartermaster.decision.cases.KnowledgeChange.CellChange;
import quartermaster.decision.cases.KnowledgeChange.Kind;
import quartermaster.unit.Place;

/** Which row of a sheet, or line of a file, was which in an earlier version, and what therefore has changed. */
final class RowPairing {
    private static final int MOST_CELLS_OF_A_NEW_ROW = 6;
    private static final String ANY = "-"; // as tables write it
    private static final double ALIKE = 0.5; // share of its cells by which a row without a name is found again
    private static final long MOST_PAIRS = 300_000; // looked at for that; beyond, rows are paired by their place
    private static final int MOST_ORDERED = 5_000; // rows whose order is compared

    private final List<Entry> before;
    private final List<Entry> after;
    private final Found found;
    private final boolean ordered;
    private final int[] partner; // of each later row its earlier one, -1 for none
    private final boolean[] taken; // of each earlier row

    /** @param ordered whether it matters which row comes first */
    RowPairing(List<Entry> before, List<Entry> after, Found found, boolean ordered) {
        this.before = before;
        this.after = after;
        this.found = found;
        this.ordered = ordered;
        this.partner = new int[after.size()];
        this.taken = new boolean[before.size()];
        Arrays.fill(partner, -1);
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
                changes.add(
                        new KnowledgeChange(at, at, Kind.REMOVED, before.get(i).words(), List.of()));
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
                .filter(each ->
                        !Objects.equals(before.cells().get(each), after.cells().get(each)))
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

    /** How a row is found again in the other version. */
    enum Found {
        BY_NAME,
        BY_NAME_AND_TEXT, // where several bear one name
        BY_TEXT
    }

    /**
     * Something that can come, go and change.
     *
     * @param name the text of its first column
     * @param cells their texts by their headers
     * @param columns where each of them stands
     */
    record Entry(String name, Place at, Map<String, String> cells, Map<String, Integer> columns) {
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
}
