package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;

class SweepCommandTest {
    private static final String CHAT = """
            {"workload": {"type": "production", "model": "llama-3.1-8b"}, "asOf": "2026-11-22",
             "candidates": [{"hardware": "nvidia-l4", "acquisition": "rent"}, {"hardware": "nvidia-rtx-5090"}]}
            """;

    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void a_table_has_a_row_for_each_point() throws Exception {
        Path out = folder.resolve("winners.csv");
        assertThat(sweep(out, "--vary", "concurrency=1..8", "--vary", "offline=false,true"))
                .isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(9);
        assertThat(lines.get(0)).startsWith("workload.concurrency,constraints.offline,outcome,winner,");
        assertThat(lines.get(8)).startsWith("8,true,");
        assertThat(terminal.out()).contains(" %  ");
        assertThat(folder.toFile().list()).containsExactly("winners.csv");
    }

    @Test
    void a_workbook_maps_the_winners() throws Exception {
        Path out = folder.resolve("winners.xlsx");
        assertThat(sweep(out, "--vary", "concurrency=1..8", "--vary", "inputTokens=500,4000"))
                .isZero();
        WorkbookFile book = WorkbookFile.open(out);
        assertThat(book.sheets()).extracting(ReadSheet::name).containsExactly("Winners", "Points");
        assertThat(book.sheets().get(1).rows()).hasSize(9);
        assertThat(folder.toFile().list()).containsExactly("winners.xlsx");
    }

    @Test
    void columns_of_points_have_names_of_their_own_and_say_precisions_by_name() throws Exception {
        Path out = folder.resolve("winners.xlsx");
        assertThat(sweep(out, "--vary", "quantization=fp8,q4_k_m")).isZero();
        ReadSheet points = WorkbookFile.open(out).sheets().get(1);
        List<String> header =
                points.rows().get(0).cells().stream().map(ReadCell::text).toList();
        assertThat(header).doesNotHaveDuplicates().contains("Quantization", "Winner's quantization");
        assertThat(points.rows().get(2).cells().get(0).text()).isEqualTo("Q4_K_M");
    }

    @Test
    void what_cannot_be_swept_is_said_at_once() {
        Path out = folder.resolve("winners.csv");
        assertThat(sweep(out, "--vary", "concurency=1..8", "--vary", "monthlyUsd=x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("Did you mean concurrency?", "expected a number");
        assertThat(sweep(folder.resolve("winners.txt"), "--vary", "concurrency=1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains(".csv or .xlsx");
        assertThat(out).doesNotExist();
    }

    private int sweep(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "-", "-o", out.toString()));
        arguments.addAll(List.of(more));
        return terminal.withInput(CHAT).run(arguments.toArray(String[]::new));
    }
}
