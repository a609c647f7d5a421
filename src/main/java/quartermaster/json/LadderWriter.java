package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.ModelLadder;
import quartermaster.advice.ModelLadder.Misfit;
import quartermaster.advice.ModelLadder.Rung;
import quartermaster.decision.Assessment;
import quartermaster.quality.Level;
import quartermaster.unit.Choice;

/** Writes which models a machine runs. */
public final class LadderWriter {
    private LadderWriter() {}

    public static String write(ModelLadder ladder) {
        return JsonText.of(fields(ladder));
    }

    /** Of several machines an array. */
    public static String write(List<ModelLadder> ladders) {
        return JsonText.of(ladders.stream().map(LadderWriter::fields).toList());
    }

    private static Map<String, @Nullable Object> fields(ModelLadder ladder) {
        ModelLadder.Asked asked = ladder.asked();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hardware", asked.hardware());
        fields.put("devices", asked.devices());
        fields.put("use", Choice.id(asked.use()));
        fields.put("contextTokens", asked.contextTokens());
        fields.put("fastEnoughTokensPerSecond", ladder.fastEnough());
        fields.put("asOf", asked.asOf());
        fields.put("models", ladder.rungs().stream().map(LadderWriter::rung).toList());
        fields.put(
                "doNotFit", ladder.misfits().stream().map(LadderWriter::misfit).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> rung(Rung rung) {
        Assessment it = rung.found().assessment();
        EstimateFields estimates = new EstimateFields(false);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rank", rung.rank());
        fields.put("model", rung.model().id());
        fields.put("name", rung.model().name());
        fields.put("standing", Choice.id(rung.standing()));
        fields.put("quality", quality(rung.level()));
        fields.put("candidate", EstimateFields.candidate(it.assessed()));
        fields.put("verdict", Choice.id(rung.found().verdict()));
        fields.put("longestContextTokens", rung.longestContext());
        fields.put("estimate", estimates.estimate(it.estimate()));
        fields.put("licence", rung.model().licence());
        fields.put("commercialUse", Choice.id(rung.model().commercialUse()));
        fields.put(
                "findings",
                rung.found().findings().stream().map(each -> each.code()).toList());
        return fields;
    }

    /** Null where nothing is known for the use. */
    static @Nullable Map<String, @Nullable Object> quality(@Nullable Level level) {
        if (level == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("level", Math.round(level.points().typical()));
        fields.put("low", Math.round(level.points().low()));
        fields.put("high", Math.round(level.points().high()));
        fields.put("evidence", level.independent() ? "independent" : "vendor");
        fields.put("tests", level.tests());
        fields.put("thinking", level.thinking());
        fields.put("sources", List.copyOf(level.sources()));
        return fields;
    }

    private static Map<String, @Nullable Object> misfit(Misfit misfit) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("model", misfit.model().id());
        fields.put("missingGiB", misfit.missingGiB() == null ? null : Rounded.figures(misfit.missingGiB()));
        fields.put("code", misfit.code());
        fields.put("because", misfit.because());
        return fields;
    }
}
