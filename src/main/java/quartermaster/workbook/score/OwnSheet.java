package quartermaster.workbook.score;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;

/** The sheets that are ours, in their order; each is known by its first cells too. */
enum OwnSheet {
    SUMMARY("Summary of the results"),
    RECOMMENDATIONS("Workload", "Rank", "Pick", "Verdict"),
    COSTS("Costs of the recommendations"),
    ADVICE("Workload", "Part", "What", "Advice"),
    WINNERS("Workload", "Stated"),
    MODELS("Models and machines"),
    CHARTS("Charts of the recommendations"),
    WEIGHTS("Weights and points"),
    EXPLANATION("Workload", "Candidate", "Step", "Kind"),
    ESTIMATES("Workload", "Candidate", "Engine", "Quantization"),
    PROBLEMS("Place", "What is wrong", "Code"),
    ABOUT("About these results");

    private final List<String> start;

    OwnSheet(String... start) {
        this.start = List.of(start);
    }

    String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    static boolean isTitle(String sheet) {
        return Arrays.stream(values()).anyMatch(each -> each.title().equals(sheet));
    }

    /** Its title, or where the user has a sheet of that name, one like it. */
    String freeName(XSSFWorkbook book) {
        String name = title();
        for (int i = 2; book.getSheetIndex(name) >= 0; i++) {
            name = title() + " (" + i + ")";
        }
        return name;
    }

    /** The text that its first cell has. */
    String firstCell() {
        return start.get(0);
    }

    static boolean looksLikeOurs(XSSFSheet sheet) {
        for (OwnSheet each : values()) {
            if (sheet.getSheetName().startsWith(each.title()) && each.startsLike(sheet)) {
                return true;
            }
        }
        return false;
    }

    /** A workbook without what looks like ours. */
    static WorkbookFile without(WorkbookFile whole) {
        List<ReadSheet> kept = whole.sheets().stream()
                .filter(sheet -> Arrays.stream(values())
                        .noneMatch(each -> sheet.name().startsWith(each.title()) && each.startsLike(sheet)))
                .toList();
        return kept.size() == whole.sheets().size() ? whole : new WorkbookFile(whole.name(), whole.kind(), kept);
    }

    private boolean startsLike(ReadSheet sheet) {
        ReadRow first = sheet.rows().isEmpty() ? null : sheet.rows().get(0);
        return first != null
                && first.number() == 1
                && IntStream.range(0, start.size())
                        .allMatch(i -> start.get(i).equals(first.cell(i).text()));
    }

    private boolean startsLike(XSSFSheet sheet) {
        for (int i = 0; i < start.size(); i++) {
            if (!start.get(i).equals(EarlierResults.text(sheet, 0, i))) {
                return false;
            }
        }
        return true;
    }
}
