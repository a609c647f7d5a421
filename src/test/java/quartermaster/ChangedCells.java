package quartermaster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Policy;
import quartermaster.decision.Threshold;
import quartermaster.decision.engine.Decider;
import quartermaster.decision.engine.RuleBook;
import quartermaster.decision.rules.RuleFile;
import quartermaster.unit.Imported;
import quartermaster.workbook.knowledge.CatalogueReader;
import quartermaster.workbook.read.Workbooks;

/** The catalogue that comes with the program, without its measurements, as an architect who edits a cell leaves it. */
public final class ChangedCells {
    private ChangedCells() {}

    /** A number of the sheet {@code Defaults}; the name may say for which type: {@code plannedLoad/any}. */
    public static Catalogue with(String name, Object value) {
        return with("Defaults", name, "Value", value);
    }

    /** @param id what stands in the first column of the row, and after a slash in the second */
    public static Catalogue with(String sheet, String id, String header, Object value) {
        Imported<Catalogue> read =
                read(Set.of(sheet), book -> Workbooks.set(cell(book.getSheet(sheet), id, header), value));
        if (!read.isClean()) {
            throw new AssertionError(read.problems());
        }
        return read.value();
    }

    /** @param sheets that change */
    public static Imported<Catalogue> read(Set<String> sheets, Consumer<XSSFWorkbook> change) {
        return CatalogueReader.read(Workbooks.catalogueWith(sheets, change));
    }

    public static XSSFCell cell(XSSFSheet sheet, String id, String header) {
        List<String> wanted = List.of(id.split("/"));
        for (Row row : sheet) {
            boolean found = true;
            for (int i = 0; i < wanted.size(); i++) {
                found &= wanted.get(i).equals(String.valueOf(row.getCell(i)));
            }
            if (found) {
                return sheet.getRow(row.getRowNum())
                        .getCell(column(sheet, header), Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
            }
        }
        throw new AssertionError(sheet.getSheetName() + " has no row " + id);
    }

    private static int column(XSSFSheet sheet, String header) {
        for (Cell each : sheet.getRow(0)) {
            if (each.getStringCellValue().equals(header)) {
                return each.getColumnIndex();
            }
        }
        throw new AssertionError(sheet.getSheetName() + " has no column " + header);
    }

    /** Decides with another number in the sheet {@code Thresholds}. */
    public static Decider decider(String threshold, double value) {
        return decider(TestWorkspace.catalogue(), Map.of(threshold, value));
    }

    /** @param thresholds other numbers, by name */
    public static Decider decider(Catalogue catalogue, Map<String, Double> thresholds) {
        Policy policy = TestWorkspace.decider().rules().policy();
        List<Threshold> changed = policy.thresholds().stream()
                .map(each -> new Threshold(
                        each.name(),
                        thresholds.getOrDefault(each.name(), each.value()),
                        each.unit(),
                        each.because(),
                        each.at()))
                .toList();
        if (!policy.thresholds().stream().map(Threshold::name).toList().containsAll(thresholds.keySet())) {
            throw new AssertionError("Thresholds has not all of " + thresholds.keySet());
        }
        Policy other = new Policy(
                policy.file(),
                policy.digest(),
                policy.weights(),
                policy.weightsOfSeveralModels(),
                changed,
                policy.tables(),
                List.of());
        List<RuleFile> rules = TestWorkspace.rules();
        return new Decider(catalogue, RuleBook.of(other, rules, null), "test", () -> TestWorkspace.NOW);
    }
}
