package quartermaster.benchfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.benchfile.BenchmarkRun.Load;
import quartermaster.benchfile.BenchmarkRun.Setup;
import quartermaster.json.Values;
import quartermaster.unit.Place;

/**
 * Rows of llama-batched-bench, as JSON lines or as a table: prompts of a batch are read, then the batch decodes together.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/tree/master/tools/batched-bench">its output, read November 2026</a>
 */
final class BatchedBench {
    private BatchedBench() {}

    static boolean isRow(Values row) {
        return row.has("pp", "tg", "pl", "speed_tg");
    }

    /** The columns of the table. */
    static boolean isTable(List<String> headers) {
        return headers.containsAll(List.of("PP", "TG", "B", "N_KV"));
    }

    static List<BenchmarkRun> runs(Values row, Place at, Printed printed) {
        int prompt = row.integerOr(0, "pp", "PP");
        int output = row.integerOr(0, "tg", "TG");
        int together = row.integerOr(1, "pl", "B");
        NamedModel model = NamedModel.of(printed.model());
        Integer layers = row.integer("n_gpu_layers");
        Setup setup = new Setup(
                printed.hardware(),
                printed.devices(),
                1,
                null,
                printed.build(),
                model.name(),
                model.precision(),
                null,
                null,
                layers == null || layers < 0 ? null : layers);
        List<BenchmarkRun> runs = new ArrayList<>();
        if (prompt > 0 && together == 1) {
            runs.add(
                    run(at, setup, Load.prefill(prompt, 0), row.number("speed_pp", "S_PP t/s"), BenchmarkRun.PER_USER));
        }
        if (output > 0) {
            Load load = together == 1 ? Load.decode(output, prompt) : Load.batch(prompt, output, together);
            runs.add(run(
                    at,
                    setup,
                    load,
                    row.number("speed_tg", "S_TG t/s"),
                    together == 1 ? BenchmarkRun.PER_USER : BenchmarkRun.TOTAL));
        }
        return runs;
    }

    private static BenchmarkRun run(Place at, Setup setup, Load load, @Nullable Double speed, String unit) {
        return new BenchmarkRun(
                at,
                BenchmarkTool.LLAMA_BATCHED_BENCH,
                setup,
                load,
                speed == null ? 0 : speed,
                unit,
                null,
                null,
                null,
                null);
    }
}
