package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.workbook.knowledge.CatalogueReader;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workspace.Workspace;

class ImportMeasurementsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SAMPLES = TestWorkspace.FOLDER.resolve("src/test/resources/benchmarks");

    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void rows_that_were_understood_are_a_table_and_nothing_is_written() {
        assertThat(terminal.run("import-measurements", sample("llama-bench.csv")))
                .isZero();
        assertThat(terminal.out())
                .containsPattern("1× nvidia-rtx-4090 +llama.cpp +qwen3-8b +q4_k_m +prefill +2048 +0 +1 +9,301\n")
                .containsPattern("decode +256 +4224 +1 +134\n");
        assertThat(terminal.err())
                .contains("\"NVIDIA GeForce RTX 4090\" is taken for nvidia-rtx-4090.")
                .contains("\"llama-bench\" is taken for llama.cpp.")
                .contains("Not usable: 1 row.")
                .contains(
                        "llama-bench.csv:4: Part of it was computed outside of the devices: they had 20 of 37 layers.")
                .contains("Nothing was written");
    }

    @Test
    void every_row_as_json_has_the_columns_of_the_sheet() throws IOException {
        JsonNode answer = json("import-measurements", sample("llama-bench.md"), "--json");
        assertThat(answer.get("rows")).hasSize(4);
        JsonNode cycle = answer.at("/rows/3");
        assertThat(cycle.get("phase").asText()).isEqualTo("serve");
        assertThat(cycle.get("metric").asText()).isEqualTo("request-cycle");
        assertThat(cycle.get("unit").asText()).isEqualTo("tokens/s total in plus out");
        assertThat(cycle.get("devices").asInt()).isEqualTo(2);
        assertThat(cycle.get("modelFile").asDouble()).isBetween(8.70, 8.71); // 8.11 GiB
        assertThat(cycle.get("source").asText()).isEqualTo("own/llama-bench.md");
        assertThat(answer.at("/takenFor/NVIDIA GeForce RTX 5090").asText()).isEqualTo("nvidia-rtx-5090");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batched-bench.md | --hardware rtx-4090 --devices 1 | 3",
                "batched-bench.jsonl | --hardware rtx-4090 --devices 1 --model qwen3-8b --quantization q4_k_m | 3",
                "vllm-serve.json | --hardware h100-sxm --devices 1 | 2",
                "vllm-throughput.json | --hardware h100-sxm --devices 1 --model qwen3-8b --quantization bf16 "
                        + "--prompt-tokens 512 --output-tokens 128 | 1",
                "sglang.jsonl | --hardware h100-sxm | 1",
                "guidellm.json | --hardware h100-sxm --devices 1 --engine vllm --quantization bf16 | 1",
                "mlx-generate.txt | --hardware mac-studio-m4-max-40c-gpu-64gb | 2",
                "mlx-benchmark.txt | --hardware mac-studio-m4-max-40c-gpu-64gb | 1",
                "llama-bench.jsonl | --hardware mac-studio-m2-ultra-60c-76c-gpu-64gb --quantization q4_k_m | 2"
            })
    void options_say_what_a_file_does_not(String sample, String options, int rows) throws IOException {
        List<String> args = new ArrayList<>(List.of("import-measurements", sample(sample), "--json"));
        args.addAll(Arrays.asList(options.split(" ")));
        assertThat(json(args.toArray(String[]::new)).get("rows")).hasSize(rows);
    }

    @Test
    void what_is_missing_is_named_with_the_option_that_says_it() {
        assertThat(terminal.run("import-measurements", sample("vllm-throughput.json")))
                .isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("vllm-throughput.json: Found no hardware; expected it in the file, or as --hardware ID.")
                .contains("Found no number of devices; expected it in the file, or as --devices N.")
                .contains("Found no model; expected it in the file, or as --model ID.")
                .contains("Found no number of tokens of a prompt; expected it in the file, or as --prompt-tokens N.");
    }

    @Test
    void a_chip_of_several_machines_names_them() {
        terminal.run("import-measurements", sample("llama-bench.jsonl"), "--quantization", "q4_k_m");
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("The catalogue has no hardware \"Apple M2 Ultra\". It may be"
                        + " mac-studio-m2-ultra-60c-76c-gpu-64gb or mac-studio-m2-ultra-60c-76c-gpu-128gb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--hardware | h100-sxm | which is nvidia-rtx-4090; --hardware says nvidia-h100-sxm-80gb.",
                "--model | qwen3-32b | which is qwen3-8b; --model says qwen3-32b.",
                "--devices | 4 | The file says 1 devices and --devices 4 says otherwise.",
                "--engine | vllm | vLLM does not load Q4_K_M.",
                "--engine | mlx | MLX does not run on NVIDIA RTX 4090.",
                "--quantization | q4_k_x | --quantization says \"q4_k_x\", which the catalogue has not."
            })
    void an_option_that_contradicts_the_file_makes_no_row(String option, String value, String why) {
        assertThat(terminal.run("import-measurements", sample("llama-bench.csv"), option, value))
                .isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(terminal.err().replaceAll("\\s+", " ")).contains(why);
    }

    @Test
    void weights_larger_than_the_devices_were_not_in_them() throws IOException {
        String text = Files.readString(SAMPLES.resolve("llama-bench.csv")).replace("\"5027783680\"", "\"50277836800\"");
        Files.writeString(folder.resolve("large.csv"), text);
        terminal.run("import-measurements", folder.resolve("large.csv").toString());
        assertThat(terminal.err()).contains("The weights have 46.8 GiB and the devices 24.0 GiB");
    }

    @Test
    void written_rows_are_in_the_sheet_and_a_second_time_they_are_known() throws Exception {
        Path workspace = TestWorkspace.copy();
        List<ReadSheet> before =
                WorkbookFile.open(workspace.resolve(Workspace.CATALOGUE)).sheets();
        Terminal writing = new Terminal(workspace, folder);
        assertThat(writing.run(
                        "import-measurements", sample("llama-bench.csv"), "--source", "example.org/us", "--write"))
                .as(writing.err())
                .isZero();
        assertThat(writing.err()).contains("Added 2 rows to the sheet Measurements");
        WorkbookFile written = WorkbookFile.open(workspace.resolve(Workspace.CATALOGUE));
        Catalogue catalogue = CatalogueReader.read(written).value();
        List<Measurement> ours = catalogue.measurements().stream()
                .filter(each -> each.source().equals("example.org/us"))
                .toList();
        assertThat(ours).extracting(Measurement::id).containsExactly("example-org-us-1", "example-org-us-2");
        assertThat(ours).extracting(Measurement::value).containsExactly(9301.25, 134.02);
        assertThat(ours).allSatisfy(each -> assertThat(each.include()).isTrue());
        for (ReadSheet sheet : before) {
            ReadSheet after = written.findSheet(sheet.name()).orElseThrow();
            assertThat(texts(after).subList(0, sheet.rows().size()))
                    .as(sheet.name())
                    .isEqualTo(texts(sheet));
        }
        Terminal again = new Terminal(workspace, folder);
        assertThat(again.run("import-measurements", sample("llama-bench.csv"), "--source", "example.org/us", "--write"))
                .isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(again.err()).contains("The sheet has this row already: example-org-us-1.");
    }

    @Test
    void a_workbook_of_its_own_is_one_that_accuracy_reads() {
        String out = folder.resolve("rows.xlsx").toString();
        assertThat(terminal.run("import-measurements", sample("llama-bench.csv"), "-o", out))
                .isZero();
        Terminal reading = Terminal.inRepository().withCatalogue(TestWorkspace.withFewMeasurements());
        assertThat(reading.run("accuracy", "--measurements", out)).isZero();
        assertThat(reading.out()).contains("2 figures of 2 rows were judged", "0 that the catalogue does not know.");
    }

    @Test
    void a_run_without_a_date_has_the_one_of_its_file() throws IOException {
        Path file = Files.copy(SAMPLES.resolve("mlx-generate.txt"), folder.resolve("mlx"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-02T12:00:00Z")));
        JsonNode answer =
                json("import-measurements", file.toString(), "--hardware", "mac-studio-m4-max-40c-gpu-64gb", "--json");
        assertThat(answer.at("/rows/0/date").asText()).isEqualTo("2026-11-02");
    }

    @Test
    void other_files_are_refused_all_at_once() throws IOException {
        Files.writeString(folder.resolve("one.json"), "{}");
        Files.writeString(folder.resolve("two.txt"), "nothing");
        int code = terminal.run(
                "import-measurements",
                folder.resolve("one.json").toString(),
                sample("llama-bench.csv"),
                folder.resolve("two.txt").toString());
        assertThat(code).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err())
                .contains("one.json: Found no result of a tool that is known; expected one of llama-bench,")
                .contains("two.txt: Found no result");
        assertThat(Terminal.inRepository().run("import-measurements", sample("llama-bench.csv"), "--devices", "0"))
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource({"llama-bench.csv, llama-bench", "vllm-serve.json, vllm bench serve", "guidellm.json, GuideLLM"})
    void commands_that_expect_something_else_say_which_one_takes_it(String sample, String tool) {
        String told = sample(sample) + " is a result of " + tool + ". \"import-measurements " + sample(sample) + "\"";
        assertThat(terminal.run("accuracy", "--measurements", sample(sample))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains(told);
        Terminal deciding = Terminal.inRepository();
        assertThat(deciding.run("decide", sample(sample))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(deciding.err()).contains(told);
    }

    private JsonNode json(String... args) throws IOException {
        assertThat(terminal.run(args)).as(terminal.err()).isZero();
        return JSON.readTree(terminal.out());
    }

    private static String sample(String name) {
        return SAMPLES.resolve(name).toString();
    }

    private static List<List<String>> texts(ReadSheet sheet) {
        return sheet.rows().stream()
                .map(row -> row.cells().stream()
                        .map(cell -> cell.column() + " " + cell.text())
                        .toList())
                .toList();
    }
}
