package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workspace.Workspace;

/** Workbooks that were made before the program took its judgements from sheets go on deciding. */
class OlderWorkspaceTest {
    private static final Pattern LATER_DEFAULTS =
            Pattern.compile("(widening|spread|weightOf\\w+)\\..*|linkShare\\.\\w+|lossOf.*"
                    + "|\\w+MayGrow|\\w+UsableShare|queueAtP95|sizedForTimesAlone|fullMachineIsFine|osReserveShare");
    private static final Pattern LATER_THRESHOLDS = Pattern.compile("(plan|growth|sure|questions): .*");
    private static final String ANY =
            ", \"explain\": \"none\""; // and no advice: it would be asked for of the whole catalogue
    private static final String NAMED = ", \"candidates\": [{\"hardware\": \"nvidia-h100-sxm-80gb\"},"
            + " {\"hardware\": \"nvidia-rtx-4090\", \"devices\": 4}, {\"hardware\": \"mac-studio-m3-ultra-80c-gpu-256gb\"}]";
    private static final List<String> REQUESTS = List.of(
            request("internal-tool", "\"namedUsers\": 30", ANY),
            request("production", "\"model\": \"gpt-oss-120b\", \"concurrency\": 16", NAMED));
    private static final Map<String, byte[]> OLDER = older();

    @Test
    void it_decides_as_the_present_one_does_and_says_what_it_took_from_the_program() throws Exception {
        Path folder = olderFolder();
        try (ServerUnderTest present = new ServerUnderTest(TestWorkspace.copy(), LIMITS);
                ServerUnderTest older = new ServerUnderTest(folder, LIMITS)) {
            JsonNode status = json(older.get("/status"));
            assertThat(status.at("/takenFromProgram").findValuesAsText("message"))
                    .hasSizeGreaterThan(40)
                    .contains(
                            "Defaults has no row \"lossOfSplitting\"; the usual 0.2 is taken.",
                            "Thresholds has no row \"sure: coin flip\"; the usual 60 is taken.",
                            "Hardware has no column Data centre; that of the program is taken.");
            assertThat(json(present.get("/status")).has("takenFromProgram")).isFalse();
            for (String request : REQUESTS) {
                JsonNode answer =
                        json(older.post("/decide", "application/json", request.getBytes(StandardCharsets.UTF_8)));
                assertThat(answer.at("/assumptions").findValuesAsText("value"))
                        .contains("the program's in "
                                + status.at("/takenFromProgram").size() + " rows or columns");
                assertThat(comparable(answer))
                        .isEqualTo(comparable(json(present.post(
                                "/decide", "application/json", request.getBytes(StandardCharsets.UTF_8)))));
            }
        }
    }

    @Test
    void what_it_decided_is_decided_again_by_its_version() throws Exception {
        Path folder = olderFolder();
        String decision;
        try (ServerUnderTest server = new ServerUnderTest(folder, LIMITS)) {
            decision = json(server.post(
                            "/decide", "application/json", REQUESTS.get(1).getBytes(StandardCharsets.UTF_8)))
                    .at("/decisionId")
                    .asText();
        }
        for (String name : List.of(Workspace.CATALOGUE, Workspace.POLICY)) {
            Files.copy(TestWorkspace.FOLDER.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        try (ServerUnderTest server = new ServerUnderTest(folder, LIMITS)) {
            assertThat(json(server.get("/status")).has("takenFromProgram")).isFalse();
            JsonNode replay = json(server.post("/decisions/" + decision + "/replay", "application/json", new byte[0]));
            assertThat(replay.at("/same").asBoolean()).as(replay.toString()).isTrue();
        }
    }

    private static String request(String type, String says, String more) {
        return "{\"workload\": {\"type\": \"" + type + "\", " + says + "}, \"asOf\": \"2026-11-22\"" + more + "}";
    }

    /** Without what is new each time, and what differs on purpose. */
    private static JsonNode comparable(JsonNode answer) {
        ObjectNode fields = answer.deepCopy();
        return fields.remove(List.of("decisionId", "decidedAt", "versions", "assumptions"));
    }

    private static Path olderFolder() throws IOException {
        Path folder = TestWorkspace.copy();
        for (Map.Entry<String, byte[]> file : OLDER.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    private static Map<String, byte[]> older() {
        byte[] catalogue = changed(Workspace.CATALOGUE, book -> {
            removeRows(book.getSheet("Defaults"), LATER_DEFAULTS);
            removeColumn(book.getSheet("Hardware"), "Data centre");
            removeColumn(book.getSheet("Hardware"), "Generation");
            removeColumn(book.getSheet("Hardware"), "Tier");
            removeColumn(book.getSheet("Hardware"), "Size (mm)");
            removeColumn(book.getSheet("Hardware"), "Size source");
            removeColumn(book.getSheet("Hardware"), "Low-bit share");
            removeColumn(book.getSheet("Engines"), "Prompts first");
            removeColumn(book.getSheet("Engines"), "Reserves answers");
            removeColumn(book.getSheet("Engines"), "Max sequences on small devices");
            removeColumn(book.getSheet("Engines"), "Micro batch on small devices (tokens)");
            removeColumn(book.getSheet("Engines"), "Small settings on");
            removeColumn(book.getSheet("Measurements"), "Batch wait (steps)");
            removeColumn(book.getSheet("Hosts"), "Server room");
            removeColumn(book.getSheet("Quantizations"), "Large from (B parameters)");
            removeColumn(book.getSheet("Quantizations"), "Bits per weight beside experts");
            removeColumn(book.getSheet("Quantizations"), "File size from");
            removeColumn(book.getSheet("Quantizations"), "Share of 8-bit peak");
            removeColumn(book.getSheet("Engines"), "KV cache at low precision");
            removeColumn(book.getSheet("Engines"), "Activation small below (GiB)");
        });
        byte[] policy = changed(Workspace.POLICY, book -> removeRows(book.getSheet("Thresholds"), LATER_THRESHOLDS));
        return Map.of(Workspace.CATALOGUE, catalogue, Workspace.POLICY, policy);
    }

    private static byte[] changed(String name, Consumer<XSSFWorkbook> change) {
        try {
            return Workbooks.changed(Files.readAllBytes(TestWorkspace.FOLDER.resolve(name)), change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeRows(XSSFSheet sheet, Pattern names) {
        for (int i = sheet.getLastRowNum(); i > 0; i--) {
            Row row = sheet.getRow(i);
            if (row != null
                    && row.getCell(0) != null
                    && names.matcher(row.getCell(0).getStringCellValue()).matches()) {
                sheet.removeRow(row);
            }
        }
    }

    private static void removeColumn(XSSFSheet sheet, String header) {
        int column = -1;
        for (Cell cell : sheet.getRow(0)) {
            column = cell.getStringCellValue().equals(header) ? cell.getColumnIndex() : column;
        }
        for (Row row : sheet) {
            if (row.getCell(column) != null) {
                row.removeCell(row.getCell(column));
            }
        }
    }
}
