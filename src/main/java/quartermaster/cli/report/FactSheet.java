package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.decision.Assessment;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Evidence;
import quartermaster.estimate.MemoryLedger;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.launch.Start;
import quartermaster.unit.Bytes;
import quartermaster.unit.Choice;

/**
 * What the estimator says of one pairing of model and hardware, the arithmetic shown.
 *
 * @param ways the same deployment bought, rented and owned
 * @param start null where nobody has said how its engine is started
 * @param verifyWith commands that measure it
 */
public record FactSheet(
        Console console,
        Recommendation found,
        List<Assumption> assumptions,
        List<Recommendation> ways,
        @Nullable Start start,
        List<String> verifyWith) {
    private static final int LABEL = 20;
    private static final int INDENT = 2;

    public void print() {
        Assessment it = found.assessment();
        heading(it.model().name() + " on " + DeploymentWords.machines(it));
        Demand demand = it.demand();
        paragraph(
                it.isTraining()
                        ? run(it)
                        : String.format(
                                Locale.ROOT,
                                "%s at %s; %,d tokens in, %,d out, a window of %,d; %s at the same time",
                                it.engine().name(),
                                it.quantization().name(),
                                demand.inputTokens(),
                                demand.outputTokens(),
                                demand.contextTokens(),
                                Words.count(demand.concurrency(), "request", "requests")));
        size(it);
        section("Memory of one replica");
        memory(it.memory());
        section("Speed");
        if (it.isTraining()) {
            training(it);
        } else {
            speed(it.estimate());
        }
        section("Cost");
        cost();
        section("Arithmetic");
        it.estimate().arithmetic().forEach(this::paragraph);
        if (!findings().isEmpty()) {
            section("What the rules say");
            findings().forEach(this::paragraph);
        }
        section("Assumed");
        paragraph(assumptions.stream()
                .map(each -> each.field().replaceFirst("^workload\\.", "") + " = " + each.value())
                .collect(Collectors.joining("; ")));
        if (start != null) {
            section("Start with");
            new StartReport(console, INDENT).print(start, it.engine().name());
        }
        if (!verifyWith.isEmpty()) {
            section("Verify with");
            verifyWith.forEach(
                    each -> StartReport.command(each, console.width(), INDENT).forEach(console::print));
        }
    }

    /** Of what somebody has to put somewhere. */
    private void size(Assessment it) {
        String size = it.hardware().sizeMm();
        if (size != null && !it.isRented() && !it.isHosted()) {
            paragraph("Each machine measures " + size + " mm.");
        }
    }

    private void memory(MemoryLedger memory) {
        boolean training = found.assessment().isTraining();
        line(training ? "base weights" : "weights", gib(memory.weights()));
        if (!training) {
            line("KV cache", gib(memory.kvCache()) + perRequest(memory));
        }
        line("overhead", gib(memory.overhead()));
        if (memory.companions().count() > 0) {
            line("beside the model", gib(memory.companions()));
        }
        line(
                "required",
                gib(memory.required()) + ", " + gib(memory.pessimistic()).strip() + " at the pessimistic end");
        line("usable", gib(memory.usable()));
        double free = memory.usable().gib() - memory.required().gib();
        line("headroom", String.format(Locale.ROOT, "%8.2f GiB, %.0f %%", free, memory.headroomPercent()));
        line("fits", Choice.id(memory.fit()));
        if (training) {
            return;
        }
        line("longest context", Words.count(memory.maxContextTokens(), "token", "tokens") + " for one request");
        line("most sequences", Words.count(memory.maxSequences(), "request", "requests") + " of this size in memory");
    }

    private static String perRequest(MemoryLedger memory) {
        return memory.kvCachePerRequest().equals(Bytes.ZERO)
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %.2f GiB for each request",
                        memory.kvCachePerRequest().gib());
    }

    private static String gib(Bytes bytes) {
        return String.format(Locale.ROOT, "%8.2f GiB", bytes.gib());
    }

    private void speed(Estimate estimate) {
        line("decode, one user", Words.range(estimate.decodeSpeed()) + " tok/s");
        line("throughput", Words.range(estimate.throughput()) + " tok/s from one replica");
        String p95 = Words.seconds(estimate.timeToFirstTokenP95Seconds());
        line("time to first token", Words.range(estimate.timeToFirstToken()) + " s, P95 " + p95);
        line("reading prompts", Words.range(estimate.prefillSpeed()) + " tok/s");
        line("capacity", capacity(estimate));
        line("bound by", Choice.id(estimate.boundBy()));
        rests(estimate.evidence());
    }

    /** E.g. "Unsloth, qlora on NF4; 1 sequence of 2,048 tokens at once on each device". */
    private static String run(Assessment it) {
        Demand.Training training = Objects.requireNonNull(it.demand().training());
        return String.format(
                Locale.ROOT,
                "%s, %s on %s; %s of %,d tokens at once on each device",
                it.engine().name(),
                training.methodId(),
                it.quantization().name(),
                Words.count(training.batch(), "sequence", "sequences"),
                training.sequenceTokens());
    }

    private void training(Assessment it) {
        EstimatedDeployment.Job job = Objects.requireNonNull(it.assessed().job());
        boolean known = it.demand().job() != null;
        line("training", Words.range(job.tokensPerSecond()) + " tok/s");
        line(known ? "a run" : "a million tokens", Words.range(job.hours()) + " hours");
        Double usd = job.usdPerRun();
        if (usd != null) {
            line(
                    known ? "costs" : "cost",
                    "$" + Words.number(usd) + (known ? " a run, " : ", ") + Choice.id(it.acquisition()));
        }
        Double hours = job.deadlineHours();
        if (hours != null) {
            line(
                    "within " + Words.number(hours) + " hours",
                    String.valueOf(it.meetsDeadline()).toLowerCase(Locale.ROOT));
        }
        line("bound by", Choice.id(it.estimate().boundBy()));
        rests(it.estimate().evidence());
    }

    private void rests(Evidence evidence) {
        line("evidence", evidence(evidence));
        lines("rests on", String.join(", ", evidence.basis()));
        if (!evidence.widenedBy().isEmpty()) {
            line("range widened by", String.join(", ", evidence.widenedBy()));
        }
    }

    private static String capacity(Estimate estimate) {
        String carried = Words.count(estimate.maxConcurrency(), "request", "requests") + " at the same time";
        return carried + " within memory and speed; " + estimate.inFlightPerReplica() + " asked for";
    }

    private static String evidence(Evidence evidence) {
        List<String> parts = new ArrayList<>();
        parts.add(Choice.id(evidence.evidenceClass()));
        parts.add(Words.count(evidence.measurements(), "measurement", "measurements"));
        Double error = evidence.errorPercent();
        if (error != null) {
            parts.add("error " + Words.percent(error));
        }
        parts.add("as of " + evidence.asOf());
        return String.join(", ", parts);
    }

    private void cost() {
        TextTable table = new TextTable(
                INDENT,
                Column.wrapping("How"),
                Column.right("At once"),
                Column.right("A month"),
                Column.left("Range"),
                Column.right(found.assessment().isTraining() ? "A run" : "Per million out"),
                Column.right("Power"),
                Column.left("Price of"));
        ways.stream()
                .map(Recommendation::assessment)
                .filter(each -> !each.isRented() || each.isOffered())
                .forEach(each -> costRow(table, each));
        table.lines(console, INDENT).forEach(console::print);
        ways.stream()
                .map(Recommendation::assessment)
                .filter(each -> each.cost().breakdown() != null)
                .forEach(each -> {
                    paragraph(month(each));
                    each.assessed().load().arithmetic().forEach(this::paragraph);
                });
    }

    /** What the month consists of, to the cent: the parts add up to it. */
    private static String month(Assessment it) {
        Cost cost = it.cost();
        return "a month, "
                + Choice.id(it.acquisition()) + ": "
                + Objects.requireNonNull(cost.breakdown()).sum()
                + String.format(
                        Locale.ROOT,
                        "; paid in the first year %,.0f, over %d months %,.0f",
                        cost.firstYearUsd(),
                        it.demand().horizonMonths(),
                        cost.horizonUsd(it.demand().horizonMonths()));
    }

    private static void costRow(TextTable table, Assessment it) {
        Cost cost = it.cost();
        String how = Choice.id(it.acquisition());
        if (it.isRented()) {
            how += it.deployment().offer() == null
                    ? " (no offer)"
                    : " " + it.deployment().offer().id();
        }
        boolean range = cost.monthlyUsdLow() != null && cost.monthlyUsdHigh() != null;
        table.add(
                Style.PLAIN,
                "",
                how,
                Words.usd(cost.purchaseUsd()),
                Words.usd(cost.monthlyUsd()),
                range ? Words.usd(cost.monthlyUsdLow()) + " to " + Words.usd(cost.monthlyUsdHigh()) : "",
                Words.usd(it.isTraining() ? it.usdPerRun() : cost.usdPerMillionOutputTokens()),
                Words.whole(cost.powerWatts()) + " W",
                it.isOwned() || cost.asOf() == null ? Words.UNKNOWN : cost.asOf());
    }

    private List<String> findings() {
        return found.findings().stream().map(FactSheet::finding).toList();
    }

    private static String finding(Finding finding) {
        String remedy = finding.remedy() == null ? "" : " " + finding.remedy();
        return Choice.id(finding.severity()) + " " + finding.code() + ": " + finding.message() + remedy;
    }

    private void heading(String text) {
        console.print(console.styled(Style.BOLD, text));
    }

    private void section(String title) {
        console.print("");
        heading(title);
    }

    private void line(String label, String value) {
        String space = " ".repeat(Math.max(1, LABEL - label.length()));
        console.print(" ".repeat(INDENT) + label + space + value);
    }

    /** A value that may take several lines. */
    private void lines(String label, String value) {
        List<String> parts = Words.wrap(value, console.width() - INDENT - LABEL);
        for (int i = 0; i < parts.size(); i++) {
            line(i == 0 ? label : "", parts.get(i));
        }
    }

    private void paragraph(String text) {
        Words.wrap(text, console.width() - INDENT).forEach(part -> console.print(" ".repeat(INDENT) + part));
    }
}
