package quartermaster.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.ChangedRequests.Winner;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.decision.Assessment;
import quartermaster.request.Acquisition;
import quartermaster.request.DecisionRequest;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Skill;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** Fields with few values: each other value is tried, and what then wins with every candidate is kept. */
record Choices(Catalogue catalogue, ChangedRequests trials, DecisionRequest filled) {
    private static final String ACQUISITION = "constraints.acquisition";
    private static final String METHOD = "workload.fineTuning.method";
    private static final String LAPTOP = "constraints.mobile";
    private static final Set<WorkloadType> PERSONAL = EnumSet.of(WorkloadType.EVALUATION, WorkloadType.FINE_TUNING);
    private static final int MOST_SIBLINGS = 3;
    private static final List<String> FLAGS =
            List.of("constraints.dataMustStay", "constraints.offline", LAPTOP, "constraints.allowProjected");
    private static final List<Set<Skill>> TEAMS = List.of(
            EnumSet.of(Skill.MACOS, Skill.PYTHON_ML), EnumSet.of(Skill.LINUX, Skill.CUDA), EnumSet.allOf(Skill.class));

    /** A value of a field, and the request with it. */
    private record Option(String field, @Nullable Object from, Object to, DecisionRequest changed) {}

    /** What wins with each other value, by field; values that nothing is suitable for included. */
    Map<String, List<Flip>> outcomes() {
        Map<String, List<Flip>> byField = new LinkedHashMap<>();
        List<Option> options = options();
        List<Flip> flips = options.parallelStream().map(this::outcome).toList();
        flips.forEach(each ->
                byField.computeIfAbsent(each.field(), key -> new ArrayList<>()).add(each));
        return byField;
    }

    private Flip outcome(Option option) {
        Optional<Winner> winner = trials.winnerOrToday(option.changed());
        return new Flip(
                option.field(),
                option.from(),
                option.to(),
                winner.map(Winner::candidate).orElse(null),
                winner.map(Winner::recommendation).orElse(null));
    }

    private List<Option> options() {
        DecisionRequest asked = trials.asked();
        List<Option> options = new ArrayList<>();
        FineTuning training = filled.workload().fineTuning();
        if (training == null) {
            for (Quantization each : precisions()) {
                options.add(option("workload.quantization", quantizationNow(), each.id()));
            }
        } else {
            options.addAll(methods(training));
        }
        for (Model each : siblings()) {
            options.add(option("workload.model", filled.workload().model(), each.id()));
        }
        for (String field : FLAGS) {
            boolean now = Boolean.TRUE.equals(Records.get(asked, field));
            if (field.equals(LAPTOP)
                    && !now
                    && !PERSONAL.contains(asked.workload().type())) {
                continue; // nobody carries around what serves others
            }
            options.add(option(field, now, !now));
        }
        if (asked.candidates().isEmpty()) {
            for (Acquisition each : List.of(Acquisition.BUY, Acquisition.RENT)) {
                options.add(option(ACQUISITION, acquisitionNow(), each));
            }
        }
        for (Set<Skill> team : TEAMS) {
            if (!team.equals(asked.skills())) {
                options.add(new Option("team.skills", asked.skills(), team, Records.with(asked, "skills", team)));
            }
        }
        return options;
    }

    /** Every other way to train. */
    private List<Option> methods(FineTuning training) {
        DecisionRequest asked = trials.asked();
        FineTuning said = asked.workload().fineTuning();
        return Stream.of(FineTuningMethod.values())
                .filter(each -> each != training.method())
                .map(each -> new Option(
                        METHOD,
                        training.method(),
                        each,
                        Records.with(
                                asked,
                                "workload.fineTuning",
                                Records.with(said == null ? FineTuning.UNSAID : said, "method", each))))
                .toList();
    }

    private Option option(String field, @Nullable Object from, Object to) {
        return new Option(field, from, to, Records.with(trials.asked(), field, to));
    }

    private @Nullable Acquisition acquisitionNow() {
        return trials.winner()
                .map(each -> each.recommendation().assessment().acquisition())
                .orElse(null);
    }

    private @Nullable String quantizationNow() {
        String said = filled.workload().quantization();
        return said != null
                ? said
                : trials.winner()
                        .map(each -> each.recommendation()
                                .assessment()
                                .quantization()
                                .id())
                        .orElse(null);
    }

    /** Of each number of bits the precision that most programs know; for customers, that the winner's server loads. */
    private List<Quantization> precisions() {
        String now = quantizationNow();
        Optional<Assessment> server =
                trials.winner().map(each -> each.recommendation().assessment()).filter(Assessment::isProductionServer);
        Map<Long, Quantization> byBits = new LinkedHashMap<>();
        catalogue.quantizations().stream()
                .filter(each -> each.forWeights()
                        && each.considered()
                        && each.onlyModelFamilies().isEmpty()
                        && server.map(it -> each.engines().contains(it.engineId()))
                                .orElse(true))
                .sorted(Comparator.comparingDouble(Quantization::weightBits)
                        .reversed()
                        .thenComparing(each -> -each.engines().size()))
                .forEach(each -> byBits.putIfAbsent(Math.round(each.weightBits()), each));
        return byBits.values().stream().filter(each -> !each.id().equals(now)).toList();
    }

    /** Models of the same family, the nearest in size first. */
    private List<Model> siblings() {
        String name = filled.workload().model();
        Optional<Model> now =
                name == null || filled.workload().inlineModel() != null ? Optional.empty() : catalogue.findModel(name);
        return now.map(model -> catalogue.models().stream()
                        .filter(each -> each.family().equals(model.family())
                                && !each.id().equals(model.id())
                                && (model.vision() || !each.vision()))
                        .sorted(Comparator.comparingDouble(
                                (Model each) -> Math.abs(Math.log(size(each) / size(model)))))
                        .limit(MOST_SIBLINGS)
                        .toList())
                .orElse(List.of());
    }

    private static double size(Model model) {
        return Math.max(0.01, model.totalParametersB());
    }

    /** Of each field the first other value with which something else wins. */
    static List<Flip> flips(Map<String, List<Flip>> outcomes, Optional<Contender> today) {
        return outcomes.values().stream()
                .flatMap(list -> list.stream()
                        .filter(each -> !Optional.ofNullable(each.contender()).equals(today))
                        .limit(1))
                .toList();
    }
}
