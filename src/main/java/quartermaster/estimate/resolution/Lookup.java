package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Companion;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Named;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.model.ModelFields;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** What a request names, found in the catalogue: models, companions, precisions, hardware. */
final class Lookup {
    private static final String MODEL = "workload.model";
    private static final String NEW_MODEL = " A model that it lacks: import-model makes its row of a config.json or a"
            + " GGUF file (--json: for this request).";

    private static final Pattern A_SERVICE = Pattern.compile(
            "(?i)\\b(?:api|openai|anthropic|bedrock|vertex|groq|openrouter|together ?ai|fireworks|mistral la plateforme)\\b");

    private static final String NEW_HARDWARE = " A row of the sheet Hardware makes it known.";

    private final Catalogue catalogue;
    private final LooseNames names;

    Lookup(Catalogue catalogue, LooseNames names) {
        this.catalogue = catalogue;
        this.names = names;
    }

    Optional<Model> model(Workload workload, Defaults defaults, List<Problem> problems) {
        if (workload.inlineModel() != null) {
            Imported<@Nullable Model> read =
                    ModelFields.inline(workload.inlineModel().fields());
            problems.addAll(read.problems());
            return Optional.ofNullable(read.value());
        }
        String name = workload.trains() && workload.model() == null
                ? defaults.textOf(WorkloadType.FINE_TUNING, MODEL)
                : defaults.text(workload.model(), MODEL);
        Optional<Companion> silent =
                names.findModel(name).isPresent() ? Optional.empty() : catalogue.findCompanion(name);
        if (silent.isPresent()) {
            problems.add(new Problem(
                    "model-generates-no-text",
                    silent.get().name() + " (" + silent.get().kind() + ") generates no text. Name it in companions,"
                            + " beside a model that does.",
                    new Place.Pointer("/workload/model")));
            return Optional.empty();
        }
        return named(name, MODEL, defaults, problems);
    }

    /**
     * A model by what it is called.
     *
     * @param field that names it, e.g. {@code workload.models[2]}
     */
    Optional<Model> named(String name, String field, Defaults defaults, List<Problem> problems) {
        String at = "/" + field.replace('.', '/').replace('[', '/').replace("]", "");
        Optional<Model> found = look(name, names::findModel, catalogue.models(), "model", at, NEW_MODEL, problems);
        found.ifPresent(model -> taken(field, name, model, defaults));
        return found;
    }

    List<Companion> companions(Workload workload, List<Problem> problems) {
        List<Companion> found = new ArrayList<>();
        for (int i = 0; i < workload.companions().size(); i++) {
            String name = workload.companions().get(i);
            String at = "/workload/companions/" + i;
            if (catalogue.findCompanion(name).isEmpty() && names.findModel(name).isPresent()) {
                problems.add(new Problem(
                        "companion-generates-text",
                        "\"" + name + "\" generates text, and wants devices for its requests: it is a workload of its"
                                + " own, not a companion.",
                        new Place.Pointer(at)));
            } else {
                look(name, catalogue::findCompanion, catalogue.companions(), "companion", at, problems)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Hardware of the catalogue by name or alias says itself in the answer what it is; what is found by its words does not. */
    void takenHardware(DecisionRequest request, Defaults defaults) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < request.candidates().size(); i++) {
            names.put(
                    "candidates[" + i + "].hardware",
                    request.candidates().get(i).hardware());
        }
        for (int i = 0; i < request.constraints().owned().size(); i++) {
            names.put(
                    "constraints.owned[" + i + "].hardware",
                    request.constraints().owned().get(i).hardware());
        }
        names.forEach((field, name) -> {
            if (catalogue.findHardware(name).isEmpty()) {
                this.names.findHardware(name).ifPresent(hardware -> taken(field, name, hardware, defaults));
                this.names
                        .findInstance(name)
                        .filter(it -> field.startsWith("candidates"))
                        .ifPresent(it -> defaults.assume(
                                field.replace(".hardware", ".devices"),
                                (long) it.devicesPerInstance(),
                                "what an instance " + name + " of " + it.provider() + " has"));
            }
        });
    }

    /** By what a cloud calls a machine: as many devices as it has, rented there where nothing else is said. */
    Candidate ofInstance(Candidate written, String at, List<Problem> problems) {
        Offer offer = catalogue.findHardware(written.hardware()).isPresent()
                ? null
                : names.findInstance(written.hardware()).orElse(null);
        if (offer == null) {
            return written;
        }
        if (written.devices() != null && written.devices() != offer.devicesPerInstance()) {
            problems.add(new Problem(
                    "two-counts",
                    "An instance " + written.hardware() + " of " + offer.provider() + " has "
                            + offer.devicesPerInstance() + " devices, and " + written.devices()
                            + " are asked for. Name "
                            + offer.hardware() + " to have another number of them.",
                    new Place.Pointer(at + "/devices")));
        }
        boolean open =
                written.offer() == null && (written.acquisition() == null || written.acquisition() == Acquisition.RENT);
        return written.with("devices", offer.devicesPerInstance()).with("offer", open ? offer.id() : written.offer());
    }

    private void taken(String field, String name, Named row, Defaults defaults) {
        if (!name.equals(row.id())) {
            String precision = LooseNames.precisionIn(name)
                    .filter(each -> !each.isEmpty())
                    .filter(each -> precision(name).isEmpty())
                    .map(each -> "; what " + each + " in it says of precision is not taken from a name")
                    .orElse("");
            defaults.assume(field, row.id(), "taken for \"" + name + "\"" + precision);
        }
    }

    Optional<Quantization> quantization(@Nullable String name, boolean forWeights, String at, List<Problem> problems) {
        if (name == null) {
            return Optional.empty();
        }
        List<Quantization> allowed = catalogue.quantizations().stream()
                .filter(each -> each.forWeights() == forWeights)
                .toList();
        return look(
                name,
                text -> forWeights
                        ? catalogue.findQuantization(text).filter(allowed::contains)
                        : cacheType(text, allowed),
                allowed,
                forWeights ? "quantization" : "KV cache quantization",
                at,
                problems);
    }

    /** The one that the name of a file or checkpoint says: {@code Qwen3-32B-Q4_K_M.gguf}. */
    Optional<Quantization> quantizationIn(Workload workload, Defaults defaults) {
        String model = workload.model();
        if (model == null
                || catalogue.findModel(model).isPresent()
                || names.findModel(model).isEmpty()) {
            return Optional.empty();
        }
        Optional<Quantization> said = precision(model);
        said.ifPresent(it -> defaults.assume("workload.quantization", it.id(), "what \"" + model + "\" says"));
        return said;
    }

    private Optional<Quantization> precision(String model) {
        return LooseNames.quantizationIn(model)
                .flatMap(catalogue::findQuantization)
                .filter(Quantization::forWeights);
    }

    /** Types of the KV cache are also known by what comes after "KV cache": "q8_0" or "fp8". */
    private Optional<Quantization> cacheType(String text, List<Quantization> allowed) {
        String wanted = Ids.normalise(text);
        return catalogue
                .findQuantization(text)
                .filter(allowed::contains)
                .or(() -> allowed.stream()
                        .filter(each -> Ids.normalise(each.id()).startsWith("kvcache" + wanted))
                        .findFirst());
    }

    Optional<Hardware> hardware(String name, String at, List<Problem> problems) {
        String addition =
                A_SERVICE.matcher(name).find() ? " A hosted API is a candidate called hosted-api." : NEW_HARDWARE;
        return look(name, names::findHardware, catalogue.hardware(), "hardware", at, addition, problems);
    }

    static <T extends Named> Optional<T> look(
            String name,
            Function<String, Optional<T>> find,
            Collection<T> known,
            String kind,
            String at,
            List<Problem> problems) {
        return look(name, find, known, kind, at, "", problems);
    }

    /** @param addition how what is unknown becomes known, in a sentence */
    private static <T extends Named> Optional<T> look(
            String name,
            Function<String, Optional<T>> find,
            Collection<T> known,
            String kind,
            String at,
            String addition,
            List<Problem> problems) {
        Optional<T> found = find.apply(name);
        if (found.isEmpty()) {
            List<String> possible = LooseNames.possible(name, known);
            boolean several = possible.size() > 1;
            problems.add(new Problem(
                    (several ? "ambiguous-" : "unknown-")
                            + kind.toLowerCase(Locale.ROOT).replace(' ', '-'),
                    several
                            ? "The " + kind + " \"" + name + "\" could be " + Ids.alternatives(possible)
                                    + "; say which."
                            : "The catalogue has no " + kind + " \"" + name + "\"."
                                    + Ids.hint(name, Catalogue.ids(known)) + addition,
                    new Place.Pointer(at)));
        }
        return found;
    }

    /**
     * Whether a candidate says what would serve with it and trains nothing, as a row of a workbook does that is for several
     * workloads: then tool and precision are left open.
     */
    boolean namesAServer(Candidate candidate) {
        String engine = candidate.engine();
        return engine != null
                && catalogue.training().findEngine(engine).isEmpty()
                && catalogue.findEngine(engine).isPresent();
    }
}
