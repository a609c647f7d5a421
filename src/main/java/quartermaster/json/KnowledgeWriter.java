package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Named;
import quartermaster.decision.Points;
import quartermaster.decision.Policy;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.RuleSource;
import quartermaster.decision.Step;
import quartermaster.decision.engine.RuleBook;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;

/** Writes what the architect owns as JSON: catalogue and rules, as they are in force. */
public final class KnowledgeWriter {
    private KnowledgeWriter() {}

    /** Every sheet of the catalogue but the measurements, of which there are thousands, by its name. */
    public static String catalogue(Catalogue catalogue) {
        Map<String, @Nullable Object> sheets = new LinkedHashMap<>();
        sheets.put("version", catalogue.digest());
        sheets.put("hardware", catalogue.hardware());
        sheets.put("models", catalogue.models());
        sheets.put("quantizations", catalogue.quantizations());
        sheets.put("engines", catalogue.engines());
        sheets.put("efficiency", catalogue.efficiencies());
        sheets.put("ranges", catalogue.spreads());
        sheets.put("offers", catalogue.offers());
        sheets.put("hostedApis", catalogue.hostedApis());
        sheets.put("trainingTools", catalogue.training().tools());
        sheets.put("trainingEfficiency", catalogue.training().utilizations());
        sheets.put("measurements", catalogue.measurements().size());
        sheets.put("trainingMeasurements", catalogue.training().runs().size());
        return JsonText.of(sheets);
    }

    /** What can be named in a request, with what one tells it apart by. */
    public static String names(Catalogue catalogue) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put(
                "hardware",
                catalogue.hardware().stream()
                        .map(each -> named(
                                each,
                                "family",
                                each.family(),
                                "datacentre",
                                each.datacentre(),
                                "memoryGiB",
                                each.memoryGiB(),
                                "bandwidthGBps",
                                each.bandwidthGBps(),
                                "availability",
                                each.availability(),
                                "leadTimeLowWeeks",
                                each.leadTimeLowWeeks(),
                                "leadTimeHighWeeks",
                                each.leadTimeHighWeeks()))
                        .toList());
        all.put(
                "models",
                catalogue.models().stream()
                        .map(each -> named(
                                each,
                                "totalParametersB",
                                each.totalParametersB(),
                                "activeParametersB",
                                each.activeParametersB(),
                                "licence",
                                each.licence()))
                        .toList());
        all.put(
                "quantizations",
                catalogue.quantizations().stream().map(KnowledgeWriter::named).toList());
        all.put(
                "engines",
                catalogue.engines().stream().map(KnowledgeWriter::named).toList());
        all.put(
                "trainingTools",
                catalogue.training().tools().stream()
                        .map(KnowledgeWriter::named)
                        .toList());
        all.put(
                "offers",
                catalogue.offers().stream()
                        .map(each -> Map.of("id", each.id(), "provider", each.provider()))
                        .toList());
        return JsonText.of(all);
    }

    private static Map<String, @Nullable Object> named(Named it, @Nullable Object... more) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", it.id());
        fields.put("name", it.name());
        fields.put("aliases", it.aliases());
        for (int i = 0; i < more.length; i += 2) {
            fields.put(String.valueOf(more[i]), more[i + 1]);
        }
        return fields;
    }

    /** Rules with their places, tables with their rows, thresholds and weights. */
    public static String rules(RuleBook rules) {
        Policy policy = rules.policy();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", rules.digest());
        fields.put("rules", rules.rules().stream().map(KnowledgeWriter::rule).toList());
        fields.put(
                "tables",
                policy.tables().values().stream().map(KnowledgeWriter::table).toList());
        fields.put("thresholds", policy.thresholds());
        fields.put("weights", weights(policy, false));
        fields.put("weightsOfSeveralModels", weights(policy, true));
        return JsonText.of(fields);
    }

    private static Map<String, @Nullable Object> rule(RuleSource rule) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", rule.name());
        fields.put("at", rule.at());
        return fields;
    }

    private static Map<String, @Nullable Object> table(PolicyTable table) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("step", table.step().id());
        fields.put(
                "columns", table.columns().stream().map(each -> each.header()).toList());
        fields.put("rows", table.rows().stream().map(KnowledgeWriter::row).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> row(PolicyRow row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("row", row.row());
        fields.put("conditions", row.conditions().stream().map(Object::toString).toList());
        Points points = row.points();
        fields.put("points", points.from() == points.to() ? points.from() : points.toString());
        fields.put("because", row.because());
        return fields;
    }

    private static Map<String, @Nullable Object> weights(Policy policy, boolean several) {
        Map<String, @Nullable Object> weights = new LinkedHashMap<>();
        for (WorkloadType type : WorkloadType.values()) {
            Map<String, @Nullable Object> steps = new LinkedHashMap<>();
            for (Step step : Step.asked(several)) {
                steps.put(step.id(), policy.weight(type, step, several));
            }
            weights.put(Choice.id(type), steps);
        }
        return weights;
    }
}
