package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.WorkbookFile;

class CommandsTest {
    private static final String CATALOGUE = "spreadsheets/catalogue.xlsx";
    private static final String POLICY = "rules/policy.xlsx";
    private static final String CASES = "rules/cases.xlsx";

    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void help_has_examples_and_every_command() {
        assertThat(terminal.run("--help")).isZero();
        assertThat(terminal.out())
                .contains("Examples:", "decide", "estimate", "check", "import-model", "sweep", "cat", "Exit codes:");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void the_version_is_the_program_s() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).isEqualToIgnoringNewLines("quartermaster test");
    }

    @Test
    void without_a_command_the_commands_are_named() {
        assertThat(terminal.run()).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("decide, estimate, check");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void a_misspelt_command_finds_its_neighbour() {
        assertThat(terminal.run("decdie", "x.json")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("There is no command decdie. Did you mean decide?");
    }

    @Test
    void a_misspelt_option_finds_its_neighbour() {
        assertThat(terminal.run("estimate", "--modle", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("There is no option --modle. Did you mean --model?", "estimate --help");
    }

    @Test
    void the_workspace_stands_before_or_after_the_command() {
        String elsewhere = TestWorkspace.FOLDER.toString();
        Terminal before = new Terminal(folder, folder.resolve("copy"));
        Terminal after = new Terminal(folder, folder.resolve("copy"));
        assertThat(before.run("--workspace", elsewhere, "check")).isZero();
        assertThat(after.run("check", "--workspace", elsewhere)).isZero();
        assertThat(before.out()).isEqualTo(after.out()).contains("Workspace " + elsewhere);
    }

    @Test
    void a_folder_without_rules_is_no_workspace() {
        assertThat(terminal.run("check", "--workspace", folder.toString())).isEqualTo(ExitCode.BROKEN_WORKSPACE);
        assertThat(terminal.err()).contains(folder + " is no workspace", "rules/policy.xlsx");
    }

    @Test
    void an_empty_volume_becomes_the_workspace_of_a_service_and_of_nothing_else() throws Exception {
        Workspaces workspaces = new Workspaces(folder, folder.resolve("copies"));
        Path volume =
                Files.createDirectories(folder.resolve("volume/lost+found")).getParent();
        Files.createDirectories(volume.resolve(".quartermaster"));

        assertThatThrownBy(() -> workspaces.find(volume, terminal.console())).hasMessageContaining("is no workspace");
        assertThat(workspaces.findOrLayOut(volume, terminal.console())).isEqualTo(volume);
        assertThat(workspaces.find(volume, terminal.console())).isEqualTo(volume);
        try (Stream<Path> there = Files.list(volume)) {
            assertThat(there.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("lost+found", ".quartermaster", "rules", "spreadsheets");
        }

        Path theirs = Files.createDirectories(folder.resolve("theirs"));
        Files.writeString(theirs.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> workspaces.findOrLayOut(theirs, terminal.console()))
                .hasMessageContaining("is no workspace");
    }

    @Test
    void outside_of_a_workspace_a_copy_is_laid_out_and_kept() throws IOException {
        Path copy = folder.resolve("home/.quartermaster/test");
        Terminal first = new Terminal(folder, copy);
        assertThat(first.run("check")).as(first.out() + first.err()).isZero();
        assertThat(first.err()).contains("Laid out a workspace into " + copy);
        assertThat(copy.resolve("rules/fit.drl"))
                .hasSameTextualContentAs(TestWorkspace.FOLDER.resolve("rules/fit.drl"));
        assertThat(copy.resolve("spreadsheets/catalogue.xlsx")).isRegularFile();
        try (Stream<Path> beside = Files.list(copy.getParent())) {
            assertThat(beside).containsExactly(copy);
        }

        Files.writeString(copy.resolve("rules/fit.drl"), "rule \"half\" when", StandardCharsets.UTF_8);
        Terminal second = new Terminal(folder, copy);
        assertThat(second.run("decide", "-")).isEqualTo(ExitCode.BROKEN_WORKSPACE);
        assertThat(second.err()).contains("The rules do not compile", "rules/fit.drl:1");
    }

    @Test
    void a_workbook_becomes_text() {
        assertThat(terminal.run("cat", "rules/policy.xlsx")).isZero();
        assertThat(terminal.out()).contains("Workload type: production");
    }

    @Test
    void a_file_that_is_no_workbook_is_unreadable_but_never_stops_a_diff() {
        assertThat(terminal.run("cat", "pom.xml")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).contains("pom.xml");
        assertThat(terminal.run("cat", "--for-diff", "pom.xml")).isZero();
        assertThat(terminal.out()).contains("pom.xml");
    }

    @Test
    void check_says_what_it_looked_at() {
        assertThat(terminal.run("check")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("ok     spreadsheets/catalogue.xlsx", "ok     rules/*.drl", "sha256:");
        Terminal json = Terminal.inRepository();
        assertThat(json.run("check", "--json")).isZero();
        assertThat(json.out()).startsWith("{\"workspace\":").contains("\"ok\":true");
    }

    @Test
    void check_says_what_is_odd_in_the_policy_and_what_cases_reach() {
        assertThat(terminal.run("check", "--verbose")).as(terminal.err()).isZero();
        assertThat(terminal.out())
                .containsPattern("ok     policy analysis +0 problems, \\d pieces of advice")
                .containsPattern("Model availability!A\\d+: Rows 2, 4, \\d+ above together match everything")
                .containsPattern("rows decided in cases: 1\\d\\d of 2\\d\\d; rules that spoke: (\\d+) of \\1")
                .containsPattern("holds {2}First is: .*\\n +found: ");
    }

    @Test
    void drafts_of_cases_go_into_a_file_of_their_own() {
        Path drafts = folder.resolve("drafts.xlsx");
        assertThat(terminal.run("check", "--json", "--write-cases", drafts.toString()))
                .as(terminal.err())
                .isZero();
        assertThat(drafts).isRegularFile();
        assertThat(terminal.err()).contains("drafts to " + drafts);
        assertThat(terminal.out()).contains("\"silent\":[{\"at\":\"rules/policy.xlsx ");
        assertThat(Terminal.inRepository().run("check", "--write-cases", drafts.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void drafts_of_cases_never_replace_the_cases() {
        assertThat(terminal.run("check", "--write-cases", CASES)).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains(CASES + " is there already");
    }

    @Test
    void a_row_that_never_decides_fails_the_check() throws IOException {
        copyRepository();
        try (XSSFWorkbook policy = new XSSFWorkbook(Files.newInputStream(TestWorkspace.FOLDER.resolve(POLICY)))) {
            XSSFSheet budget = policy.getSheet("Budget");
            for (int column : new int[] {0, 2, 4}) {
                budget.getRow(4).createCell(column).setCellValue("-");
            }
            budget.getRow(4).createCell(3).setCellValue("(110..120]"); // behind > 100
            budget.getRow(4).createCell(6).setCellValue(50); // no line, whose range would be that
            try (OutputStream to = Files.newOutputStream(folder.resolve(POLICY))) {
                policy.write(to);
            }
        }
        copyRules();
        Terminal here = new Terminal(folder, folder.resolve("copy"));
        int code = here.run("check");
        assertThat(code).as(here.out()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(here.out())
                .contains("wrong  policy analysis", "Budget!A5: Row 2 above matches everything")
                .contains("Example: Budget used (%)", "is decided by row 2.");
    }

    @Test
    void a_case_that_does_not_hold_is_shown_with_what_was_found() throws IOException {
        copyRepository();
        try (XSSFWorkbook cases = new XSSFWorkbook(Files.newInputStream(TestWorkspace.FOLDER.resolve(CASES)))) {
            demandNothingSuitable(cases.getSheet("Cases"));
            try (OutputStream to = Files.newOutputStream(folder.resolve(CASES))) {
                cases.write(to);
            }
        }
        Terminal here = new Terminal(folder, folder.resolve("copy")).withRulesOfRepository();
        assertThat(here.run("check")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(here.out()).contains("wrong  rules/cases.xlsx", "FAILS  Outcome: nothing-suitable", "found: ");
    }

    @Test
    void a_preference_that_does_not_hold_is_no_mistake_and_has_an_exit_code_of_its_own() throws IOException {
        copyRepository();
        try (XSSFWorkbook policy = new XSSFWorkbook(Files.newInputStream(TestWorkspace.FOLDER.resolve(POLICY)))) {
            for (String table : List.of("Fit", "Workload type", "Concurrency")) {
                preferNothing(policy.getSheet(table));
            }
            try (OutputStream to = Files.newOutputStream(folder.resolve(POLICY))) {
                policy.write(to);
            }
        }
        copyRules();
        Terminal here = new Terminal(folder, folder.resolve("copy"));

        assertThat(here.run("check")).isEqualTo(ExitCode.NEEDS_YES);

        assertThat(here.out())
                .containsPattern("yes\\?   rules/cases.xlsx +\\d+ cases hold; \\d+ preferences do not hold")
                .contains("FAILS  First is: ", "Wins now: ", "change what they expect in rules/cases.xlsx");
        Terminal json = new Terminal(folder, folder.resolve("copy"));
        assertThat(json.run("check", "--json")).isEqualTo(ExitCode.NEEDS_YES);
        assertThat(json.out()).contains("\"ok\":true,\"needsYes\":true");
    }

    /** Points of 0 wherever they are numbers. */
    private static void preferNothing(XSSFSheet table) {
        table.getRow(0).forEach(header -> {
            if (header.toString().equals("Points")) {
                table.forEach(row -> {
                    Cell points = row.getCell(header.getColumnIndex());
                    if (points != null && points.getCellType() == CellType.NUMERIC) {
                        points.setCellValue(0);
                    }
                });
            }
        });
    }

    @Test
    void a_sheet_that_does_not_import_is_named_with_its_cell() throws IOException {
        copyRepository();
        try (XSSFWorkbook catalogue = new XSSFWorkbook(Files.newInputStream(TestWorkspace.FOLDER.resolve(CATALOGUE)))) {
            catalogue.getSheet("Offers").getRow(1).getCell(0).setBlank();
            try (OutputStream to = Files.newOutputStream(folder.resolve(CATALOGUE))) {
                catalogue.write(to);
            }
        }
        Terminal here = new Terminal(folder, folder.resolve("copy"));
        assertThat(here.run("check")).isEqualTo(ExitCode.BROKEN_WORKSPACE);
        assertThat(here.out()).contains("wrong  spreadsheets/catalogue.xlsx", "Offers!A2", "ok     rules/policy.xlsx");
        assertThat(here.run("decide", "-")).isEqualTo(ExitCode.BROKEN_WORKSPACE);
        assertThat(here.err()).contains("The spreadsheets cannot be read", "Offers!A2");
    }

    @Test
    void marked_copies_show_the_problems_of_workbooks_and_those_of_rules_are_told_with_them() throws Exception {
        copyRepository();
        try (XSSFWorkbook policy = new XSSFWorkbook(Files.newInputStream(TestWorkspace.FOLDER.resolve(POLICY)))) {
            policy.getSheet("Budget").getRow(1).createCell(1).setCellValue("a lot");
            try (OutputStream to = Files.newOutputStream(folder.resolve(POLICY))) {
                policy.write(to);
            }
        }
        Files.writeString(
                folder.resolve("rules/own.drl"),
                "package quartermaster.rules\nrule \"half\" when\n",
                StandardCharsets.UTF_8);
        Terminal here = new Terminal(folder, folder.resolve("copy"));
        assertThat(here.run("check", "--marked", "marked")).isEqualTo(ExitCode.BROKEN_WORKSPACE);
        assertThat(here.out()).contains("Budget!B2: Found (a lot)", "rules/own.drl:2: The rule \"half\"");
        assertThat(here.err()).contains("policy-marked.xlsx");
        assertThat(folder.resolve("marked")).isDirectoryContaining("glob:**/policy-marked.xlsx");
        WorkbookFile copy = WorkbookFile.open(folder.resolve("marked/policy-marked.xlsx"));
        assertThat(copy.findSheet("Problems")).isPresent();
    }

    @Test
    void the_template_is_a_workbook_that_never_replaces_one_unasked() throws Exception {
        Terminal here = new Terminal(folder, folder.resolve("copy")).withRulesOfRepository();
        String workspace = TestWorkspace.FOLDER.toString();
        assertThat(here.run("template", "--workspace", workspace)).isZero();
        WorkbookFile template = WorkbookFile.open(folder.resolve("candidates.xlsx"));
        assertThat(template.findSheet("Workload")).isPresent();
        assertThat(template.findSheet("Candidates")).isPresent();
        assertThat(here.run("template", "--workspace", workspace)).isEqualTo(ExitCode.USAGE);
        assertThat(here.run("template", "--workspace", workspace, "-o", "candidates.xlsx"))
                .isZero();
    }

    @Test
    void a_port_that_is_taken_is_said_so() {
        Program.Service taken = (folder, listening, keep) -> {
            throw new IllegalStateException("Port is in use", new BindException());
        };
        assertThat(terminal.withService(taken).run("serve", "--port", "8081")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("127.0.0.1:8081", "--port N");
    }

    @Test
    void other_names_of_the_service_are_names_and_nothing_else() {
        List<String> allowed = new ArrayList<>();
        Program.Service service = (folder, listening, keep) -> {
            allowed.addAll(listening.allowedHosts());
            throw new IllegalStateException("it need not go on for ever", new BindException());
        };
        terminal.withService(service)
                .run("serve", "--allowed-host", "quartermaster.example", "--allowed-host", "[fd00::7]");
        assertThat(allowed).containsExactly("quartermaster.example", "[fd00::7]");
        for (String wrong : List.of("https://quartermaster.example", "quartermaster.example:8080", "*", "")) {
            assertThat(terminal.run("serve", "--allowed-host", wrong)).isEqualTo(ExitCode.USAGE);
            assertThat(terminal.err()).contains("--allowed-host (" + wrong + ") must be a name");
        }
    }

    @Test
    void no_address_that_others_reach_is_listened_on_without_keys() {
        assertThat(terminal.run("serve", "--host", "0.0.0.0")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("Others reach 0.0.0.0", "--keys FILE", "--insecure");

        List<Program.Listening> begun = new ArrayList<>();
        Terminal listening = terminal.withService((folder, where, keep) -> {
            begun.add(where);
            throw new IllegalStateException("it need not go on for ever", new BindException());
        });
        listening.run("serve", "--host", "0.0.0.0", "--insecure");
        listening.run("serve", "--host", "localhost");
        assertThat(begun).extracting(Program.Listening::host).containsExactly("0.0.0.0", "localhost");
    }

    @Test
    void keys_are_read_before_anybody_is_let_in() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "ann 5e88 decide\n");
        assertThat(terminal.run("serve", "--keys", file.toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("keys:1: The second part is no SHA-256", "sha256sum");

        assertThat(terminal.run("serve", "--keys", "nowhere")).isEqualTo(ExitCode.UNREADABLE);

        Files.writeString(file, "ann " + "5e88".repeat(16) + " decide,operate\n");
        List<Program.Listening> begun = new ArrayList<>();
        terminal.withService((folder, where, keep) -> {
                    begun.add(where);
                    throw new IllegalStateException("it need not go on for ever", new BindException());
                })
                .run("serve", "--host", "0.0.0.0", "--keys", file.toString(), "--health-port", "9090");
        assertThat(begun).hasSize(1);
        assertThat(begun.get(0).keys().isEmpty()).isFalse();
        assertThat(begun.get(0).healthPort()).isEqualTo(9090);
    }

    @Test
    void decisions_are_kept_for_a_day_at_least() {
        assertThat(terminal.run("serve", "--keep-decisions", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("--keep-decisions (0) must be 1 or more days.");
    }

    private void copyRules() throws IOException {
        try (Stream<Path> files = Files.list(TestWorkspace.FOLDER.resolve("rules"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".drl")).toList()) {
                Files.copy(file, folder.resolve("rules").resolve(file.getFileName()));
            }
        }
    }

    private void copyRepository() throws IOException {
        for (String file : List.of(CATALOGUE, POLICY, CASES)) {
            Path to = folder.resolve(file);
            Files.createDirectories(to.getParent());
            Files.copy(TestWorkspace.FOLDER.resolve(file), to);
        }
    }

    private static void demandNothingSuitable(XSSFSheet cases) {
        Row header = cases.getRow(cases.getFirstRowNum());
        for (Cell cell : header) {
            if (cell.getStringCellValue().equals("Outcome")) {
                Row truth = cases.getRow(header.getRowNum() + 2);
                truth.getCell(cell.getColumnIndex(), Row.MissingCellPolicy.CREATE_NULL_AS_BLANK)
                        .setCellValue("nothing-suitable");
            }
        }
    }
}
