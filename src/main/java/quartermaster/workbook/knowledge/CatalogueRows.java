package quartermaster.workbook.knowledge;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Batching;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Default;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Host;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.LinkKind;
import quartermaster.catalogue.Measurement;
import quartermaster.catalogue.MemoryKind;
import quartermaster.catalogue.MultiDevice;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Phase;
import quartermaster.catalogue.PublishedFile;
import quartermaster.catalogue.Quality;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.ServingMetric;
import quartermaster.catalogue.Spread;
import quartermaster.catalogue.WindowPolicy;
import quartermaster.unit.Fields;
import quartermaster.unit.Numbers;
import quartermaster.workbook.read.SheetTable.TableRow;

/** Which column of {@code catalogue.xlsx} is which component of a record. */
final class CatalogueRows {
    private static final List<String> OFFER_KINDS = List.of("offer", "index", "api");

    private CatalogueRows() {}

    static Hardware hardware(TableRow row) {
        Fields fields = row.fields();
        Double priceLow = fields.numberOrNull("Price low (USD)");
        Double priceHigh = fields.numberOrNull("Price high (USD)");
        Double leadTimeLow = fields.numberOrNull("Lead time low (weeks)");
        Double leadTimeHigh = fields.numberOrNull("Lead time high (weeks)");
        rising(fields, priceLow, priceHigh, "Price high (USD)");
        rising(fields, leadTimeLow, leadTimeHigh, "Lead time high (weeks)");
        return new Hardware(
                fields.text("Id"),
                fields.text("Name"),
                fields.list("Aliases"),
                fields.text("Vendor"),
                fields.text("Family"),
                fields.text("Chip class"),
                fields.textOr("Generation", fields.text("Chip class")),
                fields.textOr("Tier", fields.text("Family")),
                fields.choice(MemoryKind.class, "Memory kind"),
                fields.text("Form factor"),
                fields.yesNo("Mobile"),
                fields.yesNo("Data centre"),
                fields.positive("Memory (GiB)"),
                fields.positiveOrNull("Usable memory (GiB)"),
                fields.positiveOrNull("Bandwidth (GB/s)"),
                shareOrOne(fields, "Low-bit share"),
                shareOrOne(fields, "Sustained share"),
                fields.positiveOrNull("FP16 dense (TFLOPS)"),
                fields.positiveOrNull("FP8 dense (TFLOPS)"),
                fields.positiveOrNull("INT8 dense (TOPS)"),
                fields.positiveOrNull("FP4 dense (TFLOPS)"),
                fields.positiveOrNull("Link (GB/s per direction)"),
                fields.choice(LinkKind.class, "Link kind"),
                fields.integer("Max devices per node", 1),
                fields.numberOrNull("TDP (W)"),
                fields.numberOrNull("Load power (W)"),
                fields.numberOrNull("Idle power (W)"),
                priceLow,
                priceHigh,
                fields.textOrNull("Price as of"),
                fields.choice(Availability.class, "Availability"),
                leadTimeLow,
                leadTimeHigh,
                fields.textOrNull("Host"),
                fields.yesNo("Cloud only"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    static Host host(TableRow row) {
        Fields fields = row.fields();
        return new Host(
                fields.text("Id"),
                fields.text("Name"),
                fields.text("Line"),
                fields.yesNo("Server room"),
                fields.integer("Max devices", 1),
                fields.numberOrNull("Price (USD)"),
                fields.numberOrNull("Idle power (W)"),
                fields.numberOrNull("Load power (W)"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    static Quantization quantization(TableRow row) {
        Fields fields = row.fields();
        return new Quantization(
                fields.text("Id"),
                fields.text("Name"),
                fields.list("Aliases"),
                fields.oneOf(List.of("weights", "kv-cache"), "Use").equals("weights"),
                fields.oneOf(List.of("gguf", "mlx", "safetensors", "any"), "Format"),
                fields.list("Engines"),
                fields.positive("Weight bits"),
                fields.positive("Bits per weight"),
                fields.positiveOrNull("Bits per weight at 70B"),
                fields.positiveOrNull("Large from (B parameters)"),
                fields.positiveOrNull("Bits per weight beside experts"),
                fields.choiceOrNull(PublishedFile.class, "File size from"),
                fields.yesNo("16-bit embeddings"),
                fields.list("Only model families"),
                fields.choice(Arithmetic.class, "Compute"),
                fields.shareOrNull("Share of 8-bit peak"),
                fields.list("Chip classes with native compute"),
                fields.list("Chip classes that can load it"),
                fields.choiceOrNull(Quality.class, "Quality"),
                fields.signedOrNull("Perplexity change"),
                fields.yesNo("Considered"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    static Engine engine(TableRow row) {
        Fields fields = row.fields();
        return new Engine(
                fields.text("Id"),
                fields.text("Name"),
                fields.list("Aliases"),
                fields.list("Runs on"),
                fields.list("Formats"),
                fields.text("Efficiency as"),
                fields.choice(Batching.class, "Batching"),
                fields.yesNo("Paged KV"),
                fields.choice(MultiDevice.class, "Multi-device"),
                fields.integer("Max sequences", 1),
                fields.share("Memory fraction"),
                fields.number("Device margin (GiB)"),
                fields.positive("Weight expansion"),
                fields.choice(WindowPolicy.class, "Window policy"),
                fields.integer("Micro batch (tokens)", 1),
                fields.number("Base memory (GiB)"),
                fields.number("Base memory multi-device (GiB)"),
                fields.numberOrNull("Activation dense (GiB)"),
                fields.numberOrNull("Activation MoE (GiB)"),
                fields.numberOrNull("Activation small (GiB)"),
                fields.shareOrNull("Activation small share of weights"),
                fields.positiveOrNull("Activation small below (GiB)"),
                fields.textOrNull("KV cache at low precision"),
                fields.number("Dispatch latency (ms)"),
                fields.yesNoOr("Prompts first", false),
                fields.yesNo("Production server"),
                fields.yesNo("Considered"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    static Efficiency efficiency(TableRow row) {
        Fields fields = row.fields();
        return new Efficiency(
                fields.text("Applies to"),
                fields.text("Engine"),
                new Constants(
                        fields.share("Bandwidth efficiency"),
                        fields.number("Overhead per layer (µs)"),
                        fields.number("Overhead per expert layer (µs)"),
                        fields.number("Overhead per linear layer (µs)"),
                        fields.number("Overhead per step (µs)"),
                        fields.number("Overhead per sequence (µs)"),
                        fields.positive("Attention cost (×)"),
                        fields.share("Prefill efficiency"),
                        fields.share("Prefill efficiency with experts"),
                        fields.share("Decode compute efficiency"),
                        fields.shareOrNull("Small-batch efficiency")),
                fields.integer("Measurements", 0),
                fields.numberOrNull("Error after (%)"),
                fields.choice(EvidenceClass.class, "Evidence"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    static Spread spread(TableRow row) {
        Fields fields = row.fields();
        double low = fields.share("Low multiplier");
        double high = fields.positive("High multiplier");
        if (fields.has("High multiplier") && high < 1) {
            fields.reportWrong("out-of-range", "High multiplier", high, "must be at least 1.");
        }
        return new Spread(
                fields.choice(Phase.class, "Phase"),
                fields.oneOf(List.of("dense", "moe"), "Kind").equals("moe"),
                fields.choice(EvidenceClass.class, "Evidence"),
                low,
                high,
                fields.integer("Measurements", 0),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    static HostedApi hostedApi(TableRow row) {
        Fields fields = row.fields();
        return new HostedApi(
                fields.text("Id"),
                fields.text("Model"),
                fields.text("Provider"),
                fields.positive("Input (USD per million tokens)"),
                fields.positive("Output (USD per million tokens)"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    static Offer offer(TableRow row) {
        Fields fields = row.fields();
        return new Offer(
                fields.text("Id"),
                fields.oneOf(OFFER_KINDS, "Kind").equals("index"),
                fields.text("Hardware"),
                fields.text("Provider"),
                fields.oneOf(List.of("hyperscaler", "neocloud", "marketplace", "index"), "Tier"),
                fields.integer("Devices per instance", 1),
                fields.oneOf(List.of("on-demand", "spot", "reserved"), "Provisioning"),
                fields.positive("Price per device hour (USD)"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    private static double shareOrOne(Fields fields, String column) {
        Double share = fields.shareOrNull(column);
        return share == null ? 1 : share;
    }

    static Measurement measurement(TableRow row) {
        Fields fields = row.fields();
        Phase phase = fields.choice(Phase.class, "Phase");
        Integer promptTokens = fields.integerOrNull("Prompt tokens", 0);
        Integer outputTokens = fields.integerOrNull("Output tokens", 0);
        Integer concurrency = fields.integerOrNull("Concurrency", 0);
        boolean unitOfItsOwn = fields.has("Unit"); // workbooks of before have the unit in the column Metric
        String unit = unitOfItsOwn || fields.has("Metric")
                ? fields.oneOf(Measurement.UNITS, unitOfItsOwn ? "Unit" : "Metric")
                : "";
        return new Measurement(
                fields.text("Id"),
                fields.textOrNull("Date"),
                fields.text("Hardware"),
                fields.integerOr("Devices", 1, 1),
                fields.text("Engine"),
                fields.textOrNull("Engine version"),
                fields.text("Model"),
                fields.text("Quantization"),
                fields.positiveOrNull("Bits per weight"),
                fields.positiveOrNull("Model file (GB)"),
                phase,
                unitOfItsOwn && fields.has("Metric") ? fields.choice(ServingMetric.class, "Metric") : null,
                promptTokens,
                outputTokens,
                fields.integerOrNull("Context tokens", 0),
                concurrency,
                fields.integerOrNull("Requests", 1),
                fields.positiveOrNull("Request rate (per s)"),
                fields.integerOr("Replicas", 1, 1),
                Measurement.inOurUnit(phase, unit, fields.positive("Value"), concurrency, promptTokens, outputTokens),
                fields.positiveOrNull("TTFT (ms)"),
                fields.oneOf(List.of("A", "B", "C"), "Trust"),
                fields.yesNo("Include"),
                fields.textOrNull("Why not included"),
                fields.yesNoOr("Graded", false),
                fields.text("Source"),
                row.number());
    }

    static Default defaultValue(TableRow row) {
        Fields fields = row.fields();
        String text = fields.text("Value");
        return new Default(
                fields.text("Name"),
                fields.text("Workload type"),
                text,
                number(text),
                fields.textOrNull("Unit"),
                fields.text("Because"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    private static @Nullable Double number(String text) {
        return Numbers.parse(text, null).orElse(null);
    }

    private static void rising(Fields fields, @Nullable Double low, @Nullable Double high, String highColumn) {
        if (low != null && high != null && low > high) {
            fields.reportWrong("out-of-range", highColumn, high, "must not be below the low end.");
        }
    }
}
