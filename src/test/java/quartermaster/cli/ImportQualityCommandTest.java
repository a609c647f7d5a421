package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.catalogue.Catalogue;
import quartermaster.quality.TestResult;
import quartermaster.workbook.knowledge.CatalogueReader;
import quartermaster.workbook.read.WorkbookFile;

class ImportQualityCommandTest {
    private static final String WIDE =
            "Model,MMLU-Pro,Rank\nQwen/Qwen3-32B,0.71,1\nGemma 4 12B it,0.772,2\nfoo-99b,0.1,3\n";

    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void a_table_of_models_and_benchmarks_shows_what_was_taken_for_what_and_writes_nothing() throws Exception {
        assertThat(run("wide.csv", WIDE, "--as-of", "2026-11-20", "--unit", "share"))
                .isZero();
        assertThat(terminal.out()).containsPattern("new +qwen3-32b +MMLU-Pro +not stated +71 +default +2026-11-20");
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("\"Gemma 4 12B it\" is taken for gemma-4-12b.")
                .contains("Not read of wide.csv, because no benchmark of the sheet Benchmarks is called so: rank.")
                .contains("so they count with what vendors report without one: MMLU-Pro. Say --benchmark-version")
                .contains("wide.csv:4: The catalogue has no model \"foo-99b\".")
                .contains("Nothing was written; --write puts 2 rows into the sheet Quality");
    }

    @Test
    void scores_that_may_be_shares_are_no_percent() throws Exception {
        assertThat(run("wide.csv", WIDE, "--as-of", "2026-11-20")).isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("All scores of MMLU-Pro lie between 0 and 1: say --unit share or --unit percent.");
    }

    @Test
    void a_score_of_json_that_stands_there_is_changed_in_its_row() throws Exception {
        String scores = """
                {"results": [
                  {"model": "Qwen/Qwen3.6-27B", "benchmark": "SWE-bench Verified", "version": "reporter's own harness",
                   "score": 50.5, "date": "2026-06-01", "reported_by": "vendor"},
                  {"model": "Qwen/Qwen3.6-27B", "benchmark": "GPQA", "version": "Diamond", "mode": "loud", "score": 80,
                   "date": "2026-06-01"}]}
                """;
        Path copy = folder.resolve("copy.xlsx");
        assertThat(run("scores.json", scores, "-o", copy.toString())).isZero();
        assertThat(terminal.out()).containsPattern("changed +qwen3.6-27b");
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("scores.json#/1: Found the mode \"loud\"; expected default, thinking or non-thinking.")
                .contains("Wrote the catalogue with 1 row");
        Catalogue written = Objects.requireNonNull(
                CatalogueReader.read(WorkbookFile.open(Files.readAllBytes(copy), "catalogue.xlsx"))
                        .value());
        assertThat(written.rows(TestResult.class))
                .filteredOn(each -> each.model().equals("qwen3.6-27b") && each.score() == 50.5)
                .singleElement()
                .satisfies(each -> assertThat(each.asOf()).startsWith("2026-06-01"));
    }

    @Test
    void a_name_that_ends_with_how_a_model_ran_is_that_model_in_that_mode() throws Exception {
        String scores = """
                {"data": [
                  {"name": "Qwen3.6 27B (Reasoning)", "evaluations": {"ifbench": 69.1}},
                  {"name": "Qwen3.6 27B (Non-reasoning)", "evaluations": {"ifbench": 45}},
                  {"name": "openai/gpt-oss-120b (high)", "evaluations": {"ifbench": 69}},
                  {"name": "Qwen3.6 27B (abliterated)", "evaluations": {"ifbench": 60}}]}
                """;
        assertThat(run("aa.json", scores, "--as-of", "2026-11-20")).isZero();
        assertThat(terminal.out())
                .containsPattern("new +qwen3.6-27b +IFBench +not stated +69.1 +thinking")
                .containsPattern("new +qwen3.6-27b +IFBench +not stated +45 +non-thinking")
                .containsPattern("new +gpt-oss-120b +IFBench +not stated +69 +thinking");
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("\"Qwen3.6 27B (Reasoning)\" is taken for qwen3.6-27b.")
                .contains("\"Qwen3.6 27B (abliterated)\"");
    }

    @Test
    void of_a_table_of_one_benchmark_it_is_said_which_and_where_its_scores_stand() throws Exception {
        String aider = "dirname,model,edit_format,pass_rate_1,pass_rate_2\n"
                + "a,<a href=\"x\">Qwen/Qwen3-32B</a>,diff,13.9,41.8\n";
        String[] which = {
            "--as-of", "2026-11-20", "--benchmark", "Aider polyglot", "--benchmark-version", "225 cases, pass_rate_2"
        };
        assertThat(run("aider.csv", aider, "--as-of", "2026-11-20")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("--benchmark NAME --score COLUMN");
        assertThat(run("aider.csv", aider, which)).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("--benchmark and --score belong together");
        String[] all = Arrays.copyOf(which, which.length + 2);
        all[which.length] = "--score";
        all[which.length + 1] = "pass_rate_2";
        assertThat(run("aider.csv", aider, all)).isZero();
        assertThat(terminal.out()).containsPattern("qwen3-32b +Aider polyglot +225 cases, pass_rate_2 +41.8");
    }

    @Test
    void what_is_no_leaderboard_or_has_no_day_is_refused() throws Exception {
        assertThat(run("none.csv", "a,b\n1,2\n", "--as-of", "2026-11-20")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("none.csv: Found no leaderboard; expected");
        assertThat(run("wide.csv", WIDE)).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("Say --as-of DATE");
    }

    private int run(String name, String text, String... options) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        String[] line = new String[options.length + 2];
        line[0] = "import-quality";
        line[1] = file.toString();
        System.arraycopy(options, 0, line, 2, options.length);
        return terminal.run(line);
    }
}
