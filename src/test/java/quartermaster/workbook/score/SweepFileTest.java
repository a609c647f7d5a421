package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.advice.Grid;
import quartermaster.advice.Sweep;
import quartermaster.advice.SweepPoint;
import quartermaster.advice.VariedField;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestReader;
import quartermaster.unit.Place;

class SweepFileTest {
    private static final String CHAT = """
            {"workload": {"type": "production", "model": "llama-3.1-8b"},
             "candidates": [{"hardware": "nvidia-l4", "acquisition": "rent"}, {"hardware": "nvidia-rtx-5090"}]}""";

    @TempDir
    private Path folder;

    private final Decider decider = TestWorkspace.decider();

    @Test
    void what_was_interrupted_in_a_line_goes_on_and_comes_to_the_same() throws Exception {
        Grid grid = grid("1..64");
        List<SweepPoint> points = new ArrayList<>();
        Sweep.run(decider, grid, 0, points::add);
        Path whole = folder.resolve("whole.csv");
        write(whole, grid, points);

        Path cut = folder.resolve("cut.csv");
        try (SweepFile file = SweepFile.open(cut, grid, decider, false)) {
            for (SweepPoint point : points.subList(0, 3)) {
                file.add(point);
            }
        }
        String text = Files.readString(cut);
        Files.writeString(cut, text.substring(0, text.length() - 5));
        try (SweepFile file = SweepFile.open(cut, grid, decider, false)) {
            assertThat(file.first()).isEqualTo(2);
            for (SweepPoint point : points.subList(2, points.size())) {
                file.add(point);
            }
            file.finish();
        }
        assertThat(Files.readString(cut)).isEqualTo(Files.readString(whole));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("whole.csv", "cut.csv");
    }

    @Test
    void another_sweep_begins_anew() throws Exception {
        Path path = folder.resolve("points.csv");
        Grid asked = grid("1..8");
        List<SweepPoint> points = new ArrayList<>();
        Sweep.run(decider, asked, 0, points::add);
        try (SweepFile file = SweepFile.open(path, asked, decider, false)) {
            file.add(points.get(0));
        }
        try (SweepFile file = SweepFile.open(path, grid("1..4"), decider, false)) {
            assertThat(file.first()).isZero();
        }
        assertThat(Files.readAllLines(path)).hasSize(1);
    }

    private void write(Path path, Grid grid, List<SweepPoint> points) throws Exception {
        try (SweepFile file = SweepFile.open(path, grid, decider, false)) {
            for (SweepPoint point : points) {
                file.add(point);
            }
            file.finish();
        }
    }

    private static Grid grid(String concurrency) throws Exception {
        var request = RequestReader.read(CHAT, LocalDate.of(2026, 11, 22))
                .requests()
                .get(0)
                .value();
        Grid grid = Sweep.grid(
                        request,
                        List.of(new VariedField("concurrency", concurrency, new Place.Pointer("/vary"))),
                        1_000)
                .value();
        assertThat(grid).isNotNull();
        return grid;
    }
}
