package quartermaster.assistant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.advice.ModelLadder;
import quartermaster.advice.ModelLadder.Rung;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.Model;
import quartermaster.decision.Assessment;
import quartermaster.decision.engine.Decider;
import quartermaster.quality.KindOfWork;
import quartermaster.quality.Level;
import quartermaster.request.Constraints.Owned;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.workbook.upload.RequestCells;
import quartermaster.workspace.InForce;

/** Which models there are, or which of them a machine runs. */
record ModelsTool(InForce inForce, Assistant.Today today) implements Tool {
    private static final int MOST_TOKENS = 100_000_000;
    private static final Parameters PARAMETERS = new Parameters()
            .text("search", "Words of a name, e.g. \"llama 70b\".")
            .text("hardware", "Id or name: then only what this machine runs, best first, with speed and quality.")
            .whole("devices", 1, 1024, "Devices that hold a model together (default 1); with hardware.")
            .choice("use", KindOfWork.class, "What for (default chat); with hardware.")
            .whole("contextTokens", 1, MOST_TOKENS, "Window that one request needs; with hardware.")
            .whole("limit", 1, HardwareTool.AT_MOST, "How many at most (default 20).");

    @Override
    public About about() {
        return new About(
                "list_models",
                "List models",
                "Models of the catalogue with id, parameters, context and licence; with hardware the ones that it runs: how good"
                        + " they are for a use by published tests, at which precision, how fast, how long a context fits. The ids are"
                        + " what decide and estimate take as model.",
                PARAMETERS.schema(),
                Role.DECIDE);
    }

    @Override
    public ToolAnswer call(Map<String, @Nullable Object> arguments, Caller caller) throws Exception {
        Parameters.Arguments read = PARAMETERS.read(arguments);
        Optional<String> hardware = read.text("hardware");
        int limit = read.whole("limit", HardwareTool.USUALLY);
        String search = read.text("search").orElse("");
        return hardware.isPresent()
                ? caller.inTurn(stillWanted -> ladder(
                        inForce.now().decider().asLongAs(stillWanted), asked(hardware.get(), read), search, limit))
                : all(inForce.now().decider().catalogue(), search, limit);
    }

    private ModelLadder.Asked asked(String hardware, Parameters.Arguments read) throws ToolFailure {
        int context = read.whole("contextTokens", 0);
        int said = read.whole("devices", 0);
        Owned named = RequestCells.named(
                        hardware,
                        said == 0 ? null : Integer.valueOf(said),
                        inForce.now().decider().catalogue())
                .orElseThrow(() -> ToolFailure.of(
                        "two-counts",
                        "Found " + said + " devices and hardware \"" + hardware + "\": which count is meant?",
                        "/devices"));
        return new ModelLadder.Asked(
                named.hardware(),
                Objects.requireNonNull(named.devices()),
                read.text("use")
                        .flatMap(use -> Choice.find(KindOfWork.class, use))
                        .orElse(KindOfWork.CHAT),
                context == 0 ? null : context,
                null,
                today.get());
    }

    private static ToolAnswer all(Catalogue catalogue, String search, int limit) throws ToolFailure {
        List<Model> found = catalogue.models().stream()
                .filter(each -> HardwareTool.has(search, each, each.family()))
                .sorted(Comparator.comparingDouble(Model::totalParametersB)
                        .reversed()
                        .thenComparing(Model::id))
                .toList();
        HardwareTool.requireSome(found, search, catalogue.models(), "model");
        List<Model> shown = found.stream().limit(limit).toList();
        List<String> lines = new ArrayList<>();
        lines.add(HardwareTool.counted(shown.size(), found.size()));
        shown.forEach(each -> lines.add(line(each)));
        return new ToolAnswer(
                lines, Map.of("models", shown.stream().map(ModelsTool::fields).toList(), "found", found.size()));
    }

    private static String line(Model it) {
        String active = it.activeParametersB() < it.totalParametersB()
                ? " (" + Words.figure(it.activeParametersB()) + "B active)"
                : "";
        return it.id() + ": " + it.name() + ", " + Words.figure(it.totalParametersB()) + "B parameters" + active + ", "
                + (it.maxContext() == null ? "context not known" : it.maxContext() + " tokens of context") + ", "
                + it.licence()
                + (it.commercialUse() == CommercialUse.YES
                        ? ""
                        : " (commercial use: " + Choice.id(it.commercialUse()) + ")");
    }

    private static Map<String, @Nullable Object> fields(Model it) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", it.id());
        fields.put("name", it.name());
        fields.put("totalParametersB", it.totalParametersB());
        fields.put("activeParametersB", it.activeParametersB());
        fields.put("maxContextTokens", it.maxContext());
        fields.put("licence", it.licence());
        return fields;
    }

    private static ToolAnswer ladder(Decider decider, ModelLadder.Asked asked, String search, int limit)
            throws ToolFailure {
        Imported<@Nullable ModelLadder> made = ModelLadder.of(decider, asked);
        ModelLadder ladder = made.value();
        if (ladder == null) {
            throw new ToolFailure(made.problems());
        }
        List<Rung> found = ladder.rungs().stream()
                .filter(each ->
                        HardwareTool.has(search, each.model(), each.model().family()))
                .toList();
        List<Rung> shown = found.stream().limit(limit).toList();
        List<String> lines = new ArrayList<>();
        lines.add(
                found.isEmpty()
                        ? "None of them runs on " + asked.hardware() + "; "
                                + ladder.misfits().size() + " do not fit."
                        : HardwareTool.counted(shown.size(), found.size()) + " for " + Choice.id(asked.use())
                                + ", one user at a time; " + ladder.misfits().size() + " more do not fit.");
        shown.forEach(each -> lines.add(line(each)));
        return new ToolAnswer(
                lines,
                Map.of(
                        "models",
                        shown.stream().map(ModelsTool::fields).toList(),
                        "found",
                        found.size(),
                        "doNotFit",
                        ladder.misfits().size()));
    }

    private static String line(Rung rung) {
        Assessment it = rung.found().assessment();
        Level level = rung.level();
        String quality = level == null
                ? "quality not known"
                : "level " + Words.range(level.points()) + " of 100 by " + level.tests() + " tests"
                        + (level.independent() ? "" : " of vendors");
        return rung.rank() + ". " + rung.model().id() + ": " + quality + ", "
                + it.quantization().name() + " with "
                + it.engine().name() + ", " + Words.range(it.estimate().decodeSpeed()) + " tok/s, context up to "
                + rung.longestContext() + ", " + Choice.id(rung.standing());
    }

    private static Map<String, @Nullable Object> fields(Rung rung) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rank", rung.rank());
        fields.put("id", rung.model().id());
        fields.put("standing", Choice.id(rung.standing()));
        fields.put("quantization", rung.found().assessment().quantization().id());
        fields.put("engine", rung.found().assessment().engineId());
        fields.put("longestContextTokens", rung.longestContext());
        return fields;
    }
}
