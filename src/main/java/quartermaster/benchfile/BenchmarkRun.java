package quartermaster.benchfile;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.unit.Place;

/**
 * One figure that a benchmark tool found, in the tool's own names.
 *
 * @param unit of the figure, as the sheet {@code Measurements} names it
 * @param timeToFirstTokenMs the median, else the mean; null where the tool does not say
 * @param date of the run; null where the file does not say
 * @param note what else somebody should know of it
 * @param whyNot why it cannot be compared with an estimate; null when it can
 */
public record BenchmarkRun(
        Place at,
        BenchmarkTool tool,
        Setup setup,
        Load load,
        double tokensPerSecond,
        String unit,
        @Nullable Double timeToFirstTokenMs,
        @Nullable String date,
        @Nullable String note,
        @Nullable String whyNot) {
    static final String TOTAL = "tokens/s total";
    static final String IN_PLUS_OUT = "tokens/s total in plus out";
    static final String PER_USER = "tokens/s per user";

    /**
     * What ran on what; null is what the file does not say.
     *
     * @param devices of all replicas together
     * @param engine where the file names another one than the tool's own
     * @param fileBytes size of the weights
     * @param layersOnDevice layers that the devices compute, with the output layer one more than the model has; null for all
     */
    public record Setup(
            @Nullable String hardware,
            @Nullable Integer devices,
            int replicas,
            @Nullable String engine,
            @Nullable String engineVersion,
            @Nullable String model,
            @Nullable String quantization,
            @Nullable Double bitsPerWeight,
            @Nullable Long fileBytes,
            @Nullable Integer layersOnDevice) {}

    /**
     * What was asked of it.
     *
     * @param metric null where one request was measured alone
     * @param contextTokens in the cache on average while tokens are written, or before the prompt is read
     * @param concurrency requests at the same time; null where all were sent at once, or at a rate
     * @param requests of the whole run
     */
    public record Load(
            Phase phase,
            @Nullable ServingMetric metric,
            @Nullable Integer promptTokens,
            @Nullable Integer outputTokens,
            @Nullable Integer contextTokens,
            @Nullable Integer concurrency,
            @Nullable Integer requests,
            @Nullable Double requestsPerSecond) {

        static Load prefill(int promptTokens, int behind) {
            return new Load(Phase.PREFILL, null, promptTokens, null, behind, 1, null, null);
        }

        /** @param before tokens in the cache when the first is written */
        static Load decode(int outputTokens, int before) {
            return new Load(Phase.DECODE, null, null, outputTokens, before + outputTokens / 2, 1, null, null);
        }

        /** A batch whose prompts have been read and that decodes together. */
        static Load batch(int promptTokens, int outputTokens, int together) {
            int context = promptTokens + outputTokens / 2;
            return new Load(
                    Phase.SERVE,
                    ServingMetric.BATCH_DECODE,
                    promptTokens,
                    outputTokens,
                    context,
                    together,
                    together,
                    null);
        }
    }
}
