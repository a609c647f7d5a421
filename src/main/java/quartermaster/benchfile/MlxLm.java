package quartermaster.benchfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.benchfile.BenchmarkRun.Load;
import quartermaster.benchfile.BenchmarkRun.Setup;
import quartermaster.unit.Place;

/**
 * What mlx_lm.generate and mlx_lm.benchmark print.
 *
 * @see <a href="https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/benchmark.py">the benchmark, read November 2026</a>
 */
final class MlxLm {
    private static final Pattern GENERATED = Pattern.compile("Prompt: (\\d+) tokens, ([\\d.]+) tokens-per-sec\\s+"
            + "Generation: (\\d+) tokens, ([\\d.]+) tokens-per-sec");
    private static final Pattern BENCHMARK =
            Pattern.compile("Timing with prompt_tokens=(\\d+), generation_tokens=(\\d+), batch_size=(\\d+)[\\s\\S]*?"
                    + "Averages: +prompt_tps=([\\d.]+), generation_tps=([\\d.]+)");

    private MlxLm() {}

    static boolean isIn(String text) {
        return GENERATED.matcher(text).find() || BENCHMARK.matcher(text).find();
    }

    static List<BenchmarkRun> runs(String text, String file) {
        NamedModel model = NamedModel.of(Printed.around(text).model());
        Setup setup = new Setup(null, 1, 1, null, null, model.name(), model.precision(), null, null, null);
        List<BenchmarkRun> runs = new ArrayList<>();
        for (Matcher found = GENERATED.matcher(text); found.find(); ) {
            int prompt = Integer.parseInt(found.group(1));
            Place at = place(text, found, file);
            runs.add(run(at, setup, Load.prefill(prompt, 0), found.group(2)));
            runs.add(run(at, setup, Load.decode(Integer.parseInt(found.group(3)), prompt), found.group(4)));
        }
        for (Matcher found = BENCHMARK.matcher(text); found.find(); ) {
            int prompt = Integer.parseInt(found.group(1));
            int output = Integer.parseInt(found.group(2));
            int together = Integer.parseInt(found.group(3));
            Place at = place(text, found, file);
            if (together == 1) {
                runs.add(run(at, setup, Load.prefill(prompt, 0), found.group(4)));
            }
            runs.add(run(
                    at,
                    setup,
                    together == 1 ? Load.decode(output, prompt) : Load.batch(prompt, output, together),
                    found.group(5)));
        }
        return runs;
    }

    private static Place place(String text, Matcher found, String file) {
        return new Place.Line(
                file, (int) text.substring(0, found.start()).lines().count() + 1);
    }

    private static BenchmarkRun run(Place at, Setup setup, Load load, String speed) {
        String unit = load.metric() == null ? BenchmarkRun.PER_USER : BenchmarkRun.TOTAL;
        return new BenchmarkRun(
                at, BenchmarkTool.MLX_LM, setup, load, Double.parseDouble(speed), unit, null, null, null, null);
    }
}
