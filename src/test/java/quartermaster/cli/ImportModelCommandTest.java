package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.model.ImportedModel;
import quartermaster.modelfile.GgufBytes;
import quartermaster.workbook.read.WorkbookFile;

class ImportModelCommandTest {
    private static final Path FIXTURES = TestWorkspace.FOLDER.resolve("src/test/resources/models");

    @TempDir
    private Path folder;

    private Terminal terminal = Terminal.inRepository();

    @BeforeEach
    void standInTheFolder() {
        terminal = new Terminal(folder, folder.resolve("no-copies"));
    }

    @Test
    void a_config_becomes_a_table_with_what_was_assumed_beside_it() throws IOException {
        assertThat(terminal.run("import-model", copied("experts", "Mixtral-8x7B-v0.1"), "--licence", "Apache-2.0"))
                .isZero();
        assertThat(terminal.out())
                .containsPattern("Id +mixtral-8x7b-v0.1\n")
                .containsPattern("Total parameters \\(B\\) +46.7028\n")
                .containsPattern("Experts +8\n")
                .containsPattern("Commercial use +yes\n");
        assertThat(terminal.err()).contains("Derived:", "Assumed, to be checked:", "GGUF state:");
    }

    @Test
    void the_row_as_json_is_a_model_that_a_request_can_bring() throws IOException {
        Terminal importing = Terminal.inRepository();
        String config = FIXTURES.resolve("full.json").toString();
        assertThat(importing.run("import-model", config, "--id", "ours", "--json"))
                .isZero();
        String request = "{\"workload\": {\"type\": \"evaluation\", \"model\": " + importing.out()
                + "}, \"candidates\": [{\"hardware\": \"nvidia-h100-sxm-80gb\"}]}";
        Terminal deciding = Terminal.inRepository().withInput(request);
        assertThat(deciding.run("decide", "-", "--json")).as(deciding.err()).isZero();
        assertThat(deciding.out()).contains("\"outcome\":\"recommended\"");
    }

    @Test
    void the_row_as_text_has_the_columns_of_the_sheet() throws Exception {
        String file = copied("experts-and-windows", "gpt");
        assertThat(terminal.run("import-model", file, "--tsv")).isZero();
        List<String> lines = terminal.out().lines().toList();
        List<String> cells = List.of(lines.get(1).split("\t", -1));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).split("\t", -1)).containsExactlyElementsOf(ImportedModel.COLUMNS);
        assertThat(cells).hasSameSizeAs(ImportedModel.COLUMNS);
        assertThat(cells.get(ImportedModel.COLUMNS.indexOf("Layers"))).isEqualTo("24");
    }

    @Test
    void the_columns_are_those_of_the_catalogue() throws Exception {
        WorkbookFile catalogue = WorkbookFile.open(TestWorkspace.FOLDER.resolve("spreadsheets/catalogue.xlsx"));
        List<String> headers = catalogue.sheets().stream()
                .filter(sheet -> sheet.name().equals("Models"))
                .flatMap(sheet -> sheet.rows().get(0).cells().stream())
                .map(cell -> cell.text())
                .toList();
        assertThat(headers).containsExactlyElementsOf(ImportedModel.COLUMNS);
    }

    @Test
    void a_folder_stands_for_its_config() throws IOException {
        copied("full", "Llama-3.1-8B");
        assertThat(terminal.run("import-model", "Llama-3.1-8B")).isZero();
        assertThat(terminal.out()).containsPattern("Id +llama-3.1-8b\n");
    }

    @Test
    void a_gguf_file_is_told_by_its_first_bytes() throws IOException {
        byte[] file = new GgufBytes()
                .text("general.architecture", "llama")
                .text("general.name", "Tiny")
                .number("llama.block_count", 1)
                .number("llama.embedding_length", 64)
                .number("llama.attention.head_count", 4)
                .number("llama.feed_forward_length", 256)
                .tensor("token_embd.weight", 64, 1000000)
                .bytes();
        Files.write(folder.resolve("blob"), file);
        assertThat(terminal.run("import-model", "blob")).isZero();
        assertThat(terminal.out())
                .containsPattern("Id +tiny\n")
                .containsPattern("Total parameters \\(B\\) +0.064\n")
                .containsPattern("GGUF state +built\n");
        Files.write(folder.resolve("cut.gguf"), new byte[] {'G', 'G'});
        assertThat(terminal.run("import-model", "cut.gguf")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("cut.gguf cannot be imported:", "The file ends after 2 bytes");
    }

    @Test
    void what_cannot_be_imported_is_refused_with_its_reason() throws IOException {
        Files.writeString(folder.resolve("other.json"), "{\"model_type\": \"qwen3_mo\"}");
        assertThat(terminal.run("import-model", "other.json")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("qwen3_mo is not known. Did you mean qwen3_moe?");
        assertThat(terminal.out()).isEmpty();
        Files.writeString(folder.resolve("broken.json"), "{\"model_type\": ");
        assertThat(terminal.run("import-model", "broken.json")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("broken.json cannot be imported:", "Line 1, column");
        assertThat(terminal.run("import-model", "absent.json")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("There is no file");
    }

    @Test
    void a_config_may_be_piped_in() throws IOException {
        String config = Files.readString(FIXTURES.resolve("full.json"));
        assertThat(terminal.withInput(config).run("import-model", "-", "--name", "Piped"))
                .isZero();
        assertThat(terminal.out()).containsPattern("Id +piped\n");
    }

    @Test
    void one_form_at_a_time() throws IOException {
        assertThat(terminal.run("import-model", copied("full", "x"), "--json", "--tsv"))
                .isEqualTo(ExitCode.USAGE);
    }

    private String copied(String fixture, String to) throws IOException {
        Path target = Files.createDirectories(folder.resolve(to)).resolve("config.json");
        Files.copy(FIXTURES.resolve(fixture + ".json"), target);
        return folder.relativize(target).toString();
    }
}
