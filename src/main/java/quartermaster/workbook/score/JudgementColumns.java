package quartermaster.workbook.score;

import static quartermaster.workbook.pen.ResultColumn.number;
import static quartermaster.workbook.pen.ResultColumn.text;
import static quartermaster.workbook.pen.ResultColumn.wrapped;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Contribution;
import quartermaster.decision.Step;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Estimate;
import quartermaster.unit.Choice;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ValueFormat;

/**
 * What is said about a candidate, column by column. None of the headers is one that is read from the sheet of
 * candidates, so that a scored workbook can be scored again.
 */
final class JudgementColumns {
    static final String SCORE = "Score";
    static final String HEADROOM = "Headroom (%)";
    static final String WHY = "Why";
    static final String JUDGED_AS = "Judged as";

    private JudgementColumns() {}

    /** Beside each candidate: of the workload that ranked it best. */
    static List<ResultColumn<JudgedCandidate>> besideCandidate() {
        List<ResultColumn<JudgedCandidate>> columns = new ArrayList<>();
        columns.add(wrapped("For workload", 22, JudgedCandidate::workload));
        columns.add(rank());
        columns.add(verdict());
        columns.add(score());
        columns.addAll(steps());
        columns.add(decode());
        columns.add(firstToken());
        columns.add(memoryUsed());
        columns.add(headroom());
        columns.add(number("Replicas needed", 10, ValueFormat.WHOLE, machine(Assessment::replicas)));
        columns.add(wrapped(JUDGED_AS, 42, JudgedCandidate::judgedAs));
        columns.add(purchase());
        columns.add(perMonth());
        columns.add(perMillion());
        columns.add(evidence());
        columns.add(why());
        return List.copyOf(columns);
    }

    /** Every pair is a row: first what everybody reads and prints, then details. */
    static List<ResultColumn<JudgedCandidate>> recommendation() {
        List<ResultColumn<JudgedCandidate>> columns = new ArrayList<>(List.of(
                wrapped("Workload", 22, JudgedCandidate::workload),
                rank(),
                wrapped("Pick", 12, JudgedCandidate::pick),
                verdict(),
                score(),
                wrapped("Hardware", 30, of(it -> it.hardware().name())),
                text("Replicas × devices", 11, JudgedCandidate::setup),
                text("Acquisition", 12, of(it -> Choice.id(it.acquisition()))),
                wrapped("Engine", 13, machine(it -> it.engine().name())),
                text("Quantization", 14, machine(it -> it.quantization().name()))));
        columns.add(headroom());
        columns.add(decode());
        columns.add(firstToken());
        columns.add(perMonth());
        columns.add(why());
        steps().forEach(each -> columns.add(each.asDetail()));
        details().forEach(each -> columns.add(each.asDetail()));
        parts().forEach(each -> columns.add(each.asDetail()));
        return List.copyOf(columns);
    }

    /** Where several models are compared: which it is, and how good it is for the use. */
    static List<ResultColumn<JudgedCandidate>> ofModels() {
        return List.of(
                text("Model", 28, of(it -> it.comparesModels() ? it.model().name() : null)),
                number("Level", 8, ValueFormat.WHOLE, of(Assessment::level)),
                number("Level low", 8, ValueFormat.WHOLE, of(Assessment::pessimisticLevel)),
                number("Level high", 8, ValueFormat.WHOLE, of(Assessment::optimisticLevel)),
                text("Level by", 12, of(Assessment::levelEvidence)),
                number(
                        Step.MODEL_QUALITY.sheet(),
                        14,
                        ValueFormat.ONE_DECIMAL,
                        it -> stepScore(it, Step.MODEL_QUALITY)));
    }

    /** What the month consists of: the parts add up to it. */
    private static List<ResultColumn<JudgedCandidate>> parts() {
        return List.of(
                part("Hardware", Cost.Breakdown::hardwareUsd),
                part("Resale", Cost.Breakdown::residualUsd),
                part("Host", Cost.Breakdown::hostUsd),
                part("Rent", Cost.Breakdown::rentUsd),
                part("API", Cost.Breakdown::apiUsd),
                part("Power", Cost.Breakdown::powerUsd),
                part("Hosting", Cost.Breakdown::hostingUsd),
                part("Support", Cost.Breakdown::supportUsd),
                part("Staff", Cost.Breakdown::staffUsd),
                number("First year (USD)", 12, ValueFormat.DOLLARS, cost(Cost::firstYearUsd)),
                number(
                        "Whole horizon (USD)",
                        12,
                        ValueFormat.DOLLARS,
                        pair -> pair.facts()
                                .cost()
                                .horizonUsd(pair.facts().demand().horizonMonths())));
    }

    private static ResultColumn<JudgedCandidate> part(String name, Function<Cost.Breakdown, Double> usd) {
        return number(name + " per month (USD)", 12, ValueFormat.CENTS, cost(it -> {
            Cost.Breakdown parts = it.breakdown();
            return parts == null ? null : usd.apply(parts);
        }));
    }

    private static List<ResultColumn<JudgedCandidate>> details() {
        return List.of(
                memoryUsed(),
                number(
                        "Usable memory (GiB)",
                        11,
                        ValueFormat.ONE_DECIMAL,
                        memory(it -> it.usable().gib())),
                number(
                        "Decode low (tok/s)",
                        11,
                        ValueFormat.ONE_DECIMAL,
                        speeds(it -> it.decodeSpeed().low())),
                number(
                        "Decode high (tok/s)",
                        11,
                        ValueFormat.ONE_DECIMAL,
                        speeds(it -> it.decodeSpeed().high())),
                number(
                        "TTFT typical (s)",
                        10,
                        ValueFormat.TWO_DECIMALS,
                        speeds(it -> it.timeToFirstToken().typical())),
                number("Throughput (tok/s)", 12, ValueFormat.WHOLE, of(it -> throughput(it))),
                number(
                        "Capacity (requests at once)",
                        12,
                        ValueFormat.WHOLE,
                        machine(it -> it.isTraining() ? null : it.maxConcurrency() * it.replicas())),
                number("Requests at once", 11, ValueFormat.WHOLE, of(it -> it.isTraining() ? null : it.concurrency())),
                number("Spare replicas", 10, ValueFormat.WHOLE, machine(Assessment::spareReplicas)),
                number("Replicas at night", 10, ValueFormat.WHOLE, machine(Assessment::replicasAtNight)),
                number("Switched off at night saves (USD)", 12, ValueFormat.DOLLARS, of(Assessment::nightSavesUsd)),
                number("Second replica adds (USD)", 12, ValueFormat.DOLLARS, of(Assessment::secondReplicaUsd)),
                number("Hours per run", 10, ValueFormat.ONE_DECIMAL, of(Assessment::jobHours)),
                number("Training (tok/s)", 10, ValueFormat.WHOLE, of(Assessment::trainingSpeed)),
                text("Deadline", 10, of(it -> it.meetsDeadline() == null ? null : Choice.id(it.meetsDeadline()))),
                number("Per run (USD)", 12, ValueFormat.CENTS, of(Assessment::usdPerRun)),
                purchase(),
                number("Per month low (USD)", 12, ValueFormat.DOLLARS, cost(Cost::monthlyUsdLow)),
                number("Per month high (USD)", 12, ValueFormat.DOLLARS, cost(Cost::monthlyUsdHigh)),
                perMillion(),
                number("Break-even (months)", 12, ValueFormat.ONE_DECIMAL, cost(Cost::breakEvenMonths)),
                text("Break-even against", 34, cost(Cost::breakEvenAgainst)),
                text("Offer", 34, of(JudgementColumns::offer)),
                number("Power (W)", 10, ValueFormat.WHOLE, cost(Cost::powerWatts)),
                text("Price as of", 12, cost(Cost::asOf)),
                evidence(),
                text("Limited by", 18, machine(it -> Choice.id(it.boundBy()))),
                number("Replicas", 10, ValueFormat.WHOLE, machine(Assessment::replicas)),
                number("Devices", 10, ValueFormat.WHOLE, machine(Assessment::devices)),
                text("Hardware id", 44, machine(it -> it.hardware().id())));
    }

    static ResultColumn<JudgedCandidate> rank() {
        return number("Rank", 7, ValueFormat.WHOLE, it -> it.recommendation().rank());
    }

    private static ResultColumn<JudgedCandidate> verdict() {
        return text("Verdict", 17, it -> it.recommendation().verdict());
    }

    private static ResultColumn<JudgedCandidate> score() {
        return number(
                SCORE, 8, ValueFormat.ONE_DECIMAL, it -> it.recommendation().score());
    }

    /** Weighted: those of a row, with that of {@link #ofModels}, add up to its score. */
    private static List<ResultColumn<JudgedCandidate>> steps() {
        List<ResultColumn<JudgedCandidate>> columns = new ArrayList<>();
        for (Step step : Step.OF_ONE_MODEL) {
            columns.add(number(step.sheet(), 14, ValueFormat.ONE_DECIMAL, it -> stepScore(it, step)));
        }
        return columns;
    }

    static @Nullable Double stepScore(JudgedCandidate pair, Step step) {
        return pair.recommendation().steps().stream()
                .filter(each -> each.step() == step)
                .map(Contribution::score)
                .findFirst()
                .orElse(null);
    }

    private static ResultColumn<JudgedCandidate> decode() {
        return number(
                "Decode (tok/s)",
                10,
                ValueFormat.ONE_DECIMAL,
                speeds(it -> it.decodeSpeed().typical()));
    }

    private static ResultColumn<JudgedCandidate> firstToken() {
        return number("TTFT P95 (s)", 10, ValueFormat.TWO_DECIMALS, speeds(Estimate::timeToFirstTokenP95Seconds));
    }

    private static ResultColumn<JudgedCandidate> memoryUsed() {
        return number(
                "Memory used (GiB)",
                11,
                ValueFormat.ONE_DECIMAL,
                memory(it -> it.required().gib()));
    }

    private static ResultColumn<JudgedCandidate> headroom() {
        return number(HEADROOM, 12, ValueFormat.PERCENT, of(it -> it.headroomPercent() / 100));
    }

    private static ResultColumn<JudgedCandidate> purchase() {
        return number("Purchase (USD)", 12, ValueFormat.DOLLARS, cost(Cost::purchaseUsd));
    }

    private static ResultColumn<JudgedCandidate> perMonth() {
        return number("Per month (USD)", 12, ValueFormat.DOLLARS, cost(Cost::monthlyUsd));
    }

    private static ResultColumn<JudgedCandidate> perMillion() {
        return number("Per million tokens (USD)", 13, ValueFormat.CENTS, cost(Cost::usdPerMillionOutputTokens));
    }

    private static ResultColumn<JudgedCandidate> evidence() {
        return text("Evidence", 14, of(it -> Choice.id(it.evidence())));
    }

    private static ResultColumn<JudgedCandidate> why() {
        return wrapped(WHY, 74, JudgedCandidate::why);
    }

    static double throughput(Assessment facts) {
        return facts.estimate().throughput().typical() * facts.replicas();
    }

    private static @Nullable Object offer(Assessment facts) {
        if (facts.isHosted()) {
            return facts.hardware().id();
        }
        return facts.deployment().offer() == null
                ? null
                : facts.deployment().offer().id();
    }

    private static Function<JudgedCandidate, @Nullable Object> of(Function<Assessment, @Nullable Object> value) {
        return pair -> value.apply(pair.facts());
    }

    /** What a hosted API does not have, or nobody knows of it. */
    private static Function<JudgedCandidate, @Nullable Object> machine(Function<Assessment, @Nullable Object> value) {
        return pair -> pair.facts().isHosted() ? null : value.apply(pair.facts());
    }

    private static Function<JudgedCandidate, @Nullable Object> speeds(Function<Estimate, @Nullable Object> value) {
        return pair -> value.apply(pair.facts().estimate());
    }

    private static Function<JudgedCandidate, @Nullable Object> memory(
            Function<quartermaster.estimate.MemoryLedger, @Nullable Object> value) {
        return machine(it -> value.apply(it.memory()));
    }

    private static Function<JudgedCandidate, @Nullable Object> cost(Function<Cost, @Nullable Object> value) {
        return pair -> value.apply(pair.facts().cost());
    }
}
