package quartermaster.request;

import java.util.List;
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
 * @param speculativeDecoding a draft model or the model's own drafts may be used; never counted unasked
 * @param requestsPerSecond at the peak
 * @param sessions open conversations or agents, each of which thinks between an answer and the next request
 * @param thinkSeconds between an answer and the next request of a session
 * @param cachedPromptShare share of a prompt that a prefix cache holds already, 0 to 1
 * @param job work with an end, instead of a service
 * @param use what prompts and answers are like, where their lengths are not said
 * @param companions models that generate no text and stand on the same devices, by id, name or alias
 * @param labels words of the requester's own, e.g. {@code health-data}
 * @param models instead of {@code model}: those to choose from, or {@code any} alone
 * @param atLeastAsGoodAs a model that the answer must not fall behind for the use
 * @param modality what the model must read besides text
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
        @Nullable Double requestsPerSecond,
        @Nullable Integer sessions,
        @Nullable Double thinkSeconds,
        @Nullable Double cachedPromptShare,
        @Nullable Job job,
        @Nullable Double minDecodeTokensPerSecond,
        @Nullable Double maxTimeToFirstTokenSeconds,
        @Nullable Boolean speculativeDecoding,
        @Nullable FineTuning fineTuning,
        @Nullable Use use,
        List<String> companions,
        List<String> labels,
        List<String> models,
        @Nullable String atLeastAsGoodAs,
        @Nullable Modality modality) {
    /** Instead of a list of models: whichever the catalogue has. */
    public static final String ANY_MODEL = "any";

    public Workload {
        companions = companions == null ? List.of() : List.copyOf(companions);
        labels = labels == null ? List.of() : List.copyOf(labels);
        models = models == null ? List.of() : List.copyOf(models);
    }

    /** A workload of which only the kind is said. */
    public static Workload of(WorkloadType type) {
        return Records.of(Workload.class, component -> component.getType() == WorkloadType.class ? type : null);
    }

    /** Whether something is said of which model it is to be. */
    public boolean saysWhichModel() {
        return model != null || inlineModel != null || !models.isEmpty();
    }

    /** Whether something is to be trained. */
    public boolean trains() {
        return type == WorkloadType.FINE_TUNING || fineTuning != null;
    }

    /** The same workload with another value of a component. */
    public Workload with(String component, @Nullable Object value) {
        return Records.with(this, component, value);
    }

    /** The same workload of another model. */
    public Workload with(InlineModel other) {
        return with("model", null).with("inlineModel", other);
    }
}
