package quartermaster.workbook.upload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quartermaster.request.Workload;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Records;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;

/**
 * The sheet {@code Models to compare}: names one below the other, for every workload that names no model itself. The first
 * cell of each row counts; a header {@code Model} may stand above.
 *
 * @param names as they are written
 * @param cells where each stands
 */
record ModelsSheet(List<String> names, List<Place> cells) {
    static final String NAME = "Models to compare";
    private static final String HEADER = "model";
    private static final String POINTER = "/workload/models";

    ModelsSheet {
        names = List.copyOf(names);
        cells = List.copyOf(cells);
    }

    /** Empty where there is no such sheet, or nothing on it. */
    static Optional<ModelsSheet> in(WorkbookFile workbook) {
        return workbook.findSheet(NAME).map(ModelsSheet::of).filter(each -> !each.names.isEmpty());
    }

    private static ModelsSheet of(ReadSheet sheet) {
        List<String> names = new ArrayList<>();
        List<Place> cells = new ArrayList<>();
        for (ReadRow row : sheet.rows()) {
            Optional<ReadCell> first =
                    row.cells().stream().filter(each -> !each.isEmpty()).findFirst();
            String text = first.map(each -> each.text().strip()).orElse("");
            boolean isHeader = names.isEmpty() && isHeader(text);
            if (!text.isEmpty() && !isHeader && !names.contains(text)) {
                names.add(text);
                cells.add(new Place.Cell(
                        sheet.name(), row.number(), first.orElseThrow().column()));
            }
        }
        return new ModelsSheet(names, cells);
    }

    private static boolean isHeader(String text) {
        String said = Ids.normalise(text);
        return said.equals(HEADER) || said.equals(HEADER + "s") || said.equals(Ids.normalise(NAME));
    }

    /** The same workload with these models to choose from, where it names none. */
    WorkloadRow in(WorkloadRow row) {
        Workload workload = row.said().workload();
        if (workload.saysWhichModel()) {
            return row;
        }
        Map<String, Place> places = new HashMap<>(row.cells());
        places.put(POINTER, cells.get(0));
        for (int i = 0; i < cells.size(); i++) {
            places.put(POINTER + "/" + i, cells.get(i));
        }
        return new WorkloadRow(Records.with(row.said(), "workload.models", names), places, row.sound(), row.at());
    }
}
