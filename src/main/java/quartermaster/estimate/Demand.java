package quartermaster.estimate;

import java.time.LocalDate;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Companion;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Bytes;
import quartermaster.unit.Choice;
import quartermaster.unit.Numbers;
import quartermaster.unit.Records;

/**
 * What has to be carried, with every default filled in.
 *
 * @param quantization asked for; null leaves the choice to each candidate
 * @param cacheType of the KV cache; null means 16 bits
 * @param minDecodeSpeed stated; null when nothing was said
 * @param sizedForDecodeSpeed tokens per second per user for which replicas are counted; rules nothing out
 * @param speculative speculative decoding is asked for
 * @param concurrency in flight, all replicas together; where that is not stated, it follows for each candidate
 * @param companions what stands beside the model on each replica
 * @param training null unless something is fine-tuned
 * @param rivals rentals that the request names: what is bought of the same hardware is compared with them
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
        Traffic traffic,
        Companions companions,
        @Nullable Training training,
        @Nullable Double purchaseBudgetUsd,
        @Nullable Double monthlyBudgetUsd,
        int horizonMonths,
        double utilization,
        double electricityUsdPerKwh,
        LocalDate asOf,
        List<Offer> rivals) {

    public Demand {
        rivals = List.copyOf(rivals);
    }

    /**
     * Models that generate no text, on the devices of each replica.
     *
     * @param overheadGiB of each: a process of its own, and its activations
     */
    public record Companions(List<Beside> all, double overheadGiB) {
        public static final Companions NONE = new Companions(List.of(), 0);

        public Companions {
            all = List.copyOf(all);
        }

        /** Example: bge-m3 with weights of 1.06 GiB and 1 GiB for its process: 2.06 GiB. */
        public Bytes memory() {
            return all.isEmpty()
                    ? Bytes.ZERO
                    : Bytes.ofGiB(all.stream()
                            .mapToDouble(each -> each.model().memoryGiB() + overheadGiB)
                            .sum());
        }
    }

    /** @param speeds wherever they were measured */
    public record Beside(Companion model, List<Companion.Speed> speeds) {
        public Beside {
            speeds = List.copyOf(speeds);
        }

        /** What was measured on that hardware, e.g. "29.7 documents/s measured"; nothing is carried over from another. */
        public String speedOn(Hardware hardware) {
            List<Companion.Speed> here = speeds.stream()
                    .filter(each -> hardware.id().equals(each.hardware()))
                    .toList();
            if (here.isEmpty()) {
                return "throughput not estimated";
            }
            String unit = here.get(0).unit();
            DoubleSummaryStatistics values = here.stream()
                    .filter(each -> each.unit().equals(unit))
                    .mapToDouble(Companion.Speed::speed)
                    .summaryStatistics();
            String low = Numbers.plain(values.getMin());
            String high = Numbers.plain(values.getMax());
            return (low.equals(high) ? low : low + " to " + high) + " " + unit + " measured with nothing beside it";
        }
    }

    private static final int SIXTEEN_BITS = 16;

    /**
     * Fine-tuning, with every default filled in.
     *
     * @param run null where nobody said how long it is
     */
    public record Training(
            FineTuningMethod method,
            int batch,
            int sequenceTokens,
            int loraRank,
            @Nullable Run run) {

        /** As the sheets of the catalogue call it. */
        public String methodId() {
            return Choice.id(method);
        }

        /** Whether that is the precision of base weights for this method: QLoRA packs them, the others do not. */
        public boolean trainsOn(Quantization precision) {
            return (method == FineTuningMethod.QLORA) == (precision.weightBits() < SIXTEEN_BITS);
        }

        /** Tokens of a row of the batch: an example, or a full sequence where nobody knows how long examples are. */
        double rowTokens() {
            return run == null ? sequenceTokens : Math.min(run.tokensPerExample(), sequenceTokens);
        }
    }

    /** How long a run is, and how often it is made; {@code deadlineHours} is null where there is time. */
    public record Run(
            double examples,
            double tokensPerExample,
            double epochs,
            @Nullable Double deadlineHours,
            double timesPerMonth) {
        double tokens() {
            return examples * tokensPerExample * epochs;
        }
    }

    /**
     * How requests come.
     *
     * @param inFlightIsStated so many are in flight whoever serves them; else they follow from how long each takes
     * @param arrivalsPerSecond at the peak; null when they are not known
     * @param sessions that each wait for an answer, think, and ask again; null where there are none
     * @param cachedPromptShare of a prompt, held by a prefix cache, 0 to 1
     * @param spareReplicas that may fail
     * @param job work with an end, instead of a service
     * @param scales fewer rented replicas run at night
     */
    public record Traffic(
            boolean inFlightIsStated,
            @Nullable Double arrivalsPerSecond,
            @Nullable Double sessions,
            double thinkSeconds,
            double cachedPromptShare,
            int spareReplicas,
            @Nullable Job job,
            boolean scales) {
        /** So many in flight, and nothing else is known. */
        public static final Traffic STATED = new Traffic(true, null, null, 0, 0, 0, null, false);
    }

    /** @param deadlineHours null where there is time */
    public record Job(double items, @Nullable Double deadlineHours, double timesPerMonth) {}

    /** At the peak; null when they are not known. */
    public @Nullable Double arrivalsPerSecond() {
        return traffic.arrivalsPerSecond();
    }

    public @Nullable Job job() {
        return traffic.job();
    }

    /** The same demand with so many requests at the same time, whoever serves them. */
    public Demand withConcurrency(int requests) {
        Traffic stated = new Traffic(
                true,
                null,
                null,
                traffic.thinkSeconds(),
                traffic.cachedPromptShare(),
                traffic.spareReplicas(),
                null,
                traffic.scales());
        return Records.with(Records.with(this, "concurrency", requests), "traffic", stated);
    }

    /** The same demand of a candidate on which so many are in flight. */
    Demand inFlight(int requests) {
        return with(requests, utilization);
    }

    /** The same demand, busy for another share of the time. */
    Demand busy(double share) {
        return with(concurrency, share);
    }

    /** For each candidate, so without looking components up by their names. */
    private Demand with(int requests, double busyShare) {
        return new Demand(
                type,
                model,
                quantization,
                cacheType,
                inputTokens,
                outputTokens,
                contextTokens,
                sharedPrefixTokens,
                requests,
                minDecodeSpeed,
                maxTimeToFirstTokenSeconds,
                sizedForDecodeSpeed,
                sizedForTimeToFirstTokenSeconds,
                plannedLoad,
                speculative,
                traffic,
                companions,
                training,
                purchaseBudgetUsd,
                monthlyBudgetUsd,
                horizonMonths,
                busyShare,
                electricityUsdPerKwh,
                asOf,
                rivals);
    }

    ServingMemory.Requests requests() {
        return new ServingMemory.Requests(inputTokens, outputTokens, contextTokens, sharedPrefixTokens);
    }
}
