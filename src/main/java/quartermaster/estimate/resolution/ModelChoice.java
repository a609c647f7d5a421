package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Model;
import quartermaster.quality.Grade;
import quartermaster.quality.Grades;
import quartermaster.quality.KindOfWork;
import quartermaster.quality.Level;
import quartermaster.request.Modality;
import quartermaster.request.Workload;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Which models a request leaves to choose from, and how good they are for what it wants. */
final class ModelChoice {
    private static final String MODELS = "/workload/models";

    private final Catalogue catalogue;
    private final Lookup lookup;
    private final Map<KindOfWork, Grades> grades = new ConcurrentHashMap<>(); // of models, by use

    ModelChoice(Catalogue catalogue, Lookup lookup) {
        this.catalogue = catalogue;
        this.lookup = lookup;
    }

    /**
     * Models with what is known of them.
     *
     * @param any whether they were not named, so that what nobody would choose may be left out
     */
    record Chosen(List<Graded> models, boolean any) {}

    /** @param grade null where one model is given, and none compared */
    record Graded(Model model, @Nullable Grade grade) {}

    static boolean isAny(String name) {
        return name.strip().equalsIgnoreCase(Workload.ANY_MODEL);
    }

    /** The model that is given, or those that are compared; empty with every problem that they have. */
    Optional<Chosen> of(Workload workload, Defaults defaults, List<Problem> problems) {
        boolean isOpen = workload.models().isEmpty();
        if (isOpen && (workload.saysWhichModel() || workload.trains())) {
            return one(workload, defaults, problems);
        }
        if (isOpen) {
            return isAny(defaults.constantText("model"))
                    ? several(workload, List.of(defaults.text(null, "workload.model")), defaults, problems)
                    : one(workload, defaults, problems);
        }
        if (workload.model() != null || workload.inlineModel() != null) {
            problems.add(problem("model-and-models", "Found both model and models; expected one of them."));
            return Optional.empty();
        }
        return several(workload, workload.models(), defaults, problems);
    }

    private Optional<Chosen> one(Workload workload, Defaults defaults, List<Problem> problems) {
        Optional<Model> model = lookup.model(workload, defaults, problems);
        if (workload.atLeastAsGoodAs() != null) {
            problems.add(new Problem(
                    "nothing-to-choose",
                    "One model is given, so there is none to choose that would be as good as "
                            + workload.atLeastAsGoodAs() + ". Say models (a list, or any) instead of model.",
                    new Place.Pointer("/workload/atLeastAsGoodAs")));
        }
        model.filter(each -> !reads(each, workload.modality()))
                .ifPresent(each -> problems.add(new Problem(
                        "model-does-not-read-it",
                        each.name() + " is not known to read " + Choice.id(workload.modality())
                                + ". Name another model, or say models: any.",
                        new Place.Pointer("/workload/modality"))));
        return model.map(each -> new Chosen(List.of(new Graded(each, null)), false));
    }

    private Optional<Chosen> several(Workload workload, List<String> named, Defaults defaults, List<Problem> problems) {
        boolean any = named.stream().anyMatch(ModelChoice::isAny);
        if (any && named.size() > 1) {
            problems.add(problem(
                    "any-among-models",
                    "Found any beside " + (named.size() - 1)
                            + " more; expected any alone, or only the models to choose from."));
            return Optional.empty();
        }
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < named.size() && !any; i++) {
            lookup.named(named.get(i), "workload.models[" + i + "]", defaults, problems)
                    .filter(each -> !models.contains(each))
                    .ifPresent(models::add);
        }
        if (any) {
            models.addAll(usable(
                    catalogue.models().stream()
                            .filter(each -> reads(each, workload.modality()))
                            .toList(),
                    defaults));
            if (models.isEmpty()) {
                problems.add(new Problem(
                        "no-model-reads-it",
                        "The catalogue has no model of which it is known that it reads "
                                + Choice.id(workload.modality()) + ".",
                        new Place.Pointer("/workload/modality")));
            }
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        KindOfWork use = use(workload, defaults);
        Grades known = grades.computeIfAbsent(use, each -> Grades.of(catalogue, each));
        Level wanted = null;
        if (workload.atLeastAsGoodAs() != null) {
            Optional<Model> bar =
                    lookup.named(workload.atLeastAsGoodAs(), "workload.atLeastAsGoodAs", defaults, problems);
            if (bar.isEmpty()) {
                return Optional.empty();
            }
            wanted = known.level(bar.get()).orElse(null);
            if (wanted == null) {
                problems.add(new Problem(
                        "level-not-known",
                        "No test in the sheet Quality tells how good "
                                + bar.get().name() + " is for " + Choice.id(use)
                                + ", so nothing can be compared with it. Name another model, or another use.",
                        new Place.Pointer("/workload/atLeastAsGoodAs")));
                return Optional.empty();
            }
        }
        Level bar = wanted;
        return Optional.of(new Chosen(
                models.stream()
                        .map(each -> new Graded(each, known.of(each, bar)))
                        .toList(),
                any));
    }

    /** Those whose licence may allow such work, none that is made for other work; all where none is left, so that a rule can say so. */
    private List<Model> usable(List<Model> models, Defaults defaults) {
        List<String> licences =
                List.of(defaults.constantText("licencesOfAnyModel").split("[;,] *"));
        List<String> others = catalogue.list("madeForOtherWork");
        List<Model> usable = models.stream()
                .filter(each -> licences.contains(Choice.id(each.commercialUse())) && !others.contains(each.id()))
                .toList();
        return usable.isEmpty() ? models : usable;
    }

    private KindOfWork use(Workload workload, Defaults defaults) {
        if (workload.use() != null) {
            return Choice.find(KindOfWork.class, Choice.id(workload.use())).orElseThrow();
        }
        String modality = workload.modality() == null || workload.modality() == Modality.TEXT
                ? ""
                : "." + Choice.id(workload.modality());
        String usual = defaults.text(null, "workload.use", "comparedFor" + modality);
        return Choice.find(KindOfWork.class, usual).orElse(KindOfWork.CHAT);
    }

    /** Whether it is known that a model reads that. */
    static boolean reads(Model model, @Nullable Modality modality) {
        return modality == null
                || switch (modality) {
                    case TEXT -> true;
                    case IMAGE -> model.vision();
                    case AUDIO -> model.hears();
                };
    }

    private static Problem problem(String code, String message) {
        return new Problem(code, message, new Place.Pointer(MODELS));
    }
}
