package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.cli.PriceLists.sample;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.HostedApi;
import quartermaster.workbook.knowledge.CatalogueReader;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workspace.Workspace;

class ImportApiPricesCommandTest {

    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void prices_for_one_token_of_litellm_are_shown_for_a_million() throws IOException {
        JsonNode answer = json("litellm.json", "--as-of", "2026-11-21", "--json");
        JsonNode row = row(answer, "DeepInfra", "qwen3-32b");
        assertThat(row.get("status").asText()).isIn("new", "changed");
        assertThat(row.get("at").asText()).isEqualTo("litellm.json#/deepinfra~1Qwen~1Qwen3-32B");
        assertThat(row.get("input").asDouble()).isEqualTo(0.15);
        assertThat(row.get("cachedInput").asDouble()).isEqualTo(0.075);
        assertThat(row.get("output").asDouble()).isEqualTo(0.45);
        assertThat(row.get("context").asInt()).isEqualTo(40960);
        assertThat(row.get("asOf").asText()).isEqualTo("2026-11-21");
        assertThat(row.get("source").asText()).isEqualTo("LiteLLM");
        assertThat(row(answer, "Fireworks AI", "llama-3.1-70b").get("input").asDouble())
                .isEqualTo(0.8);
        assertThat(row(answer, "Groq", "gpt-oss-20b").get("marks").toString()).contains("to be retired on 2027-06-30");
        assertThat(row(answer, "OpenRouter", "qwen3-32b").get("marks").toString())
                .contains("resold: requests go to whom OpenRouter chooses");
        assertThat(answer.get("rows")).hasSize(4);
        assertThat(answer.at("/takenFor/accounts~1fireworks~1models~1llama-v3p1-70b-instruct")
                        .asText())
                .isEqualTo("llama-3.1-70b");
    }

    @Test
    void what_nobody_should_plan_with_is_refused_with_the_reason_and_names_are_not_guessed() {
        assertThat(terminal.run("import-api-prices", sample("litellm.json"), "--as-of", "2026-11-21"))
                .isZero();
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("\"Qwen/Qwen3-32B\" is taken for qwen3-32b.")
                .contains("The provider has retired it on 2026-10-01.")
                .contains("\"meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo\" is the \"Turbo\" offer of llama-3.1-8b")
                .contains(
                        "\"deepseek-r1-0528\" is not deepseek-r1 but a variant of it (\"0528\"). Add a row to Models,")
                .contains("\"gemma-3\" may be gemma-3-1b, gemma-3-4b, gemma-3-12b or gemma-3-27b.")
                .contains("Not in the catalogue: 1 name. Add a row to Models")
                .contains("gpt-99")
                .doesNotContain("embedding")
                .contains("Nothing was written; --write puts");
    }

    @Test
    void a_list_without_dates_needs_one() {
        assertThat(terminal.run("import-api-prices", sample("litellm.json"))).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err())
                .contains("litellm.json has prices without a date")
                .contains("Say --as-of DATE");
        Terminal tomorrow = Terminal.inRepository();
        assertThat(tomorrow.run("import-api-prices", sample("litellm.json"), "--as-of", "2026-11-23"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(tomorrow.err()).contains("2026-11-23, which is after today, 2026-11-22");
        Terminal month = Terminal.inRepository();
        assertThat(month.run("import-api-prices", sample("litellm.json"), "--as-of", "November"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(month.err()).contains("expected a day as 2026-11-30");
    }

    @Test
    void models_dev_as_one_file_and_as_a_folder() throws IOException {
        JsonNode answer = json("models-dev.json", "--as-of", "2026-11-21", "--json");
        JsonNode row = row(answer, "Example Cloud", "qwen3-32b");
        assertThat(row.get("input").asDouble()).isEqualTo(0.2);
        assertThat(row.get("cachedInput").isNull()).isTrue();
        assertThat(row.get("marks").toString()).contains("a cached price of 0.3 is left out");
        assertThat(row(answer, "Groq", "llama-3.1-8b").get("output").asDouble()).isEqualTo(0.08);
        assertThat(answer.get("refused").toString()).contains("The provider calls it deprecated.");
        assertThat(answer.get("rows")).hasSize(2);

        JsonNode toml = json("providers", "--as-of", "2026-11-21", "--json");
        assertThat(toml.at("/rows/0/provider").asText()).isEqualTo("example");
        assertThat(toml.at("/rows/0/input").asDouble()).isEqualTo(0.21);
        assertThat(toml.at("/rows/0/cachedInput").asDouble()).isEqualTo(0.05);
        assertThat(toml.at("/rows/0/context").asInt()).isEqualTo(40960);
    }

    @Test
    void a_table_is_read_by_its_headers_and_old_prices_are_marked() {
        assertThat(terminal.run("import-api-prices", sample("api-prices.csv"))).isZero();
        assertThat(terminal.out())
                .containsPattern("new +Example Cloud +qwen3-32b +0.2 +0.6 +40960 +2026-11-20\n  served in fp8")
                .containsPattern("deepseek-r1 +0.7 +0.35 +2.4 +163840 +2026-11-20\n  checkpoint \"deepseek-r1-0528\"")
                .containsPattern("llama-3.1-8b +0.03 +0.05 +131072 +2026-03-01 \\(stale\\)");
        assertThat(terminal.err())
                .contains("The \"fast\" offer of qwen3-32b, not its normal price.")
                .contains("The provider calls it deprecated.")
                .contains("1 price is older than the policy's \"stale price\"")
                .contains("3 new, 0 changed, 0 unchanged, 2 refused.");
    }

    @Test
    void options_pick_rows_and_say_what_names_mean() throws IOException {
        assertThat(json("models-dev.json", "--as-of", "2026-11-21", "--json", "--provider", "groq")
                        .get("rows"))
                .hasSize(1);
        assertThat(json("api-prices.csv", "--json", "--model", "Qwen3 32B").get("rows"))
                .hasSize(1);
        JsonNode taken = json("litellm.json", "--as-of", "2026-11-21", "--json", "--take", "gpt-99=gpt-oss-120b");
        assertThat(row(taken, "openai", "gpt-oss-120b").get("output").asDouble())
                .isEqualTo(2);
        assertThat(taken.at("/takenFor/gpt-99").asText()).isEqualTo("gpt-oss-120b");
        Terminal unknown = Terminal.inRepository();
        assertThat(unknown.run("import-api-prices", sample("api-prices.csv"), "--model", "qwen3-33b"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("--model says \"qwen3-33b\"").contains("Did you mean qwen3-32b?");
    }

    @Test
    void written_rows_are_compared_the_next_time() throws Exception {
        Path workspace = TestWorkspace.copy();
        int before = apis(workspace).size();
        Terminal writing = new Terminal(workspace, folder);
        assertThat(writing.run("import-api-prices", sample("api-prices.csv"), "--write"))
                .as(writing.err())
                .isZero();
        assertThat(apis(workspace)).hasSize(before + 3);
        Terminal again = new Terminal(workspace, folder);
        assertThat(again.run("import-api-prices", sample("api-prices.csv"))).isZero();
        assertThat(again.err())
                .contains("0 new, 0 changed, 3 unchanged, 2 refused.")
                .contains("There is nothing to write.");

        Terminal later = new Terminal(workspace, folder);
        assertThat(later.run("import-api-prices", sample("api-prices-later.csv"), "--write"))
                .isZero();
        assertThat(later.out())
                .containsPattern("changed +Example Cloud +qwen3-32b +0.3 +0.6")
                .contains("Input 0.2 → 0.3 (+50 %)");
        List<HostedApi> after = apis(workspace);
        assertThat(after).hasSize(before + 3);
        HostedApi changed = after.stream()
                .filter(each -> each.id().equals("example-cloud-qwen3-32b-api"))
                .findFirst()
                .orElseThrow();
        assertThat(changed.inputUsd()).isEqualTo(0.3);
        assertThat(changed.asOf()).isEqualTo("2026-11-21");

        Terminal older = new Terminal(workspace, folder);
        assertThat(older.run("import-api-prices", sample("api-prices.csv"), "--model", "qwen3-32b"))
                .isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(older.err().replaceAll("\\s+", " "))
                .contains(
                        "The sheet has example-cloud-qwen3-32b-api as of 2026-11-21, which is later than 2026-11-20.");
    }

    @Test
    void a_draft_leaves_the_workspace_as_it_is() throws Exception {
        byte[] before = Files.readAllBytes(TestWorkspace.FOLDER.resolve(Workspace.CATALOGUE));
        Path draft = folder.resolve("draft.xlsx");
        assertThat(terminal.run("import-api-prices", sample("api-prices.csv"), "-o", draft.toString()))
                .isZero();
        assertThat(terminal.err()).contains("\"preview --catalogue");
        assertThat(CatalogueReader.read(WorkbookFile.open(draft)).value().hostedApis())
                .extracting(HostedApi::provider)
                .contains("Example Cloud");
        assertThat(Files.readAllBytes(TestWorkspace.FOLDER.resolve(Workspace.CATALOGUE)))
                .isEqualTo(before);
    }

    @Test
    void other_files_are_refused_with_what_takes_them() throws IOException {
        Files.writeString(folder.resolve("other.csv"), "model,input,output\nqwen3-32b,1,2\n");
        assertThat(terminal.run("import-api-prices", folder.resolve("other.csv").toString(), sample("rental.csv")))
                .isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err())
                .contains("other.csv: Found no price list that is known; expected LiteLLM's")
                .contains("rental.csv has prices by the hour; \"import-offers\" takes it.");
    }

    private static List<HostedApi> apis(Path workspace) throws Exception {
        return TestWorkspace.catalogue(workspace).value().hostedApis();
    }

    private static JsonNode json(String sample, String... options) throws IOException {
        return PriceLists.json("import-api-prices", sample, options);
    }

    private static JsonNode row(JsonNode answer, String provider, String model) {
        return PriceLists.row(answer, "provider", provider, "model", model);
    }
}
