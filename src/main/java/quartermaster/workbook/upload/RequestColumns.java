package quartermaster.workbook.upload;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import quartermaster.catalogue.LooseNames.MemoryOf;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.workbook.read.Heading;

/** The columns of the sheets {@code Workload} and {@code Candidates}: fields of a request in words. */
public final class RequestColumns {
    /** What every workload says. */
    public static final String TYPE = RequestFields.get("workload.type").header();

    /** What every candidate says. */
    public static final String HARDWARE = RequestFields.ofCandidate("hardware").header();

    /** No columns of the template: some people write memory beside the name. GB or GiB is the same there. */
    static final Map<MemoryOf, Heading> MEMORY = memory();

    private static final List<Heading> OF_WORKLOADS =
            RequestFields.ofWorkloads().stream().map(RequestColumns::heading).toList();
    private static final List<Heading> OF_CANDIDATES = Stream.concat(
                    RequestFields.OF_CANDIDATES.stream().map(RequestColumns::heading), MEMORY.values().stream())
            .toList();

    private RequestColumns() {}

    static List<Heading> ofWorkloads() {
        return OF_WORKLOADS;
    }

    public static List<Heading> ofCandidates() {
        return OF_CANDIDATES;
    }

    private static Map<MemoryOf, Heading> memory() {
        Map<MemoryOf, Heading> memory = new EnumMap<>(MemoryOf.class);
        memory.put(
                MemoryOf.CARD,
                new Heading(
                        "VRAM",
                        false,
                        List.of(
                                "VRAM GB",
                                "VRAM GiB",
                                "GPU memory",
                                "GPU memory GB",
                                "GPU RAM",
                                "Unified memory",
                                "VRAM total memory",
                                "GPU memory total",
                                "Video memory",
                                "Graphics memory",
                                "Memory per GPU",
                                "Memory per device")));
        memory.put(
                MemoryOf.HOST,
                new Heading(
                        "RAM",
                        false,
                        List.of(
                                "RAM GB",
                                "RAM GiB",
                                "System memory",
                                "System RAM",
                                "Host memory",
                                "Host RAM",
                                "Total RAM",
                                "Installed RAM",
                                "RAM capacity",
                                "RAM size",
                                "Physical memory",
                                "Total physical memory",
                                "Arbeitsspeicher")));
        memory.put(
                MemoryOf.EITHER,
                new Heading(
                        "Memory",
                        false,
                        List.of("Memory GB", "Memory GiB", "memory.total", "Total memory", "Memory size", "Speicher")));
        return memory;
    }

    private static Heading heading(RequestField field) {
        return new Heading(
                field.header(), field.required(), field.requireColumn().synonyms());
    }
}
