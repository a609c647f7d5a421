package quartermaster.request;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Records;

/**
 * A training run.
 *
 * @param batch sequences per device and step
 * @param sequenceTokens length of one of them
 * @param examples of one pass over the data
 * @param tokensPerExample prompt and answer of one of them
 * @param epochs passes over the data
 * @param timesPerMonth how often it is run
 * @param deadlineHours within which one run has to be done
 */
public record FineTuning(
        @Nullable FineTuningMethod method,
        @Nullable Integer batch,
        @Nullable Integer sequenceTokens,
        @Nullable Integer examples,
        @Nullable Integer tokensPerExample,
        @Nullable Double epochs,
        @Nullable Double timesPerMonth,
        @Nullable Double deadlineHours) {
    public static final FineTuning UNSAID = Records.of(FineTuning.class, component -> null);

    public static FineTuning of(FineTuningMethod method, int batch, int sequenceTokens) {
        return new FineTuning(method, batch, sequenceTokens, null, null, null, null, null);
    }
}
