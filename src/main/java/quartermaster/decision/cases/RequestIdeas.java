package quartermaster.decision.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.decision.Condition;
import quartermaster.decision.cases.Coverage.TableRow;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Records;

/** Requests that may reach a row of a table, as far as its conditions say how; the plain ones first. */
final class RequestIdeas {
    private static final int AT_MOST = 80;
    private static final int HARDWARE_AT_MOST = 24;
    private static final int MODELS_AT_MOST = 8;
    private static final List<@Nullable Integer> CONCURRENCY = Arrays.asList(null, 1, 4, 30, 300, 3000);
    private static final List<@Nullable Integer> PROMPTS = Arrays.asList(null, 200, 8_000, 30_000, 120_000);
    private static final List<Integer> DEVICES = List.of(1, 2, 4, 8);
    private static final List<@Nullable Double> UTILIZATION = Arrays.asList(null, 0.05, 0.15, 0.3, 0.6, 0.95);
    private static final List<@Nullable Set<Skill>> SKILLS = Arrays.asList(
            null,
            EnumSet.allOf(Skill.class),
            Set.of(Skill.MACOS, Skill.PYTHON_ML),
            Set.of(Skill.LINUX, Skill.CUDA),
            Set.of(Skill.LINUX),
            Set.of());
    private static final List<Constraints> CONSTRAINTS = List.of(
            Constraints.NONE,
            Records.with(Records.with(Constraints.NONE, "availableWithinWeeks", 0), "allowProjected", true),
            Records.with(
                    Records.with(Records.with(Constraints.NONE, "offline", true), "dataMustStay", true),
                    "mobile",
                    true));

    private final Catalogue catalogue;
    private final LocalDate asOf;
    private final @Nullable TableRow row;
    private final List<List<?>> choices; // of each of the things that vary, the plainest first
    private final List<Candidate> candidates;

    /** @param row null where anything may do */
    RequestIdeas(Catalogue catalogue, LocalDate asOf, @Nullable TableRow row) {
        this.catalogue = catalogue;
        this.asOf = asOf;
        this.row = row;
        this.choices = List.of(
                Stream.of(WorkloadType.values())
                        .filter(each -> may("Workload type", Choice.id(each)))
                        .toList(),
                models(),
                CONCURRENCY.stream()
                        .filter(each -> each == null || may("Concurrent requests", (double) each))
                        .toList(),
                asks("TTFT P95 (s)", "TTFT (s)", "Prompt tokens", "Context tokens") ? PROMPTS : PROMPTS.subList(0, 1),
                asks("Utilization (%)", "Per million tokens (USD)", "Per month (USD)")
                        ? UTILIZATION
                        : UTILIZATION.subList(0, 1),
                asks("Skills missing", "Team has", "Team lacks") ? SKILLS : SKILLS.subList(0, 1),
                quantizations(),
                constraints());
        this.candidates = candidates();
    }

    /** At most {@link #AT_MOST}, those with the fewest oddities first. */
    List<DecisionRequest> requests() {
        List<DecisionRequest> requests = new ArrayList<>();
        int most = choices.stream().mapToInt(List::size).sum();
        for (int oddities = 0; oddities < most && requests.size() < AT_MOST; oddities++) {
            addRequests(new int[choices.size()], 0, oddities, requests);
        }
        return requests;
    }

    private void addRequests(int[] picks, int choice, int oddities, List<DecisionRequest> requests) {
        if (requests.size() >= AT_MOST) {
            return;
        }
        if (choice == picks.length) {
            if (oddities == 0) {
                requests.add(request(picks));
            }
            return;
        }
        for (int pick = 0; pick < choices.get(choice).size() && pick <= oddities; pick++) {
            picks[choice] = pick;
            addRequests(picks, choice + 1, oddities - pick, requests);
        }
    }

    @SuppressWarnings("unchecked") // as the choices are listed above
    private DecisionRequest request(int[] picks) {
        Object[] it = new Object[picks.length];
        for (int i = 0; i < it.length; i++) {
            it[i] = choices.get(i).get(picks[i]);
        }
        Workload workload = Workload.of((WorkloadType) it[0])
                .with("model", it[1])
                .with("concurrency", it[2])
                .with("inputTokens", it[3])
                .with("quantization", it[6]);
        return new DecisionRequest(
                workload,
                Records.with(Budget.UNSAID, "utilization", it[4]),
                (@Nullable Set<Skill>) it[5],
                (Constraints) it[7],
                candidates,
                asOf,
                Explain.SUMMARY,
                DecisionRequest.DEFAULT_LIMIT);
    }

    private List<Constraints> constraints() {
        if (row == null) {
            return CONSTRAINTS;
        }
        return asks("Weeks too late") ? CONSTRAINTS.subList(1, 2) : CONSTRAINTS.subList(0, 1);
    }

    /** The default, and others from the smallest to the largest. */
    private List<@Nullable String> models() {
        List<String> fitting = catalogue.models().stream()
                .filter(each -> may("Model family", each.family())
                        && may("Licence", Choice.id(each.commercialUse()))
                        && may("MLX state", Choice.id(each.mlxState()))
                        && may("Mixture of experts", each.isMixtureOfExperts() ? "yes" : "no"))
                .sorted(Comparator.comparingDouble(Model::totalParametersB))
                .map(Model::id)
                .toList();
        List<@Nullable String> models = new ArrayList<>();
        if (row == null || !asks("Model family", "Licence", "MLX state", "Mixture of experts")) {
            models.add(null);
        }
        models.addAll(spread(fitting, MODELS_AT_MOST));
        return models;
    }

    private List<@Nullable String> quantizations() {
        List<@Nullable String> quantizations = new ArrayList<>();
        if (asks("Quantization", "Precision", "Format state")) {
            catalogue.quantizations().stream()
                    .filter(each ->
                            each.forWeights() && may("Quantization", each.id()) && may("Precision", precision(each)))
                    .forEach(each -> quantizations.add(each.id()));
        }
        if (row == null || !asks("Quantization", "Precision")) {
            quantizations.add(0, null);
        }
        return quantizations;
    }

    private static @Nullable String precision(Quantization quantization) {
        return quantization.quality() == null ? null : Choice.id(quantization.quality());
    }

    /** None, so that all are looked at, unless the row asks for some. */
    private List<Candidate> candidates() {
        if (row == null
                || !asks("Acquisition", "Offer tier", "Engine", "Batching", "Production server")
                        && !asks(
                                "Hardware family",
                                "Chip class",
                                "Hardware",
                                "Laptop",
                                "Memory kind",
                                "Availability",
                                "Devices")) {
            return List.of();
        }
        List<@Nullable String> engines = new ArrayList<>();
        engines.add(null);
        if (asks("Engine", "Batching", "Production server")) {
            engines.clear();
            catalogue.engines().stream().filter(this::mayRun).map(Engine::id).forEach(engines::add);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Hardware hardware :
                spread(catalogue.hardware().stream().filter(this::mayBe).toList(), HARDWARE_AT_MOST)) {
            for (Acquisition acquisition : Acquisition.values()) {
                if (may("Acquisition", Choice.id(acquisition))) {
                    engines.forEach(engine -> devices()
                            .forEach(devices -> candidates.add(new Candidate(
                                    hardware.id(), devices, null, acquisition, null, engine, null, null, null))));
                }
            }
        }
        return candidates;
    }

    private List<@Nullable Integer> devices() {
        return asks("Devices")
                ? DEVICES.stream().filter(each -> may("Devices", (double) each)).toList()
                : Arrays.asList((Integer) null);
    }

    private boolean mayRun(Engine engine) {
        return may("Engine", engine.id())
                && may("Batching", Choice.id(engine.batching()))
                && may("Production server", engine.productionServer() ? "yes" : "no");
    }

    private boolean mayBe(Hardware hardware) {
        return may("Hardware", hardware.id())
                && may("Hardware family", hardware.family())
                && may("Chip class", hardware.chipClass())
                && may("Memory kind", Choice.id(hardware.memoryKind()))
                && may("Laptop", hardware.mobile() ? "yes" : "no")
                && may("Availability", Choice.id(hardware.availability()));
    }

    private boolean may(String header, @Nullable Object value) {
        return row == null || row.condition(header).holds(value);
    }

    private boolean asks(String... headers) {
        return row == null || Stream.of(headers).anyMatch(each -> !(row.condition(each) instanceof Condition.Any));
    }

    /** At most so many of a list, from its beginning to its end. */
    private static <T> List<T> spread(List<T> all, int atMost) {
        double step = Math.max(1, (double) all.size() / atMost);
        List<T> some = new ArrayList<>();
        for (double at = 0; at < all.size(); at += step) {
            some.add(all.get((int) at));
        }
        return some;
    }
}
