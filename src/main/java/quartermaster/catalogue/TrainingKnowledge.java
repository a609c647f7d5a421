package quartermaster.catalogue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.unit.Ids;

/** What is known of training: the tools, what they reach of a chip's peak, and runs that somebody measured. */
public final class TrainingKnowledge {
    private final List<TrainingTool> tools;
    private final List<Utilization> utilizations;
    private final List<Run> runs;
    private final Map<String, TrainingTool> toolsById = new LinkedHashMap<>();
    private final Map<String, Engine> engines = new LinkedHashMap<>(); // by the tool's id

    public TrainingKnowledge(List<TrainingTool> tools, List<Utilization> utilizations, List<Run> runs) {
        this.tools = List.copyOf(tools);
        this.utilizations = List.copyOf(utilizations);
        this.runs = List.copyOf(runs);
        tools.forEach(each -> {
            toolsById.putIfAbsent(each.id(), each);
            engines.putIfAbsent(each.id(), each.asEngine());
        });
    }

    /**
     * What is expected of a chip before anything measured is looked at: one row of the sheet {@code Training efficiency}.
     *
     * @param appliesTo a chip class, a family or {@code any}
     * @param share of the peak that a run's arithmetic reaches
     */
    public record Utilization(
            @Column("Applies to") String appliesTo,
            @Column("Method: full, lora, qlora") String method,
            @Column("Utilization: 0 to 1") double share,
            @Column("Source") String source,
            @Column("As of") String asOf,
            int row) {}

    /**
     * A run that somebody measured: one row of the sheet {@code Training measurements}.
     *
     * @param model id, name or alias; a model that the catalogue does not know needs the next three
     * @param activeParametersB in billions, that a token passes through
     * @param trainedLayers that had adapters; null for all
     * @param sequenceTokens of one sequence; null where not published
     * @param batch sequences for each device, or of all; null where not published
     * @param tokensPerSecond of all devices together
     * @param trust A for a harness or an audit, B for one person's runs, C for what was derived
     * @param whyNot why a row is not used; null when it is
     */
    public record Run(
            @Column("Id") String id,
            @Column("Date") @Nullable String date,
            @Column("Hardware") String hardware,
            @Column("Devices") int devices,
            @Column("Tool") String tool,
            @Column("Tool version") @Nullable String toolVersion,
            @Column("Model") String model,
            @Column("Active parameters (B): > 0") @Nullable Double activeParametersB,
            @Column("Layers") @Nullable Integer layers,
            @Column("Hidden size") @Nullable Integer hiddenSize,
            @Column("Method: full, lora, qlora") String method,
            @Column("Precision") String precision,
            @Column("Trained layers") @Nullable Integer trainedLayers,
            @Column("Sequence (tokens)") @Nullable Integer sequenceTokens,
            @Column("Batch (sequences)") @Nullable Integer batch,
            @Column("Tokens per second: > 0") double tokensPerSecond,
            @Column("Trust: A, B, C") String trust,
            @Column("Include") boolean include,
            @Column("Why not included") @Nullable String whyNot,
            @Column("Note") @Nullable String note,
            @Column("Source") String source,
            int row) {

        /** Whether it is the architect's own: its source is no page of the web. */
        public boolean isOwn() {
            return Measurement.isOwn(source);
        }

        public String publisher() {
            return Measurement.publisher(source);
        }
    }

    public List<TrainingTool> tools() {
        return tools;
    }

    /** What stands for the tools where engines are looked for. */
    public Collection<Engine> engines() {
        return engines.values();
    }

    /** Engines of the tools that know a method. */
    public List<Engine> enginesFor(String method) {
        return tools.stream()
                .filter(each -> each.methods().contains(method))
                .map(each -> engine(each))
                .toList();
    }

    public Optional<TrainingTool> findTool(String name) {
        TrainingTool exact = toolsById.get(name);
        String wanted = Ids.normalise(name);
        return exact != null
                ? Optional.of(exact)
                : tools.stream()
                        .filter(each -> Ids.normalise(each.id()).equals(wanted)
                                || Ids.normalise(each.name()).equals(wanted)
                                || each.aliases().stream()
                                        .anyMatch(alias -> Ids.normalise(alias).equals(wanted)))
                        .findFirst();
    }

    public Optional<Engine> findEngine(String name) {
        return findTool(name).map(this::engine);
    }

    private Engine engine(TrainingTool tool) {
        Engine engine = engines.get(tool.id());
        return engine == null ? tool.asEngine() : engine;
    }

    /** Of the chip's class, else of its family, else of anything; empty where no row applies. */
    public Optional<Utilization> utilization(Hardware chip, String method) {
        for (String appliesTo : List.of(chip.chipClass(), chip.family(), "any")) {
            Optional<Utilization> found = utilizations.stream()
                    .filter(each ->
                            each.appliesTo().equals(appliesTo) && each.method().equals(method))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    public List<Utilization> utilizations() {
        return utilizations;
    }

    /** Everything that was measured, also what is not used. */
    public List<Run> runs() {
        return runs;
    }
}
