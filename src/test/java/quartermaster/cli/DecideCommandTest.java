package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.cli.report.Console;
import quartermaster.workbook.read.WorkbookFile;

class DecideCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = """
            {"workload": {"name": "chat", "type": "production", "model": "llama-3.1-70b", "concurrency": 200},
             "budget": {"monthlyUsd": 30000},
             "candidates": [{"hardware": "H100 SXM", "acquisition": "rent"}, {"hardware": "mac-studio-m5-max-40c-gpu-128gb"}]}
            """;

    private static final String EXAMPLE = "spreadsheets/candidates.xlsx";

    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void a_request_becomes_a_ranking_that_fits_the_terminal() {
        assertThat(terminal.withInput(CHAT).run("decide", "-")).isZero();
        assertThat(terminal.out())
                .startsWith("chat: rent ")
                .contains("NVIDIA H100", "vllm", "ruled-out", "Mac Studio M5 Max", "Assumed: ");
        assertThat(terminal.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Console.WIDTH));
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void verdicts_have_colours_where_they_are_wanted() {
        assertThat(terminal.withInput(CHAT).withColours().run("decide", "-")).isZero();
        assertThat(terminal.out()).contains("\u001b[31m");
    }

    @Test
    void a_batch_is_an_array_whose_wrong_elements_are_problems() throws Exception {
        String batch = "[" + CHAT + ", {\"workload\": {\"type\": \"productio\"}}]";
        assertThat(terminal.withInput(batch).run("decide", "-", "--json")).isZero();
        JsonNode answers = JSON.readTree(terminal.out());
        assertThat(answers).hasSize(2);
        assertThat(answers.at("/0/outcome").asText()).isEqualTo("recommended");
        assertThat(answers.at("/1/errors/0/at").asText()).isEqualTo("/workload/type");
        assertThat(terminal.err()).contains("Problem at /1/workload/type", "Did you mean production?");
    }

    @Test
    void nothing_suitable_is_an_answer_with_its_own_exit_code() {
        String tooDear = CHAT.replace("30000", "300");
        assertThat(terminal.withInput(tooDear).run("decide", "-")).isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(terminal.out()).startsWith("chat: nothing is suitable. ");
    }

    @Test
    void a_request_that_cannot_be_understood_is_unreadable_with_all_its_problems() {
        String wrong = "{\"workload\": {\"type\": \"batch\", \"modle\": \"x\", \"inputTokens\": \"many\"}}";
        assertThat(terminal.withInput(wrong).run("decide", "-")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("/workload/modle", "/workload/inputTokens");
        assertThat(terminal.out()).isBlank();
    }

    @Test
    void what_is_no_json_is_unreadable() {
        assertThat(terminal.withInput("{nonsense").run("decide", "-")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("is not JSON. Line 1, column");
    }

    @Test
    void a_missing_file_is_unreadable() {
        assertThat(terminal.run("decide", "nowhere.xlsx")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("There is no file nowhere.xlsx");
    }

    @Test
    void the_limit_and_the_day_of_the_command_line_win() throws Exception {
        String open =
                "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"qwen3.6-35b-a3b\"}, \"asOf\": \"2026-10-01\", \"limit\": 30}";
        assertThat(terminal.withInput(open).run("decide", "-", "--json", "--limit", "1", "--as-of", "2026-11-01"))
                .isZero();
        JsonNode answer = JSON.readTree(terminal.out());
        assertThat(answer.at("/asOf").asText()).isEqualTo("2026-11-01");
        assertThat(answer.at("/recommendations").size()).isBetween(1, 4); // the first one and the picks
        assertThat(Terminal.inRepository().withInput(open).run("decide", "-", "--limit", "0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(Terminal.inRepository().withInput(open).run("decide", "-", "--as-of", "soon"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void the_answer_is_written_where_it_is_wanted() throws Exception {
        Path file = folder.resolve("answer.json");
        assertThat(terminal.withInput(CHAT).run("decide", "-", "-o", file.toString()))
                .isZero();
        assertThat(JSON.readTree(file.toFile()).at("/workload/name").asText()).isEqualTo("chat");
        assertThat(terminal.err()).contains("Wrote " + file);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void an_answer_is_not_written_to_a_folder_that_is_not_there() {
        String nowhere = folder.resolve("none/answer.json").toString();
        assertThat(terminal.withInput(CHAT).run("decide", "-", "-o", nowhere)).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("is there such a folder?");
    }

    @Test
    void json_does_not_come_back_as_a_workbook() {
        String file = folder.resolve("scored.xlsx").toString();
        assertThat(terminal.withInput(CHAT).run("decide", "-", "-o", file)).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("Only a workbook comes back as a workbook");
    }

    @Test
    void five_workloads_are_five_lines() {
        assertThat(terminal.run("decide", EXAMPLE)).isZero();
        List<String> lines = terminal.out().lines().toList();
        assertThat(lines).hasSize(1 + 5 + 2);
        assertThat(lines.get(0)).startsWith("Workload ").contains("Need", "At once", "A month", "First year");
        assertThat(lines.get(3)).startsWith("Support chat").containsPattern("(buy|rent) .* \\(.*\\), 20 .*\\$");
        assertThat(lines.get(7)).contains("--details");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Console.WIDTH));
    }

    @Test
    void a_terminal_of_80_columns_gets_lines_of_80_characters() {
        assertThat(terminal.withWidth(80).run("decide", EXAMPLE, "--details")).isZero();
        assertThat(terminal.out()).contains("Support chat", "A month", "Assumed: ");
        assertThat(terminal.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void a_workbook_comes_back_scored_and_its_ranking_is_printed() throws Exception {
        Path scored = folder.resolve("scored.xlsx");
        assertThat(terminal.run("decide", EXAMPLE, "--details", "-o", scored.toString()))
                .isZero();
        assertThat(terminal.out()).contains("Assumed: ", "tok/s");
        assertThat(terminal.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Console.WIDTH));
        assertThat(terminal.err()).contains("Wrote " + scored);
        WorkbookFile result = WorkbookFile.open(scored);
        assertThat(result.findSheet("Recommendations")).isPresent();
        assertThat(result.findSheet("Workload")).isPresent();
    }

    @Test
    void a_scored_workbook_may_replace_its_input_when_it_is_named() throws Exception {
        Path own = workbook(2, 6);
        byte[] before = Files.readAllBytes(own);
        assertThat(terminal.run("decide", own.toString())).isZero();
        assertThat(own).hasBinaryContent(before);
        assertThat(terminal.run("decide", own.toString(), "-o", own.toString())).isZero();
        assertThat(WorkbookFile.open(own).findSheet("Recommendations")).isPresent();
    }

    @Test
    void a_workbook_s_json_is_an_array_in_the_order_of_its_sheet() throws Exception {
        assertThat(terminal.run("decide", workbook(2, 6).toString(), "--json", "--limit", "1"))
                .isZero();
        JsonNode answers = JSON.readTree(terminal.out());
        assertThat(answers.isArray()).isTrue();
        assertThat(answers.size()).isGreaterThan(1);
        assertThat(answers)
                .allSatisfy(
                        each -> assertThat(each.at("/recommendations").size()).isBetween(0, 4));
    }

    @Test
    void a_workbook_and_json_have_the_same_headline_for_the_same_request() throws Exception {
        Path file = folder.resolve("same.xlsx");
        try (XSSFWorkbook book = new XSSFWorkbook();
                OutputStream to = Files.newOutputStream(file)) {
            XSSFSheet sheet = book.createSheet("Workload");
            fill(sheet, 0, "Type", "Model", "Named users");
            fill(sheet, 1, "internal-tool", "llama-3.1-8b");
            sheet.getRow(1).createCell(2).setCellValue(12);
            book.write(to);
        }
        String request = """
                {"workload": {"type": "internal-tool", "model": "llama-3.1-8b", "namedUsers": 12}}""";
        terminal.withInput(request).run("decide", "-", "--json");
        String headline = JSON.readTree(terminal.out()).get("headline").asText();
        assertThat(headline).as("rests on advice").contains("people");
        String printed = "internal-tool: " + Character.toLowerCase(headline.charAt(0)) + headline.substring(1);
        Terminal json = Terminal.inRepository().withInput(request);
        json.run("decide", "-");
        assertThat(json.out().replaceAll("\\s+", " ")).startsWith(printed);
        Terminal workbook = Terminal.inRepository();
        Path scored = folder.resolve("same-scored.xlsx");
        workbook.run("decide", file.toString(), "-o", scored.toString());
        assertThat(workbook.out().replaceAll("\\s+", " ")).contains(". " + printed + " # Verdict");
        try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(scored))) {
            List<String> texts = new ArrayList<>();
            book.forEach(sheet -> sheet.forEach(row -> row.forEach(cell -> texts.add(cell.toString()))));
            assertThat(texts).contains(headline);
        }
    }

    @Test
    void a_damaged_workbook_is_unreadable() throws Exception {
        Path damaged = Files.writeString(folder.resolve("damaged.xlsx"), "no workbook");
        assertThat(terminal.run("decide", damaged.toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("damaged.xlsx");
    }

    @Test
    void a_long_table_comes_back_in_a_workbook_of_its_own() throws Exception {
        Path upload = workbook(1, 2_001);
        Path scored = folder.resolve("scored.xlsx");
        assertThat(terminal.run("decide", upload.toString(), "-o", scored.toString()))
                .isZero();
        assertThat(terminal.err()).contains("2,001 candidates and is too large to write results into it");
        assertThat(terminal.out()).contains("RTX 4090");
        assertThat(WorkbookFile.open(scored)
                        .findSheet("Candidates")
                        .orElseThrow()
                        .rows())
                .hasSize(2_002);
    }

    private Path workbook(int workloads, int candidates) throws IOException {
        Path file = folder.resolve("own.xlsx");
        try (XSSFWorkbook book = new XSSFWorkbook();
                OutputStream to = Files.newOutputStream(file)) {
            fill(book.createSheet("Workload"), 0, "Type", "Model");
            for (int i = 1; i <= workloads; i++) {
                fill(book.getSheet("Workload"), i, "evaluation", "llama-3.1-8b");
            }
            fill(book.createSheet("Candidates"), 0, "Hardware", "Owner");
            for (int i = 1; i <= candidates; i++) {
                fill(book.getSheet("Candidates"), i, "nvidia-rtx-4090", "owner " + i);
            }
            book.write(to);
        }
        return file;
    }

    private static void fill(XSSFSheet sheet, int row, String... texts) {
        for (String text : texts) {
            XSSFRow there = sheet.getRow(row) == null ? sheet.createRow(row) : sheet.getRow(row);
            there.createCell(Math.max(0, there.getLastCellNum())).setCellValue(text);
        }
    }
}
