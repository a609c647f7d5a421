package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.estimate.calibration.Accuracy;

/** Writes how far estimates are from measurements. */
public final class AccuracyWriter {
    private AccuracyWriter() {}

    public static String write(Accuracy.Report report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rows", report.rows());
        fields.put("judged", report.judged());
        fields.put("notJudged", report.notJudged());
        fields.put("unmapped", report.unmapped().size());
        fields.put("groups", report.groups().stream().map(AccuracyWriter::group).toList());
        fields.put(
                "baselines",
                report.baselines().stream().map(AccuracyWriter::baseline).toList());
        fields.put("unmappedRows", report.unmapped());
        return JsonText.of(fields);
    }

    private static Map<String, Object> group(Accuracy.Group group) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("phase", group.phase());
        fields.put("kind", group.kind());
        fields.put("family", group.family());
        fields.put("engine", group.engine());
        fields.put("inFlight", group.inFlight());
        fields.put("n", group.n());
        fields.put("publishers", group.publishers());
        fields.put("medianApePercent", tenths(group.medianApePercent()));
        fields.put("p90ApePercent", tenths(group.p90ApePercent()));
        fields.put("medianOfPublishersPercent", tenths(group.medianOfPublishersPercent()));
        fields.put("p90OfPublishersPercent", tenths(group.p90OfPublishersPercent()));
        fields.put("biasPercent", tenths(group.biasPercent()));
        fields.put("rangeHeldPercent", tenths(group.rangeHeldPercent()));
        return fields;
    }

    private static Map<String, Object> baseline(Accuracy.Baseline baseline) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", baseline.name());
        fields.put("phase", baseline.phase());
        fields.put("kind", baseline.kind());
        fields.put("medianApePercent", tenths(baseline.medianApePercent()));
        fields.put("p90ApePercent", tenths(baseline.p90ApePercent()));
        return fields;
    }

    private static double tenths(double percent) {
        return Math.round(percent * 10) / 10.0;
    }
}
