package quartermaster.estimate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.SpeculativeDecoding;

/** What the speeds of an estimate were computed from, so that anyone can redo them. */
record Workings(
        Demand demand,
        Efficiency efficiency,
        ReplicaSpeed pace,
        Serving serving,
        int replicas,
        int carried,
        int inFlight,
        Hardware hardware) {

    /** The arithmetic, a line for each number. */
    List<String> lines() {
        return Stream.of(companions(), turns(), bandwidth(), bytes(), host(), drafts(), step(), prompt(), request())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** What stands beside the model; empty where nothing does. */
    private String companions() {
        Demand.Companions beside = demand.companions();
        return beside.all().isEmpty()
                ? ""
                : line(
                        "beside the model: %s = %.2f GiB",
                        beside.all().stream()
                                .map(each -> line(
                                        "%s %.2f GiB and %.2f GiB for its process (%s)",
                                        each.model().id(),
                                        each.model().memoryGiB(),
                                        beside.overheadGiB(),
                                        each.speedOn(hardware)))
                                .collect(Collectors.joining(" + ")),
                        beside.memory().gib());
    }

    /** How requests pass through devices that hold different layers; empty where they share them. */
    private String turns() {
        return serving.takesTurns()
                ? line(
                        "layers in turn: %d devices hold different layers, %.1f requests in flight at each as if it held all; they wait for each other, × %.2f",
                        pace.devices(), inFlightOfPart(), serving.stretch(inFlight))
                : "";
    }

    private double inFlightOfPart() {
        return serving.inFlightOfPart(inFlight);
    }

    private String bandwidth() {
        Constants e = pace.constants();
        return line(
                "bandwidth: %.2f of %,.0f GB/s × %d = %,.0f GB/s (Efficiency row %d: %s with %s)",
                e.bandwidth(),
                pace.bandwidthGBps(),
                serving.paceOfPart().parallelDevices(),
                e.bandwidth() * pace.bandwidthGBps() * serving.paceOfPart().parallelDevices(),
                efficiency.row(),
                efficiency.appliesTo(),
                efficiency.engine());
    }

    private String bytes() {
        double cache = KvCache.readPerStep(demand.model(), demand.cacheType(), serving.meanContext());
        return line(
                "read per step: %.2f GB for every token, %.2f GB of experts (%.0f %% of them), %.3f GB of KV cache × %.2f",
                pace.denseBytes() / 1e9,
                pace.touchedExpertBytes(inFlightOfPart()) / 1e9,
                100 * ReplicaSpeed.touchedShare(demand.model(), inFlightOfPart()),
                inFlightOfPart() * cache / 1e9,
                pace.constants().attentionCost());
    }

    /** What the host's memory holds; empty where it holds nothing. */
    private String host() {
        ReplicaSpeed.HostExperts host = pace.onHost();
        return host.share() == 0
                ? ""
                : line(
                        "host memory: %.1f GiB of experts (%.0f %%), a step reads %.2f GB there at %.0f GB/s = %.2f ms; a prompt copies them at %.0f GB/s for every %,d tokens",
                        host.bytes().gib(),
                        100 * host.share(),
                        host.share() * pace.touchedExpertBytes(inFlight) / 1e9,
                        host.readGBps(),
                        1e3 * pace.hostSeconds(inFlight),
                        host.copyGBps(),
                        pace.chunkTokens());
    }

    /** What drafts bring to the step below; empty where nobody asked for them. */
    private String drafts() {
        Speculation speculation = pace.speculation();
        if (!speculation.asked()) {
            return "";
        }
        return draftsRow()
                .map(row -> line(
                        "speculative decoding: every part of a step ÷ %.2f with %d in flight (%s, Speculative decoding row %d: %.2f, %.2f to %.2f)",
                        draftsFactor(), inFlight, row.method(), row.row(), row.factor(), row.low(), row.high()))
                .orElseGet(() -> line(
                        "speculative decoding: nothing measured with %d in flight, every part of a step ÷ %.2f",
                        inFlight, draftsFactor()));
    }

    double draftsFactor() {
        return pace.speculation().factor(inFlight, serving.meanContext());
    }

    Optional<SpeculativeDecoding> draftsRow() {
        return pace.speculation().row(inFlight, serving.meanContext());
    }

    private String step() {
        ReplicaSpeed.Step step = serving.step(inFlight);
        return line(
                "step with %.3g in flight at %,.0f tokens: max(memory %.2f ms, compute %.2f ms) + overhead %.2f ms + link %.2f ms = %.2f ms",
                inFlightOfPart(),
                serving.meanContext(),
                1e3 * step.memorySeconds(),
                1e3 * step.computeSeconds(),
                1e3 * step.overheadSeconds(),
                1e3 * step.linkSeconds(),
                1e3 * step.seconds());
    }

    private String prompt() {
        return line(
                "prompt of %,.0f tokens: %.1f TFLOP at %.2f of %,.0f TFLOPS × %.2f, with overheads %.2f s",
                serving.promptTokens(),
                pace.prefillFlop(serving.promptTokens()) / 1e12,
                demand.model().isMixtureOfExperts()
                        ? pace.constants().prefillExperts()
                        : pace.constants().prefill(),
                pace.tflops(),
                serving.paceOfPart().devicesOfCompute(),
                serving.prefillSeconds());
    }

    private String request() {
        return line(
                "request: %s%.3g × %.2f s + %.0f × %.2f ms%s = %.2f s; %d replicas carry %d each, %d in flight on each",
                serving.takesTurns() ? line("%.2f × (", serving.stretch(inFlight)) : "",
                inFlightOfPart(),
                serving.prefillSeconds(),
                serving.outputTokens(),
                1e3 * serving.step(inFlight).seconds(),
                serving.takesTurns() ? ")" : "",
                serving.requestSeconds(inFlight),
                replicas,
                carried,
                inFlight);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
