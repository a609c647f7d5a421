package quartermaster.benchfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.benchfile.BenchmarkRun.Load;
import quartermaster.benchfile.BenchmarkRun.Setup;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.json.Values;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;

/**
 * Rows of llama-bench, as JSON, as comma-separated values or as a table.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/tree/master/tools/llama-bench">its output formats, read November
 *     2026</a>
 */
final class LlamaBench {
    /** The test of a row in a table: {@code pp512}, {@code tg128 @ d4096}, {@code pp512+tg128}. */
    private static final Pattern TEST =
            Pattern.compile("(?:pp ?(?<prompt>\\d+))?\\+?(?:tg ?(?<output>\\d+))?(?: ?@ ?d(?<depth>\\d+))?");

    private static final Pattern SIZE = Pattern.compile("([\\d.]+) ([KMG])iB");
    private static final Pattern PARAMETERS = Pattern.compile("([\\d.]+) ([MB])");
    private static final Pattern KIND = Pattern.compile(
            "(?:.* )?(?<type>(?:I?Q\\d|TQ\\d|B?F16|F32|MXFP4|NVFP4)\\w*)(?: - (?<size>Small|Medium|Large))?(?: .*)?");
    private static final Set<String> LIBRARIES = Set.of("accelerate", "blas", "openblas", "mkl");
    private static final int BITS = 8;

    private LlamaBench() {}

    /** Whether an object, or a line of comma-separated values, is a row of it. */
    static boolean isRow(Values row) {
        return row.has("n_prompt", "n_gen", "avg_ts");
    }

    static BenchmarkRun run(Values row, Place at) {
        NamedModel model = NamedModel.of(row.text("model_filename"));
        List<String> devices = devices(row.text("gpu_info"));
        Integer build = row.integer("build_number");
        Double size = row.number("model_size");
        Double parameters = row.number("model_n_params");
        Integer layers = row.integer("n_gpu_layers");
        Setup setup = new Setup(
                devices.isEmpty() ? null : devices.get(0),
                devices.isEmpty() ? null : count(row, devices),
                1,
                null,
                build == null ? null : "b" + build,
                model.name(),
                precision(model.precision(), row.text("model_type")),
                size == null || parameters == null ? null : size * BITS / parameters,
                size == null ? null : size.longValue(),
                layers == null || layers < 0 ? null : layers);
        int depth = row.integerOr(0, "n_depth");
        String date = row.text("test_time");
        return run(
                at,
                setup,
                load(row.integerOr(0, "n_prompt"), row.integerOr(0, "n_gen"), depth),
                row.number("avg_ts"),
                date == null ? null : date.replaceFirst("T.*", ""),
                whyNot(row, devices));
    }

    /** A row of the table that it prints if it is not asked for anything else. */
    static BenchmarkRun tableRow(Values row, Place at, Printed printed) {
        Matcher size = SIZE.matcher(orEmpty(row.text("size")));
        Matcher parameters = PARAMETERS.matcher(orEmpty(row.text("params")));
        Double bytes = size.matches() ? Double.valueOf(size.group(1)) * unit(size.group(2)) : null;
        Double weights = parameters.matches()
                ? Double.valueOf(parameters.group(1)) * (parameters.group(2).equals("B") ? 1e9 : 1e6)
                : null;
        Matcher test = TEST.matcher(orEmpty(row.text("test")));
        boolean known = test.matches();
        int depth = known ? number(test.group("depth")) : 0;
        String speed = orEmpty(row.text("t/s")).replaceFirst("\\s*(±|\\+/-).*", "");
        Integer layers = row.integer("ngl");
        Setup setup = new Setup(
                printed.hardware(),
                printed.devices(),
                1,
                null,
                printed.build(),
                NamedModel.of(printed.model()).name(),
                precision(NamedModel.of(printed.model()).precision(), row.text("model")),
                bytes == null || weights == null ? null : bytes * BITS / weights,
                bytes == null ? null : bytes.longValue(),
                layers == null || layers < 0 ? null : layers);
        Values names = new Values(Map.of(
                "type_k", orEmpty(row.text("type_k")),
                "type_v", orEmpty(row.text("type_v")),
                "backends", orEmpty(row.text("backend")),
                "n_cpu_moe", orEmpty(row.text("n_cpu_moe", "ncmoe")),
                "tensor_buft_overrides", orEmpty(row.text("ot"))));
        Load load = known ? load(number(test.group("prompt")), number(test.group("output")), depth) : null;
        return run(
                at,
                setup,
                load,
                Values.of(List.of("t/s"), List.of(speed)).number("t/s"),
                null,
                whyNot(names, printed.names()));
    }

    private static long unit(String prefix) {
        return switch (prefix) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            default -> 1L << 30;
        };
    }

    private static BenchmarkRun run(
            Place at,
            Setup setup,
            @Nullable Load load,
            @Nullable Double speed,
            @Nullable String date,
            @Nullable String whyNot) {
        boolean mixed = load != null && load.phase() == Phase.SERVE;
        return new BenchmarkRun(
                at,
                BenchmarkTool.LLAMA_BENCH,
                setup,
                load == null ? Load.decode(0, 0) : load,
                speed == null ? 0 : speed,
                mixed ? BenchmarkRun.IN_PLUS_OUT : BenchmarkRun.PER_USER,
                null,
                date,
                null,
                load == null ? "The test is neither a prompt nor written tokens." : whyNot);
    }

    /** Null where nothing was read or written. */
    private static @Nullable Load load(int prompt, int output, int depth) {
        if (prompt > 0 && output > 0) {
            return new Load(
                    Phase.SERVE, ServingMetric.REQUEST_CYCLE, prompt, output, depth + prompt + output / 2, 1, 1, null);
        }
        if (prompt > 0) {
            return Load.prefill(prompt, depth);
        }
        return output > 0 ? Load.decode(output, depth) : null;
    }

    /** Cards and chips by name; libraries that compute on the processor stand in the same list. */
    static List<String> devices(@Nullable String listed) {
        return Stream.of(orEmpty(listed).split("\\s*,\\s*"))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !LIBRARIES.contains(Ids.normalise(name)))
                .toList();
    }

    private static int count(Values row, List<String> devices) {
        String chosen = row.text("devices");
        if ("none".equals(row.named().get("split_mode"))) {
            return 1;
        }
        return chosen == null || chosen.equals("auto") ? devices.size() : chosen.split("/").length;
    }

    /** {@code Q4_K - Medium} is Q4_K_M; where the file's name and its header contradict each other, both. */
    static @Nullable String precision(@Nullable String ofName, @Nullable String kind) {
        Matcher matcher = KIND.matcher(orEmpty(kind));
        if (!matcher.matches()) {
            return ofName;
        }
        String size = matcher.group("size");
        String ofHeader = matcher.group("type") + (size == null ? "" : "_" + size.charAt(0));
        if (ofName == null) {
            return ofHeader;
        }
        return bits(ofName).equals(bits(ofHeader)) ? ofName : ofName + " (by its header " + ofHeader + ")";
    }

    private static String bits(String precision) {
        return precision.replaceFirst("\\D*(\\d*).*", "$1");
    }

    private static @Nullable String whyNot(Values row, List<String> devices) {
        Set<String> different = new TreeSet<>(devices);
        if (different.size() > 1) {
            return "It ran on different devices together: " + String.join(", ", different) + ".";
        }
        List<String> spilled = new ArrayList<>();
        if (row.integerOr(0, "n_cpu_moe") > 0) {
            spilled.add("n_cpu_moe");
        }
        if (row.text("tensor_buft_overrides") != null) {
            spilled.add("tensor_buft_overrides");
        }
        if (row.isTrue("no_kv_offload")) {
            spilled.add("no_kv_offload");
        }
        if (row.integerOr(0, "fit_target") > 0) {
            spilled.add("fit_target");
        }
        if (!spilled.isEmpty()) {
            return "Part of it was computed outside of the devices (" + String.join(", ", spilled) + ").";
        }
        if (orEmpty(row.text("backends")).contains("RPC")) {
            return "It ran on several machines (RPC).";
        }
        if ("CPU".equals(row.text("backends"))) {
            return "It ran on the processor.";
        }
        for (String type : List.of("type_k", "type_v")) {
            String cache = row.text(type);
            if (cache != null && !cache.matches("b?f16")) {
                return "Its KV cache is of type " + cache + "; a row cannot say so, and counts as one of 16 bits.";
            }
        }
        return null;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
