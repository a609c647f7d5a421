package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.FineTuning;
import quartermaster.request.Workload;
import quartermaster.unit.Choice;

/** Writes requests as {@link RequestReader} reads them: the same request is always the same text. */
public final class RequestWriter {
    private RequestWriter() {}

    /** What was asked, unsaid fields left out and the day pinned. */
    public static String write(DecisionRequest request) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("workload", said(workload(request.workload())));
        fields.put("budget", said(budget(request.budget())));
        if (request.skills() != null) {
            fields.put(
                    "team",
                    Map.of(
                            "skills",
                            request.skills().stream().sorted().map(Choice::id).toList()));
        }
        fields.put("constraints", said(constraints(request.constraints())));
        if (!request.candidates().isEmpty()) {
            fields.put(
                    "candidates",
                    request.candidates().stream()
                            .map(each -> said(candidate(each)))
                            .toList());
        }
        fields.put("asOf", request.asOf());
        fields.put("explain", Choice.id(request.explain()));
        fields.put("limit", request.limit());
        return JsonText.of(fields);
    }

    static Map<String, @Nullable Object> workload(Workload workload) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", workload.name());
        fields.put("type", Choice.id(workload.type()));
        fields.put(
                "model",
                workload.inlineModel() == null
                        ? workload.model()
                        : workload.inlineModel().fields());
        fields.put("quantization", workload.quantization());
        fields.put("kvCacheQuantization", workload.kvCacheQuantization());
        fields.put("inputTokens", workload.inputTokens());
        fields.put("outputTokens", workload.outputTokens());
        fields.put("contextTokens", workload.contextTokens());
        fields.put("sharedPrefixTokens", workload.sharedPrefixTokens());
        fields.put("concurrency", workload.concurrency());
        fields.put("namedUsers", workload.namedUsers());
        fields.put("requestsPerDay", workload.requestsPerDay());
        fields.put("minDecodeTokensPerSecond", workload.minDecodeTokensPerSecond());
        fields.put("maxTimeToFirstTokenSeconds", workload.maxTimeToFirstTokenSeconds());
        fields.put("fineTuning", workload.fineTuning() == null ? null : fineTuning(workload.fineTuning()));
        if (workload.use() != null) {
            fields.put("use", Choice.id(workload.use()));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> fineTuning(FineTuning run) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("method", run.method() == null ? null : Choice.id(run.method()));
        fields.put("batch", run.batch());
        fields.put("sequenceTokens", run.sequenceTokens());
        return fields;
    }

    private static Map<String, @Nullable Object> budget(Budget budget) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("purchaseUsd", budget.purchaseUsd());
        fields.put("monthlyUsd", budget.monthlyUsd());
        fields.put("horizonMonths", budget.horizonMonths());
        fields.put("utilization", budget.utilization());
        fields.put("electricityUsdPerKwh", budget.electricityUsdPerKwh());
        return fields;
    }

    private static Map<String, @Nullable Object> constraints(Constraints constraints) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("offline", constraints.offline() ? true : null);
        fields.put("dataMustStay", constraints.dataMustStay() ? true : null);
        fields.put("mobile", constraints.mobile() ? true : null);
        fields.put("availableWithinWeeks", constraints.availableWithinWeeks());
        fields.put("allowProjected", constraints.allowProjected() ? true : null);
        fields.put(
                "owned",
                constraints.owned().isEmpty()
                        ? null
                        : constraints.owned().stream()
                                .map(each -> said(owned(each)))
                                .toList());
        if (constraints.acquisition() != null) {
            fields.put("acquisition", Choice.id(constraints.acquisition()));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> owned(Constraints.Owned owned) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hardware", owned.hardware());
        fields.put("devices", owned.devices());
        return fields;
    }

    static Map<String, @Nullable Object> candidate(Candidate candidate) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hardware", candidate.hardware());
        fields.put("devices", candidate.devices());
        fields.put("replicas", candidate.replicas());
        fields.put("acquisition", candidate.acquisition() == null ? null : Choice.id(candidate.acquisition()));
        fields.put("offer", candidate.offer());
        fields.put("engine", candidate.engine());
        fields.put("quantization", candidate.quantization());
        fields.put("priceUsd", candidate.priceUsd());
        return fields;
    }

    static Map<String, @Nullable Object> said(Map<String, @Nullable Object> fields) {
        fields.values().removeIf(Objects::isNull);
        fields.replaceAll((name, value) -> value instanceof Map<?, ?> inner ? withoutNulls(inner) : value);
        return fields;
    }

    private static Object withoutNulls(Map<?, ?> inner) {
        Map<Object, Object> kept = new LinkedHashMap<>();
        inner.forEach((name, value) -> {
            if (value != null) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
