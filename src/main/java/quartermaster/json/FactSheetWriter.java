package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;

/** Writes what the estimator says of one pairing of model and hardware, the arithmetic shown. */
public final class FactSheetWriter {
    private FactSheetWriter() {}

    public static String write(Demand demand, EstimatedDeployment assessed) {
        EstimateFields fields = new EstimateFields(true);
        Map<String, @Nullable Object> sheet = new LinkedHashMap<>();
        sheet.put("model", demand.model().id());
        sheet.put("inputTokens", demand.inputTokens());
        sheet.put("outputTokens", demand.outputTokens());
        sheet.put("contextTokens", demand.contextTokens());
        sheet.put("concurrency", demand.concurrency());
        sheet.put("asOf", demand.asOf());
        sheet.put("candidate", EstimateFields.candidate(assessed));
        sheet.put("estimate", fields.estimate(assessed.estimate()));
        sheet.put("cost", fields.cost(assessed.cost()));
        return JsonText.of(sheet);
    }
}
