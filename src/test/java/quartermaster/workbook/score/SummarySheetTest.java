package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.advice.Summary;
import quartermaster.decision.Decision;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.template.ExampleWorkbook;

class SummarySheetTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final ScoredWorkbook.Result EXAMPLE = score(ExampleWorkbook.bytes());

    @Test
    void a_scored_workbook_opens_at_its_summary_which_is_one_page() throws Exception {
        try (XSSFWorkbook book = open(EXAMPLE.workbook())) {
            assertThat(book.getSheetIndex("Summary")).isZero();
            assertThat(book.getActiveSheetIndex()).isZero();
            XSSFSheet sheet = book.getSheet("Summary");
            assertThat(sheet.getFitToPage()).isTrue();
            assertThat(sheet.getPrintSetup().getFitWidth()).isEqualTo((short) 1);
            assertThat(sheet.getPrintSetup().getFitHeight()).isEqualTo((short) 1);
            assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
        }
    }

    @Test
    void of_each_workload_it_says_what_the_decision_says() throws Exception {
        List<String> texts = texts(EXAMPLE.workbook());
        for (int i = 0; i < EXAMPLE.answers().size(); i++) {
            Decision decision = EXAMPLE.answers().get(i).value();
            Summary summary = Summary.of(decision, EXAMPLE.advice().get(i).orElse(null));
            assertThat(texts)
                    .contains(
                            decision.request().workload().name(),
                            summary.take(),
                            summary.delivery(),
                            summary.sure(),
                            summary.runnerUp(),
                            summary.findOut());
            assertThat(summary.winner()).isEqualTo(decision.recommended().orElseThrow());
            assertThat(texts).contains(String.format("$%,.0f", summary.monthlyUsd()));
            assertThat(texts).contains(String.format("$%,.0f", summary.firstYearUsd()));
            summary.needs().stream()
                    .filter(each -> each.unit() == quartermaster.advice.Brief.Unit.TOKENS_PER_SECOND)
                    .forEach(each -> assertThat(texts)
                            .contains(
                                    String.format("%,.1f", each.typical()),
                                    String.format("%,.1f", each.pessimistic())));
        }
        assertThat(texts).contains("≥ 20", "yes");
    }

    @Test
    void where_the_catalogue_is_ranked_instead_that_is_said_first_with_the_nearest_column() throws Exception {
        byte[] upload = Workbooks.bytes(book -> {
            workload(book, "chat");
            Workbooks.row(book.createSheet("Inventory"), 1, "GPU card", "Place");
            Workbooks.row(book.getSheet("Inventory"), 2, "the large one", "cellar");
        });
        List<String> texts = texts(score(upload).workbook());
        assertThat(texts.get(0)).isEqualTo("Summary of the results");
        assertThat(texts.get(1)).contains("GPU card", "the whole catalogue is ranked instead");
    }

    @Test
    void where_nothing_is_suitable_it_names_the_nearest_and_what_to_relax() throws Exception {
        byte[] upload = Workbooks.bytes(book -> {
            workload(book, "chat");
            Workbooks.row(
                    book.getSheet("Workload"), 1, "Name", "Type", "Model", "Concurrency", "Purchase budget (USD)");
            Workbooks.row(book.getSheet("Workload"), 2, "chat", "internal-tool", "llama-3.1-8b", 5, 4000);
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Acquisition");
            Workbooks.row(book.getSheet("Candidates"), 2, "nvidia-rtx-4090", "buy");
        });
        List<String> texts = texts(score(upload).workbook());
        assertThat(texts)
                .anyMatch(each -> each.startsWith("Nothing is suitable; nearest: buy NVIDIA RTX 4090"))
                .anyMatch(each -> each.contains("buy NVIDIA RTX 4090 is suitable"))
                .contains("missed", "What to relax");
    }

    @Test
    void a_workload_that_could_not_be_judged_is_on_it_with_the_reason() throws Exception {
        byte[] upload = Workbooks.bytes(book -> {
            workload(book, "chat");
            Workbooks.row(book.getSheet("Workload"), 3, "wrong", "no such type", "llama-3.1-8b", 5);
        });
        assertThat(texts(score(upload).workbook()))
                .anyMatch(each -> each.startsWith("There ") && each.contains("sheet Problems"));
    }

    /** Neither its cells nor those of Costs are taken for the candidates, whatever the user's sheet is called. */
    @Test
    void what_was_scored_is_read_as_before() {
        String separated =
                "Hardware;Devices;Type;Model;Concurrency\nRTX 4090;1;batch;llama-3.1-8b;5\nL40S;1;batch;llama-3.1-8b;5\n";
        for (byte[] upload : List.of(
                separated.getBytes(StandardCharsets.UTF_8),
                Workbooks.bytes(book -> {
                    Workbooks.row(book.createSheet("Costs"), 1, "Card", "Price (USD)");
                    Workbooks.row(book.getSheet("Costs"), 2, "RTX 4090", 1700);
                    workload(book, "chat");
                }),
                Workbooks.bytes(book -> {
                    Workbooks.row(book.createSheet("Summary"), 1, "Machine", "Notes");
                    Workbooks.row(book.getSheet("Summary"), 2, "RTX 4090", "mine");
                    workload(book, "chat");
                }))) {
            ScoredWorkbook.Result once = score(upload);
            ScoredWorkbook.Result again = score(once.workbook());
            assertThat(again.problems()).isEqualTo(once.problems());
            assertThat(asked(again)).isEqualTo(asked(once)).isNotEmpty();
        }
    }

    private static List<Object> asked(ScoredWorkbook.Result of) {
        List<Object> asked = new ArrayList<>();
        of.answers().forEach(each -> asked.add(each.value().request().candidates()));
        return asked;
    }

    private static void workload(XSSFWorkbook book, String name) {
        Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type", "Model", "Concurrency");
        Workbooks.row(book.getSheet("Workload"), 2, name, "internal-tool", "llama-3.1-8b", 5);
    }

    static ScoredWorkbook.Result score(byte[] upload) {
        try {
            return ScoredWorkbook.score(upload, TestWorkspace.decider(), TODAY);
        } catch (quartermaster.workbook.read.UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }

    static XSSFWorkbook open(byte[] bytes) throws Exception {
        return new XSSFWorkbook(new ByteArrayInputStream(bytes));
    }

    /** As people see them, row by row. */
    private static List<String> texts(byte[] scored) throws Exception {
        List<String> texts = new ArrayList<>();
        DataFormatter shown = new DataFormatter();
        Consumer<XSSFSheet> add = sheet -> sheet.forEach(row -> row.forEach(cell -> {
            String text = cell.getCellType() == org.apache.poi.ss.usermodel.CellType.STRING
                    ? cell.getStringCellValue()
                    : shown.formatCellValue(cell);
            if (!text.isBlank()) {
                texts.add(text);
            }
        }));
        try (XSSFWorkbook book = open(scored)) {
            add.accept(book.getSheet("Summary"));
        }
        return texts;
    }
}
