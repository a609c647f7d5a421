package quartermaster.workbook.read;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import quartermaster.unit.Place;

/** A workbook as plain text, a line for each row, so that two versions of it can be compared. */
public final class WorkbookText {
    private WorkbookText() {}

    /** The file's text; for a file that cannot be read, one line that says why. */
    public static String of(Path path) {
        try {
            return of(WorkbookFile.open(path));
        } catch (UnreadableWorkbookException e) {
            return e.getMessage() + "\n";
        }
    }

    /** Rows do not show their number: else a row put in at the top would change every line below. */
    public static String of(WorkbookFile workbook) {
        return workbook.sheets().stream().map(WorkbookText::of).collect(Collectors.joining("\n"));
    }

    private static String of(ReadSheet sheet) {
        StringBuilder text = new StringBuilder();
        text.append("== ")
                .append(sheet.name())
                .append(sheet.hidden() ? " (hidden)" : "")
                .append(" ==\n");
        Map<Integer, String> names = columnNames(sheet);
        sheet.rows().forEach(row -> text.append(line(row, names)));
        return text.toString();
    }

    /** The first row's texts, if it looks like a row of headers. */
    private static Map<Integer, String> columnNames(ReadSheet sheet) {
        if (sheet.rows().size() < 2 || !isHeader(sheet.rows().get(0).cells())) {
            return Map.of();
        }
        Map<Integer, String> names = new HashMap<>();
        sheet.rows().get(0).cells().forEach(cell -> names.put(cell.column(), escaped(cell.text())));
        return names;
    }

    private static boolean isHeader(List<ReadCell> cells) {
        Set<String> texts = new HashSet<>();
        return cells.size() > 1
                && cells.stream().allMatch(cell -> cell.kind() == ReadCell.Kind.TEXT && texts.add(cell.text()));
    }

    private static String line(ReadRow row, Map<Integer, String> names) {
        String line = row.cells().stream()
                .filter(cell -> !cell.isEmpty())
                .map(cell -> named(cell, names))
                .collect(Collectors.joining(" | "));
        return line.isEmpty() ? "" : line + "\n";
    }

    private static String named(ReadCell cell, Map<Integer, String> names) {
        String name = names.getOrDefault(cell.column(), Place.Cell.letters(cell.column()));
        String value = escaped(cell.text());
        return name.equals(value) ? value : name + ": " + value;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n")
                .replace("\r", "\\n");
    }
}
