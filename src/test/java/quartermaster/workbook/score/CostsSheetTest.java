package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.json.DecisionWriter;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.template.ExampleWorkbook;

class CostsSheetTest {
    static final double HALF_A_CENT = 0.005;
    private static final Map<String, String> PARTS = Map.of(
            "Hardware", "hardwareUsd",
            "Resale", "residualUsd",
            "Hosts", "hostUsd",
            "Rent", "rentUsd",
            "Tokens", "apiUsd",
            "Power", "powerUsd",
            "Place in a machine room", "hostingUsd",
            "Warranty and spares", "supportUsd",
            "Staff", "staffUsd");
    private static final ScoredWorkbook.Result EXAMPLE = SummarySheetTest.score(ExampleWorkbook.bytes());

    @Test
    void what_its_formulas_give_is_what_the_json_says() throws Exception {
        assertThat(compared(EXAMPLE)).isEqualTo(5);
    }

    /** Owned, rented by the hour with fewer at night, a training run, a hosted API, a price of one's own. */
    @Test
    void so_it_is_of_everything_that_can_be_paid_for() throws Exception {
        ScoredWorkbook.Result scored = SummarySheetTest.score(Workbooks.bytes(book -> {
            Workbooks.row(
                    book.createSheet("Workload"),
                    1,
                    "Name",
                    "Type",
                    "Model",
                    "Concurrency",
                    "Named users",
                    "Utilization");
            Workbooks.row(book.getSheet("Workload"), 2, "bought", "internal-tool", "llama-3.1-8b", 5, null, 0.3);
            Workbooks.row(book.getSheet("Workload"), 3, "batch", "batch", "llama-3.1-8b", 20, null, 0.5);
            Workbooks.row(book.getSheet("Workload"), 4, "served", "production", "llama-3.1-70b", 60, null, null);
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Acquisition", "Workload", "Price (USD)");
            Workbooks.row(book.getSheet("Candidates"), 2, "nvidia-rtx-4090", "owned", "bought");
            Workbooks.row(book.getSheet("Candidates"), 3, "nvidia-rtx-4090", "buy", "bought", 1234.56);
            Workbooks.row(book.getSheet("Candidates"), 4, "nvidia-l40s", "rent", "batch");
            Workbooks.row(book.getSheet("Candidates"), 5, "nvidia-h100-sxm-80gb", "rent", "served");
            Workbooks.row(book.getSheet("Candidates"), 6, "nvidia-h100-sxm-80gb", "buy", "served");
        }));
        assertThat(compared(scored)).isEqualTo(3);
    }

    @Test
    void whoever_changes_a_price_sees_what_follows() throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(EXAMPLE.workbook())) {
            XSSFSheet sheet = book.getSheet("Costs");
            Map<String, XSSFCell> lines = lines(sheet).get("Coding assistant");
            double before = lines.get("Paid at once").getNumericCellValue();
            XSSFCell price = lines.get("Price of one device (USD)");
            price.setCellValue(price.getNumericCellValue() + 1000);
            FormulaEvaluator evaluator = book.getCreationHelper().createFormulaEvaluator();
            assertThat(evaluator.evaluate(lines.get("Paid at once")).getNumberValue())
                    .isEqualTo(before + 1000);
            assertThat(evaluator.evaluate(lines.get("A month in all")).getNumberValue())
                    .isGreaterThan(lines.get("A month in all").getNumericCellValue());
            assertThat(lines.get("Price of one device (USD)")
                            .getCellStyle()
                            .getFillForegroundXSSFColor()
                            .getARGBHex())
                    .isEqualTo("FFFFCC99");
        }
    }

    /** @return workloads that were compared */
    private static int compared(ScoredWorkbook.Result scored) throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(scored.workbook())) {
            FormulaEvaluator evaluator = book.getCreationHelper().createFormulaEvaluator();
            return compare(
                    book.getSheet("Costs"),
                    scored,
                    cell -> evaluator.evaluate(cell).getNumberValue());
        }
    }

    interface Calculated {
        double of(XSSFCell cell);
    }

    /** The first candidate of each workload, which is the recommended one, with the JSON. */
    static int compare(XSSFSheet sheet, ScoredWorkbook.Result scored, Calculated calculated) throws Exception {
        JsonNode answers = new ObjectMapper().readTree(DecisionWriter.writeBatch(scored.answers()));
        Map<String, Map<String, XSSFCell>> sections = lines(sheet);
        int compared = 0;
        for (JsonNode answer : answers) {
            String name = answer.get("workload").get("name").asText();
            JsonNode cost = answer.get("recommendations").get(0).get("cost");
            Map<String, XSSFCell> lines = sections.get(name);
            assertThat(lines).as(name).isNotNull();
            List<String> wrong = new ArrayList<>();
            PARTS.forEach((label, field) ->
                    check(wrong, label, lines.get(label), cost.get("breakdown").get(field), calculated));
            check(wrong, "A month in all", lines.get("A month in all"), cost.get("monthlyUsd"), calculated);
            check(wrong, "Year one", lines.get("Year one"), cost.get("firstYearUsd"), calculated);
            check(wrong, "Paid at once", lines.get("Paid at once"), cost.get("purchaseUsd"), calculated);
            assertThat(wrong).as(name).isEmpty();
            JsonNode breakEven = cost.get("breakEvenMonths");
            if (breakEven != null && !breakEven.isNull()) {
                assertThat(calculated.of(lines.get("Buying pays against rent after (months)")))
                        .isCloseTo(breakEven.asDouble(), within(0.051));
            }
            compared++;
        }
        return compared;
    }

    private static void check(
            List<String> wrong, String label, XSSFCell cell, JsonNode expected, Calculated calculated) {
        double ours = expected == null || expected.isNull() ? 0 : expected.asDouble();
        boolean none = cell == null || cell.getCellType() != CellType.FORMULA && cell.getCellType() != CellType.NUMERIC;
        double theirs = none ? 0 : calculated.of(cell);
        if (Math.abs(theirs - ours) > HALF_A_CENT) {
            wrong.add(label + ": " + theirs + " instead of " + ours);
        }
    }

    /** By workload and label, the cells of the first candidate. */
    static Map<String, Map<String, XSSFCell>> lines(XSSFSheet sheet) {
        Map<String, Map<String, XSSFCell>> sections = new LinkedHashMap<>();
        String workload = "";
        for (int i = 2; i <= sheet.getLastRowNum(); i++) {
            String label = sheet.getRow(i) == null ? "" : EarlierResults.text(sheet, i, 0);
            boolean isHeading = !label.isEmpty() && sheet.getRow(i).getLastCellNum() == 1;
            if (isHeading) {
                workload = label;
                sections.put(workload, new LinkedHashMap<>());
            } else if (!label.isEmpty()) {
                sections.get(workload).put(label, sheet.getRow(i).getCell(CostsSheet.FIRST_CANDIDATE));
            }
        }
        return sections;
    }
}
