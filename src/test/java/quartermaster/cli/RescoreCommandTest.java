package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.json.RequestWriter;
import quartermaster.json.RescoreLines;
import quartermaster.ledger.KeptDecision;
import quartermaster.ledger.Ledger;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workspace.LogLine;
import quartermaster.workspace.Rescore;
import quartermaster.workspace.Workspace;
import quartermaster.workspace.WorkspaceFiles;

/** The log under a draft that prefers what is cheap. */
class RescoreCommandTest {
    private static final int DECISIONS = 100;

    @TempDir
    private Path folder;

    private static Path workspace;

    @BeforeAll
    static void keepDecisions() throws Exception {
        workspace = TestWorkspace.copy();
        try (Ledger ledger = Ledger.open(workspace.resolve(Workspace.OWN))) {
            String small = "{\"hardware\": \"nvidia-rtx-4090\", \"engine\": \"vllm\", \"quantization\": \"fp8\","
                    + " \"devices\": 1, \"acquisition\": \"buy\"}";
            Decision two = decision("[{\"hardware\": \"nvidia-rtx-4090\"}, {\"hardware\": \"nvidia-h100-sxm-80gb\"}]");
            Decision one = decision("[" + small + "]");
            for (int i = 0; i < DECISIONS; i++) {
                Decision decision = i % 2 == 0 ? two : one;
                String request =
                        i == 7 ? "{\"workload\": {\"kind\": \"of old\"}}" : RequestWriter.write(decision.asked());
                ledger.record(new KeptDecision(
                        String.format("decision %03d", i),
                        TestWorkspace.NOW.minusSeconds(DECISIONS - i),
                        decision.versions().workspace(),
                        request,
                        DecisionWriter.write(decision, null),
                        TestWorkspace.TODAY,
                        Duration.ofMillis(1),
                        null));
            }
            ledger.record(new KeptDecision(
                    "of later", TestWorkspace.NOW, "v", "{}", "{}", TestWorkspace.TODAY, Duration.ofMillis(1), null));
        }
    }

    private static Decision decision(String candidates) throws Exception {
        String request =
                "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"llama-3.1-8b\", \"labels\": [\"chat\"]},"
                        + " \"candidates\": " + candidates + "}";
        return TestWorkspace.decider()
                .decide(RequestReader.read(request, TestWorkspace.TODAY)
                        .requests()
                        .get(0))
                .value();
    }

    @Test
    void the_log_outside_of_the_ledger_is_decided_again_as_inside() throws Exception {
        Path out = folder.resolve("rescored.ndjson");
        assertThat(terminal().run("rescore", "--policy", draft().toString(), "-o", out.toString()))
                .isZero();
        Path log = folder.resolve("log.ndjson");
        Terminal terminal = terminal();
        assertThat(terminal.run("log", "-o", log.toString())).as(terminal.err()).isZero();
        List<String> kept = Files.readAllLines(log);
        assertThat(kept).hasSize(DECISIONS);
        assertThat(terminal().run("log", "--since", "2999-01-01")).isZero();

        Workspace.Setting setting = Workspace.Setting.of(folder, "test", () -> TestWorkspace.NOW);
        WorkspaceFiles files = WorkspaceFiles.read(workspace);
        Workspace.Loaded now = Workspace.load(files, null, setting).value();
        Workspace.Loaded drafted = Workspace.load(
                        files.with(Map.of(Workspace.POLICY, Files.readAllBytes(draft()))), null, setting)
                .value();
        Rescore rescore = new Rescore(now, drafted, Instant.EPOCH, TestWorkspace.NOW, () -> {});
        List<String> again = kept.stream()
                .map(line -> rescore.line(LogLine.read(line).orElseThrow()))
                .toList();
        assertThat(again).isEqualTo(Files.readAllLines(out).subList(1, DECISIONS + 1));
        assertThat(LogLine.read("{\"id\": 7}")).isEmpty();
        assertThat(LogLine.read("no JSON")).isEmpty();
        assertThat(LogLine.unreadable("no JSON")).contains("no JSON", "expected a line of the log");
    }

    @Test
    void it_is_said_who_wins_now_by_how_much_and_by_which_row_and_goes_on_where_it_ended() throws Exception {
        Path out = folder.resolve("rescored.ndjson");
        Terminal terminal = terminal();
        assertThat(terminal.run("rescore", "--policy", draft().toString(), "-o", out.toString()))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .contains(
                        "Of 100 decisions 99 would be answered differently, 50 of them with another winner; 50 have another")
                .contains("1 cannot be decided any more");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(DECISIONS + 2);
        RescoreLines.Line first = RescoreLines.Line.parse(lines.get(1)).orElseThrow();
        assertThat(first.decisionId()).isEqualTo("decision 000");
        assertThat(first.labels()).isEqualTo("chat");
        assertThat(first.changesWinner()).isTrue();
        assertThat(first.answered().candidate()).isEqualTo(first.before().candidate());
        assertThat(first.after().lead()).isPositive();
        assertThat(first.because()).contains("was no candidate before");
        assertThat(RescoreLines.Line.parse(lines.get(2)).orElseThrow().because())
                .contains("fit ", "rules/policy.xlsx Fit!", "Points");
        assertThat(RescoreLines.Line.parse(lines.get(2)).orElseThrow().changesWinner())
                .isFalse();
        assertThat(RescoreLines.Line.parse(lines.get(8)).orElseThrow().problem())
                .contains("kind");

        byte[] whole = Files.readAllBytes(out);
        String text = new String(whole, StandardCharsets.UTF_8);
        Files.writeString(out, text.substring(0, text.indexOf("decision 070") + 30)); // killed
        Terminal again = terminal();
        assertThat(again.run("rescore", "--policy", draft().toString(), "-o", out.toString()))
                .isZero();
        assertThat(again.err()).contains("Going on after 70 of 100 decisions");
        assertThat(again.out()).isEqualTo(terminal.out());
        assertThat(out).hasBinaryContent(whole);
    }

    @Test
    void it_becomes_a_workbook() throws Exception {
        Path out = folder.resolve("rescored.xlsx");
        assertThat(terminal().run("rescore", "--policy", draft().toString(), "-o", out.toString()))
                .isZero();
        try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(out))) {
            assertThat(book.getSheet("Other winners").getLastRowNum()).isEqualTo(50);
            assertThat(book.getSheet("From and to").getRow(1).getCell(2).getNumericCellValue())
                    .isEqualTo(50);
            assertThat(book.getSheet("Not decided").getLastRowNum()).isEqualTo(1);
            assertThat(book.getSheet("Summary").getRow(1).getCell(1).getNumericCellValue())
                    .isEqualTo(100);
        }
        assertThat(folder.resolve("rescored.xlsx.ndjson")).doesNotExist();
    }

    @Test
    void what_is_wrong_is_said_before_anything_is_decided() throws Exception {
        Terminal terminal = terminal();
        assertThat(terminal.run("rescore", "-o", folder.resolve("out.csv").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains(".ndjson or .xlsx");
        assertThat(terminal().run("rescore", "--since", "yesterday")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal().run("rescore", "--database", "jdbc:mysql://db/x")).isEqualTo(ExitCode.USAGE);
        Terminal without = new Terminal(TestWorkspace.copy(), folder);
        assertThat(without.run("rescore")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(without.err()).contains("No decisions are kept");
    }

    private Terminal terminal() {
        return new Terminal(workspace, folder);
    }

    private Path draft() throws Exception {
        byte[] policy = TestWorkspace.loaded().files().find(Workspace.POLICY).orElseThrow();
        Path draft = folder.resolve("draft.xlsx");
        Files.write(draft, Workbooks.changed(policy, book -> {
            for (String sheet : List.of("Fit", "Workload type", "Concurrency", "Budget")) {
                turnRound(book, sheet);
            }
        }));
        return draft;
    }

    /** What had many points has few. */
    private static void turnRound(XSSFWorkbook book, String sheet) {
        for (Cell head : book.getSheet(sheet).getRow(0)) {
            if (head.toString().equals("Points")) {
                book.getSheet(sheet).forEach(row -> {
                    Cell cell = row.getCell(head.getColumnIndex());
                    if (cell != null && cell.getCellType() == CellType.NUMERIC) {
                        cell.setCellValue(100 - cell.getNumericCellValue());
                    }
                });
            }
        }
    }
}
