package quartermaster.benchfile;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.benchfile.BenchmarkRun.Load;
import quartermaster.benchfile.BenchmarkRun.Setup;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.json.Values;
import quartermaster.unit.Place;

/**
 * Benchmarks of a report of GuideLLM, each at one rate or concurrency.
 *
 * @see <a href="https://github.com/vllm-project/guidellm/tree/main/src/guidellm/benchmark/schemas">its schemas, read November
 *     2026</a>
 */
final class GuideLlm {
    private GuideLlm() {}

    static boolean isReport(Values report) {
        return report.list("benchmarks").stream()
                .anyMatch(each -> Values.of(each).object("metrics").has("output_tokens_per_second"));
    }

    static BenchmarkRun run(Values report, Values benchmark, Place at) {
        Values strategy = Stream.of("config", "args")
                .map(name -> benchmark.path(name, "strategy"))
                .filter(each -> each.text("type_") != null)
                .findFirst()
                .orElse(Values.of(null));
        Values metrics = benchmark.object("metrics");
        Values totals = metrics.object("request_totals");
        int errors = totals.integerOr(0, "errored");
        NamedModel model = NamedModel.of(model(report, benchmark));
        Setup setup = new Setup(null, null, 1, null, null, model.name(), model.precision(), null, null, null);
        Double speed = mean(metrics, "output_tokens_per_second");
        Double start = benchmark.number("start_time");
        String type = strategy.text("type_");
        return new BenchmarkRun(
                at,
                BenchmarkTool.GUIDELLM,
                setup,
                load(strategy, metrics, totals.integer("successful")),
                speed == null ? 0 : speed,
                BenchmarkRun.TOTAL,
                metrics.path("time_to_first_token_ms", "successful").number("median", "mean"),
                start == null ? null : day(start),
                errors == 0 ? null : errors + " of " + totals.integerOr(errors, "total") + " requests failed",
                type == null ? "It does not say how requests were sent (config/strategy/type_)." : whyNot(type));
    }

    private static @Nullable String whyNot(String type) {
        return switch (type) {
            case "synchronous", "concurrent", "throughput", "poisson" -> null;
            case "constant" -> "Requests came at even intervals, not at random.";
            default -> "Its requests were sent in a way that is not known: " + type + ".";
        };
    }

    private static Load load(Values strategy, Values metrics, @Nullable Integer requests) {
        Double prompt = mean(metrics, "prompt_token_count");
        Double output = mean(metrics, "output_token_count");
        String type = Objects.requireNonNullElse(strategy.text("type_"), "");
        Integer most = type.equals("synchronous") ? Integer.valueOf(1) : strategy.integer("streams", "max_concurrency");
        boolean atRate = type.equals("poisson") || type.equals("constant");
        ServingMetric metric = atRate
                ? ServingMetric.ARRIVAL_RATE
                : most == null ? ServingMetric.OFFLINE : ServingMetric.REQUEST_CYCLE;
        return new Load(
                Phase.SERVE,
                metric,
                rounded(prompt),
                rounded(output),
                null,
                atRate ? null : most,
                requests,
                atRate ? strategy.number("rate") : null);
    }

    /** Its place has moved from version to version. */
    private static @Nullable String model(Values report, Values benchmark) {
        return Stream.of(
                        report.object("args").text("model"),
                        benchmark.object("worker").text("backend_model"),
                        benchmark.path("config", "backend").text("model"),
                        report.path("config", "backend").text("model"),
                        report.path("config", "spec", "backend").text("model"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Double mean(Values metrics, String name) {
        return metrics.path(name, "successful").number("mean");
    }

    private static @Nullable Integer rounded(@Nullable Double number) {
        return number == null ? null : Integer.valueOf((int) Math.round(number));
    }

    private static String day(double seconds) {
        return Instant.ofEpochSecond((long) seconds)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }
}
