package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;

/** A workbook of openpyxl comes in, and openpyxl finds in ours what we wrote; it runs where openpyxl is installed. */
@EnabledIf("isInstalled")
class OpenpyxlTest {
    private static final Path SCRIPT = Path.of("src/test/resources/workbooks/openpyxl_workbook.py");

    @TempDir
    private Path folder;

    static boolean isInstalled() throws IOException, InterruptedException {
        Path python = Path.of("/usr/bin/python3");
        return Files.isExecutable(python)
                && new ProcessBuilder(python.toString(), "-c", "import openpyxl")
                                .start()
                                .waitFor()
                        == 0;
    }

    @Test
    void what_it_wrote_stays_and_what_we_wrote_is_found() throws Exception {
        Path theirs = folder.resolve("theirs.xlsx");
        run("write", theirs);
        ScoredWorkbook.Result result =
                ScoredWorkbook.score(Files.readAllBytes(theirs), TestWorkspace.decider(), LocalDate.of(2026, 11, 22));
        Path scored = Files.write(folder.resolve("scored.xlsx"), result.workbook());
        List<String> found = run("tell", scored);
        assertThat(result.problems()).isEmpty();
        assertThat(found)
                .contains("sheet\tMine", "Mine charts\t1", "Mine tables\t1", "Candidates validations\t1")
                .contains("Candidates!C2\tAnn", "Candidates!E1\tTwice", "formula E2\t=B2*2", "freeze\tA2")
                .contains("format D2\tdd.mm.yyyy", "fill C2\tFFD9EAD3", "Candidates!D2\t2026-03-01 00:00:00")
                .contains("Recommendations tables\t1", "Explanation tables\t1", "Charts charts\t6")
                .contains("Recommendations notes\t12", "Candidates notes\t1", "Candidates rules\t3");
        Decision decision = result.answers().get(0).value();
        for (Recommendation each : decision.ranked()) {
            int row = each.assessment().deployment().group() + 2;
            assertThat(Double.parseDouble(value(found, "Candidates!I" + row))).isCloseTo(each.score(), within(1e-9));
            assertThat(value(found, "Candidates!U" + row))
                    .startsWith(each.assessment().hardware().name());
        }
    }

    private static String value(List<String> found, String what) {
        return found.stream()
                .filter(line -> line.startsWith(what + "\t"))
                .findFirst()
                .orElseThrow()
                .substring(what.length() + 1);
    }

    private List<String> run(String what, Path file) throws IOException, InterruptedException {
        Path out = folder.resolve(what + ".txt");
        Process process = new ProcessBuilder("/usr/bin/python3", SCRIPT.toString(), what, file.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = new ArrayList<>(Files.readAllLines(out, StandardCharsets.UTF_8));
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }
}
