package quartermaster.request;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Records;

/**
 * What has to run. Everything but the type may be missing; {@code null} means "not said".
 *
 * @param model id, name or alias of a model in the catalogue
 * @param inlineModel a model that the catalogue does not have, instead of {@code model}
 * @param contextTokens window that one request needs at most
 * @param sharedPrefixTokens tokens of the prompt that all requests share
 * @param concurrency requests at the same time
 * @param namedUsers people who may use it
 * @param use what prompts and answers are like, where their lengths are not said
 */
public record Workload(
        @Nullable String name,
        WorkloadType type,
        @Nullable String model,
        @Nullable InlineModel inlineModel,
        @Nullable String quantization,
        @Nullable String kvCacheQuantization,
        @Nullable Integer inputTokens,
        @Nullable Integer outputTokens,
        @Nullable Integer contextTokens,
        @Nullable Integer sharedPrefixTokens,
        @Nullable Integer concurrency,
        @Nullable Integer namedUsers,
        @Nullable Integer requestsPerDay,
        @Nullable Double minDecodeTokensPerSecond,
        @Nullable Double maxTimeToFirstTokenSeconds,
        @Nullable FineTuning fineTuning,
        @Nullable Use use) {

    /** A workload whose use nobody stated. */
    public Workload(
            @Nullable String name,
            WorkloadType type,
            @Nullable String model,
            @Nullable InlineModel inlineModel,
            @Nullable String quantization,
            @Nullable String kvCacheQuantization,
            @Nullable Integer inputTokens,
            @Nullable Integer outputTokens,
            @Nullable Integer contextTokens,
            @Nullable Integer sharedPrefixTokens,
            @Nullable Integer concurrency,
            @Nullable Integer namedUsers,
            @Nullable Integer requestsPerDay,
            @Nullable Double minDecodeTokensPerSecond,
            @Nullable Double maxTimeToFirstTokenSeconds,
            @Nullable FineTuning fineTuning) {
        this(
                name,
                type,
                model,
                inlineModel,
                quantization,
                kvCacheQuantization,
                inputTokens,
                outputTokens,
                contextTokens,
                sharedPrefixTokens,
                concurrency,
                namedUsers,
                requestsPerDay,
                minDecodeTokensPerSecond,
                maxTimeToFirstTokenSeconds,
                fineTuning,
                null);
    }

    /** The same workload of another model. */
    public Workload with(InlineModel other) {
        return Records.with(Records.with(this, "model", null), "inlineModel", other);
    }
}
