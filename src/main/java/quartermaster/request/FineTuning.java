package quartermaster.request;

import org.jspecify.annotations.Nullable;

/**
 * A training run.
 *
 * @param batch sequences per device and step
 * @param sequenceTokens length of one of them
 */
public record FineTuning(
        @Nullable FineTuningMethod method,
        @Nullable Integer batch,
        @Nullable Integer sequenceTokens) {}
