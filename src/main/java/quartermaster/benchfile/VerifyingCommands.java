package quartermaster.benchfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.launch.WeightsName;
import quartermaster.unit.ShellWords;

/**
 * Commands that measure what was estimated, on the machine itself: of the tool that goes with the format of the weights, for
 * one replica. The last one makes measurements of the result.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/tree/master/tools/llama-bench">options of llama-bench</a>
 * @see <a href="https://docs.vllm.ai/en/latest/benchmarking/cli/">options of vllm bench serve</a>
 * @see <a href="https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/benchmark.py">options of mlx_lm.benchmark</a>
 */
public final class VerifyingCommands {
    private static final int REQUESTS_IN_A_ROW = 8; // so that start and end of a run weigh little
    private static final String ALL_LAYERS = " -ngl 99";

    private final Demand demand;
    private final Deployment deployment;
    private final int inFlight;
    private final int layersOnHost;

    private VerifyingCommands(Demand demand, EstimatedDeployment assessed) {
        this.demand = demand;
        this.deployment = assessed.deployment();
        this.inFlight = Math.max(1, assessed.estimate().inFlightPerReplica());
        this.layersOnHost = assessed.estimate().expertLayersOnHost();
    }

    public static List<String> of(Demand demand, EstimatedDeployment assessed) {
        return new VerifyingCommands(demand, assessed).all();
    }

    private List<String> all() {
        if (demand.training() != null) {
            return List.of(); // tools print the speed of a run themselves; it is a row of Training measurements
        }
        Engine engine = deployment.engine();
        String format = deployment.quantization().format();
        return switch (format.equals("any") ? engine.formats().get(0) : format) {
            case "gguf" -> read("result.jsonl", inFlight == 1 ? alone() : batched());
            case "mlx" -> read("result.txt", List.of(mlx()));
            default -> read("result.json", served());
        };
    }

    private String weights() {
        return ShellWords.quote(WeightsName.of(demand.model(), deployment.quantization()));
    }

    private String file() {
        return ShellWords.quote(WeightsName.of(demand.model(), deployment.quantization()) + ".gguf");
    }

    private List<String> alone() {
        String bench = "llama-bench -m " + file() + ALL_LAYERS + onHost()
                + (deployment.devices() == 1 ? " -sm none" : "") + cache(" -ctk %1$s -ctv %1$s");
        return List.of(
                bench + " -p " + demand.inputTokens() + " -n 0 -o jsonl > result.jsonl",
                bench + " -p 0 -n " + demand.outputTokens() + " -d " + demand.inputTokens()
                        + " -o jsonl >> result.jsonl");
    }

    private List<String> batched() {
        int tokens = demand.inputTokens() + demand.outputTokens();
        return List.of("llama-batched-bench -m " + file() + ALL_LAYERS + onHost() + " -c "
                + inFlight * tokens + " -npp "
                + demand.inputTokens() + " -ntg " + demand.outputTokens() + " -npl " + inFlight
                + cache(" -ctk %1$s -ctv %1$s") + " --output-format jsonl > result.jsonl");
    }

    /** Experts of so many layers stay in the memory of the host, and longer pieces of prompts make up for copying them. */
    private String onHost() {
        return layersOnHost == 0
                ? ""
                : " -ncmoe " + layersOnHost + " -ub " + deployment.engine().microBatchTokens(deployment.hardware());
    }

    private String mlx() {
        return "mlx_lm.benchmark --model " + weights() + " --prompt-tokens " + demand.inputTokens()
                + " --generation-tokens " + demand.outputTokens() + " --batch-size " + inFlight + " > result.txt";
    }

    /** Its client measures any server that speaks its protocol; how others are started is theirs to say. */
    private List<String> served() {
        List<String> commands = new ArrayList<>();
        if (deployment.engine().name().equals(BenchmarkTool.VLLM_SERVE.engine())) {
            commands.add(
                    "vllm serve " + weights() + " --tensor-parallel-size " + deployment.devices() + " --max-model-len "
                            + Math.max(demand.contextTokens(), demand.inputTokens() + demand.outputTokens())
                            + cache(" --kv-cache-dtype %s"));
        }
        commands.add("vllm bench serve --model " + weights() + " --dataset-name random --random-input-len "
                + demand.inputTokens() + " --random-output-len " + demand.outputTokens()
                + " --ignore-eos --max-concurrency " + inFlight + " --num-prompts " + inFlight * REQUESTS_IN_A_ROW
                + " --save-result --result-filename result.json");
        return commands;
    }

    /** What the type of the cache is called in options: an alias such as kv-q8_0 without its beginning. */
    private String cache(String option) {
        Quantization type = demand.cacheType();
        return type == null
                ? ""
                : type.aliases().stream()
                        .filter(alias -> alias.startsWith("kv-"))
                        .findFirst()
                        .map(alias -> String.format(Locale.ROOT, option, alias.substring("kv-".length())))
                        .orElse("");
    }

    private List<String> read(String result, List<String> commands) {
        if (demand.cacheType() != null) {
            return commands; // no column of measurements says so, and the row would count as one of 16 bits
        }
        List<String> all = new ArrayList<>(commands);
        all.add("quartermaster import-measurements " + result + " --hardware "
                + deployment.hardware().id() + " --devices " + deployment.devices() + " --engine "
                + deployment.engine().id() + " --model " + demand.model().id() + " --quantization "
                + deployment.quantization().id());
        return all;
    }
}
