package quartermaster.workbook.upload;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import quartermaster.workbook.read.Heading;

/** A column of the sheet {@code Candidates}. In the order of the template. */
public enum CandidateColumn {
    HARDWARE("Hardware", "hardware", "Machine", "System", "GPU"),
    DEVICES("Devices", "devices", "Number of devices", "Device count", "GPUs", "Quantity", "Qty"),
    REPLICAS("Replicas", "replicas", "Number of replicas"),
    ACQUISITION("Acquisition", "acquisition", "Buy or rent"),
    OFFER("Offer", "offer", "Rental offer"),
    ENGINE("Engine", "engine", "Inference engine", "Runtime"),
    QUANTIZATION("Quantization", "quantization", "Quantisation", "Precision"),
    WORKLOAD("Workload", "workload", "Workloads"),
    PRICE("Price (USD)", "priceUsd", "Price per device", "Unit price");

    /** No column of the template: some people write it beside the name. What it is called, GB or GiB, is the same. */
    static final Heading MEMORY = new Heading(
            "Memory",
            false,
            List.of("Memory GB", "Memory GiB", "VRAM", "VRAM GB", "RAM", "RAM GB", "Unified memory", "GPU memory"));

    private final String header;
    private final String field;

    @SuppressWarnings("ImmutableEnumChecker") // List.of does not change
    private final List<String> synonyms;

    CandidateColumn(String header, String field, String... synonyms) {
        this.header = header;
        this.field = field;
        this.synonyms = List.of(synonyms);
    }

    /** As the template writes it, with its unit. */
    public String header() {
        return header;
    }

    /** The field of a candidate in JSON; {@code workload} is in the workbook only. */
    public String field() {
        return field;
    }

    public static List<Heading> headings() {
        return Stream.concat(
                        Arrays.stream(values())
                                .map(column -> new Heading(column.header, column == HARDWARE, column.synonyms)),
                        Stream.of(MEMORY))
                .toList();
    }
}
