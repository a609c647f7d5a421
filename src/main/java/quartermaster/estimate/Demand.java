package quartermaster.estimate;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/**
 * What has to be carried, with every default filled in.
 *
 * @param quantization asked for; null leaves the choice to each candidate
 * @param cacheType of the KV cache; null means 16 bits
 * @param minDecodeSpeed stated; null when nothing was said
 * @param sizedForDecodeSpeed tokens per second per user for which replicas are counted; rules nothing out
 * @param speculative speculative decoding is asked for
 * @param arrivalsPerSecond at the peak; null when only concurrency is known
 * @param training null unless something is fine-tuned
 */
public record Demand(
        WorkloadType type,
        Model model,
        @Nullable Quantization quantization,
        @Nullable Quantization cacheType,
        int inputTokens,
        int outputTokens,
        int contextTokens,
        int sharedPrefixTokens,
        int concurrency,
        @Nullable Double minDecodeSpeed,
        @Nullable Double maxTimeToFirstTokenSeconds,
        double sizedForDecodeSpeed,
        @Nullable Double sizedForTimeToFirstTokenSeconds,
        double plannedLoad,
        boolean speculative,
        @Nullable Double arrivalsPerSecond,
        @Nullable Training training,
        @Nullable Double purchaseBudgetUsd,
        @Nullable Double monthlyBudgetUsd,
        int horizonMonths,
        double utilization,
        double electricityUsdPerKwh,
        LocalDate asOf) {

    /** A fine-tuning run, with every default filled in. */
    public record Training(FineTuningMethod method, int batch, int sequenceTokens, int loraRank) {}

    /** The same demand with another number of requests at the same time. */
    public Demand withConcurrency(int requests) {
        return Records.with(this, "concurrency", requests);
    }

    ServingMemory.Requests requests(int inFlight) {
        return new ServingMemory.Requests(inputTokens, outputTokens, contextTokens, sharedPrefixTokens, inFlight);
    }
}
