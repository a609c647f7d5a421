package quartermaster.workbook.score;

import static quartermaster.workbook.pen.ResultColumn.number;
import static quartermaster.workbook.pen.ResultColumn.text;
import static quartermaster.workbook.pen.ResultColumn.wrapped;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.Evidence;
import quartermaster.estimate.MemoryLedger;
import quartermaster.unit.Choice;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ValueFormat;

/** The ledger of each candidate and its speeds, as low, typical and high: what the judgements rest on. */
final class EstimateColumns {
    private EstimateColumns() {}

    static List<ResultColumn<JudgedCandidate>> columns() {
        List<ResultColumn<JudgedCandidate>> columns = new ArrayList<>(List.of(
                wrapped("Workload", 20, JudgedCandidate::workload),
                wrapped("Candidate", 32, JudgedCandidate::label),
                wrapped("Engine", 13, machine(it -> it.engine().name())),
                text("Quantization", 14, machine(it -> it.quantization().name())),
                text("Fits", 7, memory(it -> Choice.id(it.fit()))),
                gib("Required (GiB)", it -> it.required().gib()),
                gib("Pessimistic (GiB)", it -> it.pessimistic().gib()),
                gib("Usable (GiB)", it -> it.usable().gib()),
                number(JudgementColumns.HEADROOM, 11, ValueFormat.PERCENT, memory(it -> it.headroomPercent() / 100)),
                speed("Decode low (tok/s)", it -> it.decodeSpeed().low()),
                speed("Decode typical (tok/s)", it -> it.decodeSpeed().typical()),
                seconds("TTFT P95 (s)", Estimate::timeToFirstTokenP95Seconds),
                text("Bound by", 18, machine(it -> Choice.id(it.boundBy()))),
                text("Evidence", 14, evidence(it -> Choice.id(it.evidenceClass())))));
        details().forEach(each -> columns.add(each.asDetail()));
        return List.copyOf(columns);
    }

    /** What a page has no room for. */
    private static List<ResultColumn<JudgedCandidate>> details() {
        return List.of(
                gib("Weights (GiB)", it -> it.weights().gib()),
                gib("KV cache (GiB)", it -> it.kvCache().gib()),
                gib("Overhead (GiB)", it -> it.overhead().gib()),
                gib("Companions (GiB)", it -> it.companions().gib()),
                speed("Decode high (tok/s)", it -> it.decodeSpeed().high()),
                speed("Throughput low (tok/s)", it -> it.throughput().low()),
                speed("Throughput typical (tok/s)", it -> it.throughput().typical()),
                speed("Throughput high (tok/s)", it -> it.throughput().high()),
                seconds("TTFT low (s)", it -> it.timeToFirstToken().low()),
                seconds("TTFT typical (s)", it -> it.timeToFirstToken().typical()),
                seconds("TTFT high (s)", it -> it.timeToFirstToken().high()),
                number(
                        "Prompt reading (tok/s)",
                        11,
                        ValueFormat.WHOLE,
                        of(it -> it.prefillSpeed().typical())),
                number(
                        "In flight per replica",
                        10,
                        ValueFormat.WHOLE,
                        served(it -> it.estimate().inFlightPerReplica())),
                number("Capacity per replica", 10, ValueFormat.WHOLE, served(Assessment::maxConcurrency)),
                number(
                        "Load (%)",
                        9, ValueFormat.PERCENT, served(it -> it.estimate().load())),
                gib(
                        "KV cache of one request (GiB)",
                        it -> it.kvCachePerRequest().gib()),
                number(
                        "Longest context (tokens)",
                        12,
                        ValueFormat.WHOLE,
                        served(it -> it.memory().maxContextTokens())),
                number("Measurements", 14, ValueFormat.WHOLE, evidence(Evidence::measurements)),
                number("Their error (%)", 10, ValueFormat.PERCENT, evidence(EstimateColumns::error)),
                text("Evidence as of", 12, evidence(Evidence::asOf)),
                wrapped("Range widened by", 40, evidence(it -> String.join("; ", it.widenedBy()))),
                wrapped("Rows used", 40, evidence(it -> String.join("; ", it.basis()))));
    }

    private static @Nullable Double error(Evidence evidence) {
        return evidence.errorPercent() == null ? null : evidence.errorPercent() / 100;
    }

    private static ResultColumn<JudgedCandidate> gib(String header, Function<MemoryLedger, @Nullable Object> value) {
        return number(header, 11, ValueFormat.ONE_DECIMAL, memory(value));
    }

    private static ResultColumn<JudgedCandidate> speed(String header, Function<Estimate, @Nullable Object> value) {
        return number(header, 11, ValueFormat.ONE_DECIMAL, of(value));
    }

    private static ResultColumn<JudgedCandidate> seconds(String header, Function<Estimate, @Nullable Object> value) {
        return number(header, 9, ValueFormat.TWO_DECIMALS, of(value));
    }

    /** What a hosted API does not have, or nobody knows of it. */
    private static Function<JudgedCandidate, @Nullable Object> machine(Function<Assessment, @Nullable Object> value) {
        return pair -> pair.facts().isHosted() ? null : value.apply(pair.facts());
    }

    /** Likewise, and nothing where nobody is served. */
    private static Function<JudgedCandidate, @Nullable Object> served(Function<Assessment, @Nullable Object> value) {
        return machine(it -> it.isTraining() ? null : value.apply(it));
    }

    private static Function<JudgedCandidate, @Nullable Object> of(Function<Estimate, @Nullable Object> value) {
        return pair -> value.apply(pair.facts().estimate());
    }

    private static Function<JudgedCandidate, @Nullable Object> memory(Function<MemoryLedger, @Nullable Object> value) {
        return machine(it -> value.apply(it.memory()));
    }

    private static Function<JudgedCandidate, @Nullable Object> evidence(Function<Evidence, @Nullable Object> value) {
        return pair -> value.apply(pair.facts().estimate().evidence());
    }
}
