package quartermaster.assistant;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.unit.Choice;
import quartermaster.unit.Range;

/** Figures in a line, as a model reads them. */
final class Words {
    private Words() {}

    /** E.g. "1. rent 2× NVIDIA H100 with vLLM at fp8: 86.4 points, recommended; $4,000 a month; …". */
    static String line(Recommendation it) {
        return (it.rank() == null ? "" : it.rank() + ". ") + withoutRank(it);
    }

    static String withoutRank(Recommendation it) {
        Assessment assessed = it.assessment();
        return String.format(
                Locale.ROOT,
                "%s%s: %.1f points, %s; %s%s.",
                DeploymentWords.how(assessed),
                DeploymentWords.means(assessed),
                it.score(),
                Choice.id(it.verdict()),
                assessed.costInWords(),
                speeds(assessed));
    }

    private static String speeds(Assessment it) {
        if (it.isTraining()) {
            return "";
        }
        Range speed = it.estimate().decodeSpeed();
        return known(speed)
                ? "; " + range(speed) + " tok/s for each user, first token after "
                        + range(it.estimate().timeToFirstToken()) + " s"
                : "";
    }

    /** "34 (28–40)"; "not known" where nobody knows. */
    static String range(Range range) {
        return known(range)
                ? figure(range.typical()) + " (" + figure(range.low()) + "–" + figure(range.high()) + ")"
                : "not known";
    }

    private static boolean known(Range range) {
        return Double.isFinite(range.typical());
    }

    static String figure(double value) {
        return !Double.isFinite(value) ? "not known" : String.format(Locale.ROOT, value < 10 ? "%.2g" : "%,.0f", value);
    }

    static Map<String, @Nullable Object> fields(Recommendation it) {
        Assessment assessed = it.assessment();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rank", it.rank());
        fields.put("what", DeploymentWords.how(assessed));
        if (!assessed.isHosted()) {
            fields.put("hardware", assessed.hardware().id());
            fields.put("devices", assessed.devices());
            fields.put("replicas", assessed.replicas());
            fields.put("engine", assessed.engineId());
            fields.put("quantization", assessed.quantization().id());
        }
        fields.put("acquisition", Choice.id(assessed.acquisition()));
        fields.put("verdict", Choice.id(it.verdict()));
        fields.put("score", Math.round(it.score() * 10) / 10.0);
        Double month = assessed.monthlyUsd();
        fields.put("monthlyUsd", month == null ? null : Math.round(month));
        return fields;
    }
}
