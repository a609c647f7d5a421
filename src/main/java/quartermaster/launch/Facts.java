package quartermaster.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.PublishedWeights;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.SpeculativeDecoding;
import quartermaster.decision.Assessment;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Fit;
import quartermaster.unit.Bytes;
import quartermaster.unit.Choice;
import quartermaster.unit.Numbers;

/** What templates and conditions may name, each from the deployment, its estimate or what was asked for. */
public record Facts(Recommendation found) {
    private static final int MIB_PER_GIB = 1024;
    private static final Map<String, Function<Facts, @Nullable Object>> BY_NAME = new LinkedHashMap<>();

    static {
        // The model and its weights.
        name("model", it -> it.it().model().id());
        name("name", it -> Template.plainName(it.it().model().id()));
        name("family", it -> it.it().model().family());
        name("huggingFaceId", it -> it.published().huggingFaceId());
        name("publishedPrecision", it -> it.published().precision());
        name("mlxRepository", it -> it.published().mlxRepository());
        name(
                "ggufRepository",
                it -> it.published().ggufRepository(it.it().quantization().id()).orElse(null));
        name("precision", it -> it.it().quantization().id());
        name("ggufType", it -> it.it().quantization().id().toUpperCase(Locale.ROOT));
        name("format", it -> it.it().quantization().format());
        name("weightBits", it -> Numbers.plain(it.it().quantization().weightBits()));
        name("weights", it -> WeightsName.of(it.it().model(), it.it().quantization()));
        // The machines.
        name("hardware", it -> it.it().hardware().id());
        name("hardwareFamily", it -> it.it().hardware().family());
        name("vendor", it -> it.it().hardware().vendor());
        name("devices", it -> it.it().devices());
        name("machines", it -> it.it().machinesPerReplica());
        name("devicesPerMachine", it -> it.it().devices() / it.it().machinesPerReplica());
        name("layers", Facts::layers);
        name("replicas", it -> it.it().replicas());
        name("memoryFraction", it -> Numbers.plain(it.memoryFraction()));
        name("companions", it -> it.it().companionsGiB() > 0 ? it.companions() : null);
        name("microBatchTokens", it -> it.it().engine().microBatchTokens(it.it().hardware()));
        name("gpuMemoryMiB", Facts::gpuMemoryMiB);
        name("expertLayersOnHost", it -> positive(it.it().estimate().expertLayersOnHost()));
        // The work.
        name("work", it -> it.it().isTraining() ? "training" : it.it().isHosted() ? "asking" : "serving");
        name("workload", it -> Choice.id(it.it().workloadType()));
        name("contextTokens", Facts::contextTokens);
        name("contextOfAllTokens", it -> (long) it.contextTokens() * it.inFlight());
        name("inFlight", Facts::inFlight);
        name("maxConcurrency", it -> Math.max(it.inFlight(), it.it().maxConcurrency()));
        name("sharedPrefixTokens", it -> positive(it.demand().sharedPrefixTokens()));
        name("cacheType", Facts::cacheType);
        name("drafts", Facts::drafts);
        name("finding", it -> it.found().findings().stream().map(Finding::code).toList());
        // Training.
        name(
                "method",
                it -> it.training() == null ? null : Choice.id(it.training().method()));
        name("batch", it -> it.training() == null ? null : it.training().batch());
        name(
                "sequenceTokens",
                it -> it.training() == null ? null : it.training().sequenceTokens());
        name("loraRank", it -> it.training() == null ? null : it.training().loraRank());
        name("examples", it -> it.run() == null ? null : Numbers.plain(it.run().examples()));
        name("epochs", it -> it.run() == null ? null : Numbers.plain(it.run().epochs()));
        name(
                "batchOfAll",
                it -> it.training() == null
                        ? null
                        : it.training().batch() * it.it().devices());
        name("stepsOfAll", it -> it.steps(it.it().devices()));
        name("steps", it -> it.steps(1));
        // What somebody else serves.
        name(
                "provider",
                it -> it.it().deployment().api() == null
                        ? null
                        : it.it().deployment().api().provider());
        name("outputTokens", it -> it.demand().outputTokens());
    }

    private static void name(String name, Function<Facts, @Nullable Object> value) {
        BY_NAME.put(name, value);
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** None where it is not known, or does not apply; each in one line, as a command has one. */
    List<String> values(String name) {
        Function<Facts, @Nullable Object> asked = BY_NAME.get(name);
        Object value = asked == null ? null : asked.apply(this);
        List<?> values = value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
        return values.stream()
                .map(each -> each.toString().replaceAll("\\p{Cntrl}+", " "))
                .toList();
    }

    private Assessment it() {
        return found.assessment();
    }

    private Demand demand() {
        return it().demand();
    }

    private Demand.@Nullable Training training() {
        return demand().training();
    }

    private Demand.@Nullable Run run() {
        return training() == null ? null : training().run();
    }

    /**
     * Passes over a batch in a run: 10,000 examples for 3 epochs in batches of 8 are ⌈30,000 ÷ 8⌉ = 3,750. Null where nobody
     * said how long it is.
     */
    private @Nullable Long steps(int batchesAtOnce) {
        Demand.Run run = run();
        Demand.Training training = training();
        return run == null || training == null
                ? null
                : Long.valueOf(
                        (long) Math.ceil(run.examples() * run.epochs() / ((double) training.batch() * batchesAtOnce)));
    }

    private PublishedWeights published() {
        return it().model().published();
    }

    private int contextTokens() {
        return Math.max(demand().contextTokens(), demand().inputTokens() + demand().outputTokens());
    }

    private int inFlight() {
        return Math.max(1, it().concurrencyPerReplica());
    }

    /**
     * What the engine may take of each device: less where another model stands beside it. 0.92 of 80 GiB, 16 GiB of which
     * belong to an OCR model: 0.92 − 16 ÷ 80 = 0.72.
     */
    private double memoryFraction() {
        double whole = it().engine().memoryFraction();
        if (it().companionsGiB() == 0) {
            return whole;
        }
        double beside = it().companionsGiB() / (it().devices() * it().hardware().memoryGiB());
        return Math.floor((whole - beside) * 100 + 1e-9) / 100;
    }

    private String companions() {
        return it().demand().companions().all().stream()
                .map(each -> each.model().name())
                .collect(Collectors.joining(", "));
    }

    /** What the GPU of each machine must be allowed to use; where it fits only just, with what may come on top. */
    private long gpuMemoryMiB() {
        Bytes needed =
                it().fit() == Fit.NO ? it().memory().required() : it().memory().pessimistic();
        return (long) Math.ceil(needed.gib() / it().machinesPerReplica()) * MIB_PER_GIB;
    }

    /** What the type of the cache is called in options: an alias such as kv-q8_0 without its beginning. */
    private @Nullable String cacheType() {
        Quantization type = demand().cacheType();
        return type == null
                ? null
                : type.aliases().stream()
                        .filter(alias -> alias.startsWith("kv-"))
                        .map(alias -> alias.substring("kv-".length()))
                        .findFirst()
                        .orElse(null);
    }

    /** The method of speculative decoding that was counted. */
    private @Nullable String drafts() {
        return it().countsSpeculation()
                ? it().estimate()
                        .speculativeDecoding()
                        .map(SpeculativeDecoding::method)
                        .orElse(null)
                : null;
    }

    /** How the devices of a replica share them; null where the engine does not work on one layer with several. */
    private @Nullable String layers() {
        if (!it().engine().multiDevice().sharesLayers()) {
            return null;
        }
        return it().estimate().layersInTurn() ? "in turn" : "shared";
    }

    private static @Nullable Integer positive(int number) {
        return number > 0 ? number : null;
    }
}
