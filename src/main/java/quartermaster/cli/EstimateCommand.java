package quartermaster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.benchfile.VerifyingCommands;
import quartermaster.cli.report.FactSheet;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Demand;
import quartermaster.json.FactSheetWriter;
import quartermaster.launch.Start;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.Constraints.Owned;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

@Command(
        name = "estimate",
        sortOptions = false,
        description = "Prints the fact sheet of one pairing of model and hardware, with the arithmetic shown.",
        footer = {
            "",
            "What is unsaid: one device; the engine and the quantization that score best.",
            "",
            "Examples:",
            "  quartermaster estimate --model llama-3.1-70b --hardware \"RTX PRO 6000\"",
            "  quartermaster estimate --model llama-3.1-70b --hardware h100-sxm --devices 2 --engine vllm"
                    + " --quantization fp8 --concurrency 32",
            "  quartermaster estimate --model llama-3.1-8b --hardware h100-sxm --train lora --examples 50000"
        })
final class EstimateCommand extends Subcommand {
    @Mixin
    private final SetupOptions setup = new SetupOptions();

    @Option(names = "--replicas", paramLabel = "N", description = "Copies of the model side by side (default: 1).")
    private int replicas = 1;

    @Option(names = "--kv-cache", paramLabel = "Q", description = "Quantization of the KV cache. Default: 16 bits.")
    private @Nullable String cacheQuantization;

    @Option(names = "--input", paramLabel = "N", description = "Tokens of one prompt.")
    private @Nullable Integer input;

    @Option(names = "--output", paramLabel = "N", description = "Tokens of one answer.")
    private @Nullable Integer answer;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Window that one request needs at most; of a training run the tokens of a sequence.")
    private @Nullable Integer context;

    @Option(names = "--concurrency", paramLabel = "N", description = "Requests at the same time (default: 1).")
    private int concurrency = 1;

    @Option(
            names = "--type",
            paramLabel = "T",
            description = "Kind of work, for what is left unsaid: evaluation, fine-tuning, internal-tool, batch or"
                    + " production (default: evaluation).")
    private WorkloadType type = WorkloadType.EVALUATION;

    @Option(
            names = "--train",
            paramLabel = "M",
            description = "Fine-tune instead of serving: qlora, lora or full. The engine is then a training tool.")
    private @Nullable FineTuningMethod method;

    @Option(names = "--examples", paramLabel = "N", description = "Examples of a training run.")
    private @Nullable Integer examples;

    @Option(names = "--example-tokens", paramLabel = "N", description = "Prompt and answer of one of them.")
    private @Nullable Integer tokensPerExample;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over them.")
    private @Nullable Double epochs;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure {
        if (setup.model == null || setup.hardware == null) {
            throw CommandFailure.usage("Name a model and hardware: --model M --hardware H.");
        }
        Decider decider = root().decider();
        Decision decision = decide(decider, candidate(decider, null, setup.engine, setup.quantization));
        Recommendation found = only(decision);
        Demand demand = found.assessment().demand();
        List<String> verifyWith =
                VerifyingCommands.of(demand, found.assessment().assessed());
        Start start = Start.of(found).orElse(null);
        if (json.wanted) {
            console().print(FactSheetWriter.write(demand, found.assessment().assessed(), start, verifyWith));
            return ExitCode.FINE;
        }
        List<Recommendation> ways = new ArrayList<>();
        for (Acquisition way : List.of(Acquisition.BUY, Acquisition.RENT, Acquisition.OWNED)) {
            String chosen = found.assessment().quantization().id();
            ways.add(only(
                    decide(decider, candidate(decider, way, found.assessment().engineId(), chosen))));
        }
        new FactSheet(console(), found, decision.assumptions(), ways, start, verifyWith).print();
        return ExitCode.FINE;
    }

    private Candidate candidate(Decider decider, @Nullable Acquisition way, @Nullable String with, @Nullable String at)
            throws CommandFailure {
        Owned named = ModelsCommand.named(required(setup.hardware), setup.devices, decider.catalogue());
        return new Candidate(named.hardware(), named.devices(), replicas, way, null, with, at, null, null);
    }

    /** The same way as every decision, so that its numbers are the same. */
    private Decision decide(Decider decider, Candidate candidate) throws CommandFailure {
        DecisionRequest request = new DecisionRequest(
                workload(),
                Budget.UNSAID,
                null,
                Constraints.NONE,
                List.of(candidate),
                program().today(),
                Explain.FULL,
                1);
        Imported<@Nullable Decision> answer = decider.decide(request);
        Decision decision = answer.value();
        List<Problem> problems = decision == null ? answer.problems() : decision.problems();
        if (decision == null || !problems.isEmpty()) {
            throw CommandFailure.usage(problems);
        }
        return decision;
    }

    private Workload workload() throws CommandFailure {
        boolean trains = method != null || type == WorkloadType.FINE_TUNING;
        if (!trains && (examples != null || tokensPerExample != null || epochs != null)) {
            throw CommandFailure.usage(
                    "--examples, --example-tokens and --epochs are of a training run: say --train qlora, lora or full.");
        }
        if (trains) {
            return Workload.of(WorkloadType.FINE_TUNING)
                    .with("model", setup.model)
                    .with("quantization", setup.quantization)
                    .with(
                            "fineTuning",
                            new FineTuning(method, null, context, examples, tokensPerExample, epochs, null, null));
        }
        return Workload.of(type)
                .with("model", setup.model)
                .with("quantization", setup.quantization)
                .with("kvCacheQuantization", cacheQuantization)
                .with("inputTokens", input)
                .with("outputTokens", answer)
                .with("contextTokens", context)
                .with("concurrency", concurrency);
    }

    private static Recommendation only(Decision decision) {
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .findFirst()
                .orElseThrow();
    }
}
