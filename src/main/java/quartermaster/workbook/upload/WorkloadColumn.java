package quartermaster.workbook.upload;

import java.util.Arrays;
import java.util.List;
import quartermaster.workbook.read.Heading;

/** A column of the sheet {@code Workload}: a field of the request in words. In the order of the template. */
public enum WorkloadColumn {
    NAME("Name", "/workload/name", "Workload", "Workload name"),
    TYPE("Type", "/workload/type", "Workload type", "Kind", "Kind of work"),
    MODEL("Model", "/workload/model", "LLM", "Model name"),
    QUANTIZATION("Quantization", "/workload/quantization", "Quantisation", "Precision", "Weights"),
    KV_CACHE_QUANTIZATION(
            "KV cache quantization", "/workload/kvCacheQuantization", "KV cache quantisation", "KV quantization"),
    INPUT_TOKENS("Input tokens", "/workload/inputTokens", "Prompt tokens", "Tokens in"),
    OUTPUT_TOKENS("Output tokens", "/workload/outputTokens", "Completion tokens", "Tokens out"),
    CONTEXT_TOKENS("Context tokens", "/workload/contextTokens", "Context", "Context length", "Context window"),
    SHARED_PREFIX_TOKENS("Shared prefix tokens", "/workload/sharedPrefixTokens", "Shared prefix"),
    CONCURRENCY(
            "Concurrency", "/workload/concurrency", "Concurrent requests", "Concurrent users", "Simultaneous requests"),
    NAMED_USERS("Named users", "/workload/namedUsers", "Users", "People"),
    REQUESTS_PER_DAY("Requests per day", "/workload/requestsPerDay", "Daily requests", "Requests/day"),
    MIN_DECODE(
            "Min decode (tok/s)",
            "/workload/minDecodeTokensPerSecond",
            "Min decode tokens per second",
            "Minimum decode",
            "Min decode speed",
            "Min tokens per second"),
    MAX_TIME_TO_FIRST_TOKEN(
            "Max time to first token (s)",
            "/workload/maxTimeToFirstTokenSeconds",
            "Max time to first token seconds",
            "Max TTFT",
            "TTFT"),
    FINE_TUNING_METHOD("Fine-tuning method", "/workload/fineTuning/method", "Training method"),
    FINE_TUNING_BATCH("Fine-tuning batch", "/workload/fineTuning/batch", "Training batch", "Batch size"),
    FINE_TUNING_SEQUENCE_TOKENS(
            "Fine-tuning sequence tokens",
            "/workload/fineTuning/sequenceTokens",
            "Sequence tokens",
            "Sequence length",
            "Training sequence tokens"),
    USE("Use", "/workload/use", "Use case", "Purpose"),
    PURCHASE_BUDGET("Purchase budget (USD)", "/budget/purchaseUsd", "Purchase", "Capex", "Purchase USD"),
    MONTHLY_BUDGET("Monthly budget (USD)", "/budget/monthlyUsd", "Budget per month", "Opex", "Monthly USD"),
    HORIZON("Horizon (months)", "/budget/horizonMonths", "Horizon months"),
    UTILIZATION("Utilization", "/budget/utilization", "Utilisation"),
    ELECTRICITY("Electricity (USD/kWh)", "/budget/electricityUsdPerKwh", "Electricity price", "Power price"),
    SKILLS("Skills", "/team/skills", "Team skills", "Team"),
    OFFLINE("Offline", "/constraints/offline", "Air-gapped"),
    DATA_MUST_STAY("Data must stay", "/constraints/dataMustStay", "On premises only", "Data stays"),
    MOBILE("Mobile", "/constraints/mobile", "Laptop", "Portable"),
    AVAILABLE_WITHIN("Available within (weeks)", "/constraints/availableWithinWeeks", "Needed within", "Lead time"),
    ALLOW_PROJECTED("Allow projected", "/constraints/allowProjected", "Allow announced"),
    OWNED("Owned", "/constraints/owned", "Owned hardware", "Already owned");

    private final String header;
    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // List.of does not change
    private final List<String> synonyms;

    WorkloadColumn(String header, String path, String... synonyms) {
        this.header = header;
        this.path = path;
        this.synonyms = List.of(synonyms);
    }

    /** As the template writes it, with its unit. */
    public String header() {
        return header;
    }

    /** The request's field as a JSON pointer. */
    public String path() {
        return path;
    }

    static List<Heading> headings() {
        return Arrays.stream(values())
                .map(column -> new Heading(column.header, column == TYPE, column.synonyms))
                .toList();
    }
}
