package quartermaster.workbook.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quartermaster.unit.Fields;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.SheetTable.TableRow;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookLimits;

/** What the workbooks that the program carries say where somebody's own, perhaps an older one, says nothing. */
final class CarriedWorkbooks {
    private static final String CARRIED = "/workspace/";

    private CarriedWorkbooks() {}

    /**
     * Named numbers that the program asks for and a sheet does not have, each with what is usual.
     *
     * @param file of the workspace, e.g. {@code rules/policy.xlsx}
     */
    static List<Problem> missingRows(String file, String sheet, Collection<String> names) {
        Map<String, String> usual = names.isEmpty() ? Map.of() : usual(file, sheet);
        return names.stream()
                .map(name -> new Problem(
                        "missing-row",
                        "There is no row \"" + name + "\", and the program asks for it." + usual.getOrDefault(name, ""),
                        Place.top(sheet)))
                .toList();
    }

    /** By name, e.g. " Usual is 0.8 (share)."; none where nothing is carried. */
    private static Map<String, String> usual(String file, String sheet) {
        Map<String, String> usual = new HashMap<>();
        try (InputStream carried = CarriedWorkbooks.class.getResourceAsStream(CARRIED + file)) {
            if (carried != null) {
                WorkbookFile.openOwn(carried.readAllBytes(), file, WorkbookLimits.DEFAULT)
                        .findSheet(sheet)
                        .ifPresent(found -> SheetTable.ownWithGaps(found, new ArrayList<>()).rows().stream()
                                .map(TableRow::fields)
                                .forEach(row ->
                                        usual.merge(row.text("Name"), " Usual is " + value(row), String::concat)));
            }
        } catch (IOException | UnreadableWorkbookException e) {
            return Map.of(); // the row is missing whether or not anybody knows what is usual
        }
        return usual;
    }

    private static String value(Fields row) {
        String type = row.textOr("Workload type", "any");
        return row.text("Value") + " " + row.textOr("Unit", "") + (type.equals("any") ? "." : " for " + type + ".");
    }
}
