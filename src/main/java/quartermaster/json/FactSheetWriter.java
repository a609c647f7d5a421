package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.launch.Start;

/** Writes what the estimator says of one pairing of model and hardware, the arithmetic shown. */
public final class FactSheetWriter {
    private FactSheetWriter() {}

    /**
     * @param start null where nobody has said how its engine is started
     * @param verifyWith commands that measure it
     */
    public static String write(
            Demand demand, EstimatedDeployment assessed, @Nullable Start start, List<String> verifyWith) {
        EstimateFields fields = new EstimateFields(true);
        Map<String, @Nullable Object> sheet = new LinkedHashMap<>();
        sheet.put("model", demand.model().id());
        Demand.Training training = demand.training();
        if (training == null) {
            sheet.put("inputTokens", demand.inputTokens());
            sheet.put("outputTokens", demand.outputTokens());
            sheet.put("contextTokens", demand.contextTokens());
            sheet.put("concurrency", demand.concurrency());
        } else {
            sheet.put("fineTuning", training(training));
        }
        sheet.put("asOf", demand.asOf());
        sheet.put("candidate", EstimateFields.candidate(assessed));
        sheet.put("estimate", fields.estimate(assessed.estimate()));
        sheet.put("job", fields.job(assessed.job()));
        sheet.put("load", fields.load(assessed));
        sheet.put("cost", fields.cost(assessed.cost(), demand.horizonMonths()));
        sheet.put("start", start == null ? null : StartFields.of(start));
        sheet.put("verifyWith", verifyWith);
        return JsonText.of(sheet);
    }

    private static Map<String, @Nullable Object> training(Demand.Training training) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("method", training.methodId());
        fields.put("batch", training.batch());
        fields.put("sequenceTokens", training.sequenceTokens());
        Demand.Run run = training.run();
        if (run != null) {
            fields.put("examples", Rounded.to(0, run.examples()));
            fields.put("tokensPerExample", Rounded.to(0, run.tokensPerExample()));
            fields.put("epochs", Rounded.figures(run.epochs()));
        }
        return fields;
    }
}
