package quartermaster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.cli.Console.Style;
import quartermaster.cli.TextTable.Column;
import quartermaster.decision.Assessment;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Assumption;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.Evidence;
import quartermaster.estimate.MemoryLedger;
import quartermaster.launch.Start;
import quartermaster.unit.Bytes;
import quartermaster.unit.Choice;
import quartermaster.unit.Records;

/**
 * What the estimator says of one pairing of model and hardware, the arithmetic shown.
 *
 * @param ways the same deployment bought, rented and owned
 * @param start null where nobody has said how its engine is started
 * @param verifyWith commands that measure it
 */
record FactSheet(
        Console console,
        Recommendation found,
        List<Assumption> assumptions,
        List<Recommendation> ways,
        @Nullable Start start,
        List<String> verifyWith) {
    private static final int LABEL = 20;
    private static final int INDENT = 2;

    void print() {
        Assessment it = found.assessment();
        heading(it.model().name() + " on " + DeploymentWords.machines(it));
        Demand demand = it.demand();
        paragraph(String.format(
                Locale.ROOT,
                "%s at %s; %,d tokens in, %,d out, a window of %,d; %s at the same time",
                it.engine().name(),
                it.quantization().id(),
                demand.inputTokens(),
                demand.outputTokens(),
                demand.contextTokens(),
                Words.count(demand.concurrency(), "request", "requests")));
        section("Memory of one replica");
        memory(it.memory());
        section(it.isTraining() ? "Speed, as if it served" : "Speed");
        speed(it.estimate());
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
        section("Verify with");
        verifyWith.forEach(
                each -> StartReport.command(each, Console.WIDTH, INDENT).forEach(console::print));
    }

    private void memory(MemoryLedger memory) {
        line("weights", gib(memory.weights()));
        line("KV cache", gib(memory.kvCache()) + perRequest(memory));
        line("overhead", gib(memory.overhead()));
        line(
                "required",
                gib(memory.required()) + ", " + gib(memory.pessimistic()).strip() + " at the pessimistic end");
        line("usable", gib(memory.usable()));
        double free = memory.usable().gib() - memory.required().gib();
        line("headroom", String.format(Locale.ROOT, "%8.2f GiB, %.0f %%", free, memory.headroomPercent()));
        line("fits", Choice.id(memory.fit()));
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
        Evidence evidence = estimate.evidence();
        line("evidence", evidence(evidence));
        line("rests on", String.join(", ", evidence.basis()));
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
                Column.yielding("How"),
                Column.right("At once"),
                Column.right("A month"),
                Column.left("Range"),
                Column.right("Per million out"),
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
                .forEach(each -> paragraph(month(each)));
    }

    /** What the month consists of, to the cent: the parts add up to it. */
    private static String month(Assessment it) {
        Cost cost = it.cost();
        return "a month, "
                + Choice.id(it.acquisition()) + ": "
                + Records.values(Objects.requireNonNull(cost.breakdown())).entrySet().stream()
                        .filter(part -> (Double) Objects.requireNonNull(part.getValue()) != 0)
                        .map(part -> String.format(
                                Locale.ROOT,
                                "%s %,.2f",
                                part.getKey().replace("residualUsd", "resale").replace("Usd", ""),
                                part.getValue()))
                        .collect(Collectors.joining(" + "))
                + String.format(Locale.ROOT, " = %,.2f", cost.monthlyUsd())
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
                Words.usd(cost.usdPerMillionOutputTokens()),
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

    private void paragraph(String text) {
        Words.wrap(text, Console.WIDTH - INDENT).forEach(part -> console.print(" ".repeat(INDENT) + part));
    }
}
