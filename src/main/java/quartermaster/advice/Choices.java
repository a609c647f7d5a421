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
import quartermaster.catalogue.Named;
import quartermaster.catalogue.Quantization;
import quartermaster.decision.Assessment;
import quartermaster.decision.Threshold;
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
    private static final String PRECISION = "workload.quantization";
    private static final String METHOD = "workload.fineTuning.method";
    private static final String LAPTOP = "constraints.mobile";
    private static final Set<WorkloadType> PERSONAL = EnumSet.of(WorkloadType.EVALUATION, WorkloadType.FINE_TUNING);
    private static final int MOST_SIBLINGS = 1;
    private static final List<String> FLAGS =
            List.of("constraints.dataMustStay", "constraints.offline", LAPTOP, "constraints.allowProjected");
    private static final Set<String> STAYING = Set.of("constraints.dataMustStay", "constraints.offline");
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
                options.add(option(PRECISION, precisionNow(), each));
            }
        } else {
            options.addAll(methods(training));
        }
        for (Model each : siblings()) {
            options.add(option("workload.model", modelNow(), each));
        }
        boolean isOnlyRented = asked.constraints().acquisition() != null
                && asked.constraints().acquisition() != Acquisition.BUY
                && asked.constraints().acquisition() != Acquisition.OWNED;
        for (String field : FLAGS) {
            boolean now = Boolean.TRUE.equals(Records.get(asked, field));
            if (STAYING.contains(field) && !now && isOnlyRented) {
                continue; // it was said already that nothing stands in the house
            }
            if (field.equals(LAPTOP)
                    && !now
                    && !PERSONAL.contains(asked.workload().type())) {
                continue; // nobody carries around what serves others
            }
            options.add(option(field, now, !now));
        }
        if (asked.candidates().isEmpty() && acquisitionNow() != Acquisition.OWNED) {
            boolean stays =
                    asked.constraints().dataMustStay() || asked.constraints().offline();
            for (Acquisition each : stays ? List.of(Acquisition.BUY) : List.of(Acquisition.BUY, Acquisition.RENT)) {
                options.add(option(ACQUISITION, acquisitionNow(), each));
            }
        }
        Set<Skill> skills = asked.skills();
        for (Set<Skill> team : TEAMS) {
            Set<Skill> then = EnumSet.copyOf(team); // nobody unlearns anything
            then.addAll(skills == null ? Set.of() : skills);
            if (!then.equals(skills)) {
                options.add(new Option("team.skills", skills, then, Records.with(asked, "skills", then)));
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
        Object said = to instanceof Named row ? row.id() : to;
        return new Option(field, from, to, Records.with(trials.asked(), field, said));
    }

    private @Nullable Acquisition acquisitionNow() {
        return trials.winner()
                .map(each -> each.recommendation().assessment().acquisition())
                .orElse(null);
    }

    private @Nullable Quantization precisionNow() {
        String said = filled.workload().quantization();
        return (said != null
                        ? catalogue.findQuantization(said)
                        : trials.winner()
                                .map(each -> each.recommendation().assessment().quantization()))
                .orElse(null);
    }

    /** As it was said, of a model that the catalogue has not. */
    private @Nullable Object modelNow() {
        String said = filled.workload().model();
        return said == null
                ? null
                : catalogue.findModel(said).<Object>map(row -> row).orElse(said);
    }

    /** Of each number of bits the precision that most programs know; for customers, that the winner's server loads. */
    private List<Quantization> precisions() {
        Quantization now = precisionNow();
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
        return byBits.values().stream().filter(each -> !each.equals(now)).toList();
    }

    /** Smaller models of the same family, the nearest in size first: who asks for one wants no larger one. */
    private List<Model> siblings() {
        String name = filled.workload().model();
        Optional<Model> now =
                name == null || filled.workload().inlineModel() != null ? Optional.empty() : catalogue.findModel(name);
        double smaller = trials.limit(Threshold.SMALLER_SIZE) / 100;
        return now.map(model -> catalogue.models().stream()
                        .filter(each -> each.family().equals(model.family())
                                && !each.id().equals(model.id())
                                && (model.vision() || !each.vision())
                                && size(each) <= smaller * size(model))
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
