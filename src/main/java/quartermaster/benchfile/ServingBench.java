package quartermaster.benchfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.benchfile.BenchmarkRun.Load;
import quartermaster.benchfile.BenchmarkRun.Setup;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.json.Values;
import quartermaster.unit.Place;

/**
 * Results of {@code vllm bench serve}, of {@code vllm bench throughput} and of SGLang's bench_serving, which have much in
 * common.
 *
 * @see <a href="https://docs.vllm.ai/en/latest/benchmarking/cli/">vllm bench, read November 2026</a>
 * @see <a href="https://docs.sglang.ai/developer_guide/bench_serving.html">bench_serving, read November 2026</a>
 */
final class ServingBench {
    /** Protocols that any server speaks: they do not say which one it was. */
    private static final Pattern PROTOCOL = Pattern.compile("(openai|vllm).*");

    private static final String DAY = "(\\d{4})(\\d{2})(\\d{2})-.*";

    private ServingBench() {}

    static boolean isServing(Values result) {
        return result.has("request_throughput", "output_throughput", "completed", "total_input_tokens");
    }

    static boolean isThroughput(Values result) {
        return result.has("elapsed_time", "num_requests", "total_num_tokens", "tokens_per_second");
    }

    static boolean isOfSglang(Values result) {
        String backend = result.text("backend");
        return isServing(result)
                && (result.has("total_output_tokens_retokenized")
                        || result.has("sharegpt_output_len")
                        || backend != null && backend.startsWith("sgl") && !result.has("tokenizer_id"));
    }

    static BenchmarkRun serving(Values result, Place at) {
        boolean sglang = isOfSglang(result);
        BenchmarkTool tool = sglang ? BenchmarkTool.SGLANG_SERVING : BenchmarkTool.VLLM_SERVE;
        int completed = result.integerOr(0, "completed");
        Integer sent = result.integer("num_prompts");
        String date = result.text("date");
        Integer failed = sent == null ? result.integer("failed") : Integer.valueOf(sent - completed);
        return new BenchmarkRun(
                at,
                tool,
                sglang ? setupOfSglang(result) : setupOfVllm(result),
                load(result, completed, sent == null ? completed : sent),
                orZero(result.number("output_throughput")),
                BenchmarkRun.TOTAL,
                result.number("median_ttft_ms", "mean_ttft_ms"),
                date == null ? null : date.replaceFirst(DAY, "$1-$2-$3"),
                failed == null || failed == 0 ? null : failed + " of " + (completed + failed) + " requests failed",
                whyNot(result, completed));
    }

    static BenchmarkRun throughput(Values result, Place at) {
        Setup setup = new Setup(null, null, 1, null, null, null, null, null, null, null);
        Integer requests = result.integer("num_requests");
        return new BenchmarkRun(
                at,
                BenchmarkTool.VLLM_THROUGHPUT,
                setup,
                new Load(Phase.SERVE, ServingMetric.OFFLINE, null, null, null, null, requests, null),
                orZero(result.number("tokens_per_second")),
                BenchmarkRun.IN_PLUS_OUT,
                null,
                null,
                null,
                null);
    }

    private static Setup setupOfVllm(Values result) {
        NamedModel model = NamedModel.of(result.text("model_id"));
        String backend = result.text("backend", "endpoint_type");
        boolean protocol = backend == null || PROTOCOL.matcher(backend).matches();
        return new Setup(
                result.text("gpu_type", "gpu"),
                result.integer("tensor_parallel_size", "tp_size", "tp"),
                1,
                protocol ? null : backend,
                result.text("vllm_version", "version"),
                model.name(),
                model.precision(),
                null,
                null,
                null);
    }

    /** What the server said of itself stands in the result, unless it could not be asked. */
    private static Setup setupOfSglang(Values result) {
        Values server = result.object("server_info");
        NamedModel model = NamedModel.of(server.text("model_path", "served_model_name"));
        Integer tensor = server.integer("tp_size");
        int replicas = server.isTrue("enable_dp_attention") ? 1 : server.integerOr(1, "dp_size");
        String quantization = server.text("quantization");
        String type = server.text("dtype");
        String named = model.precision() == null ? quantization : model.precision();
        String backend = result.text("backend");
        return new Setup(
                null,
                tensor == null ? null : Integer.valueOf(tensor * server.integerOr(1, "pp_size") * replicas),
                replicas,
                backend == null || backend.startsWith("sgl") ? null : backend,
                server.text("version"),
                model.name(),
                named == null && type != null && !type.equals("auto") ? type : named,
                null,
                null,
                null);
    }

    /** All at once, at a rate, or so many in flight. */
    private static Load load(Values result, int completed, int sent) {
        Integer prompt = each(result.number("total_input_tokens"), completed);
        Integer output = each(result.number("total_output_tokens"), completed);
        Double rate = result.number("request_rate");
        Integer most = result.integer("max_concurrency");
        ServingMetric metric = rate != null
                ? ServingMetric.ARRIVAL_RATE
                : most != null && most < sent ? ServingMetric.REQUEST_CYCLE : ServingMetric.OFFLINE;
        boolean cycle = metric == ServingMetric.REQUEST_CYCLE;
        return new Load(Phase.SERVE, metric, prompt, output, null, cycle ? most : null, sent, rate);
    }

    private static @Nullable String whyNot(Values result, int completed) {
        if (completed == 0) {
            return "No request was completed.";
        }
        boolean drafts =
                result.named().keySet().stream().anyMatch(key -> key.toString().startsWith("spec_decode_"));
        Double accepted = result.number("accept_length");
        String algorithm = result.object("server_info").text("speculative_algorithm");
        if (drafts || algorithm != null || accepted != null && accepted > 1) {
            return "It decoded speculatively" + (algorithm == null ? "." : " (" + algorithm + ").");
        }
        List<String> uneven = new ArrayList<>();
        if (result.text("ramp_up_strategy") != null) {
            uneven.add("their rate grew");
        }
        Double burstiness = result.number("burstiness");
        if (result.number("request_rate") != null && burstiness != null && burstiness != 1) {
            uneven.add("their burstiness was " + burstiness);
        }
        if ("trace".equals(result.text("request_rate"))) {
            uneven.add("they followed a trace");
        }
        return uneven.isEmpty()
                ? null
                : "Requests did not come at random times at one rate: " + String.join(", ", uneven) + ".";
    }

    private static @Nullable Integer each(@Nullable Double total, int requests) {
        return total == null || requests == 0 ? null : Integer.valueOf((int) Math.round(total / requests));
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }
}
