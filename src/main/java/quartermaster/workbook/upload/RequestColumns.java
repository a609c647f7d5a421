package quartermaster.workbook.upload;

import java.util.List;
import java.util.stream.Stream;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.workbook.read.Heading;

/** The columns of the sheets {@code Workload} and {@code Candidates}: fields of a request in words. */
public final class RequestColumns {
    /** What every workload says. */
    public static final String TYPE = RequestFields.get("workload.type").header();

    /** What every candidate says. */
    public static final String HARDWARE = RequestFields.ofCandidate("hardware").header();

    /** No column of the template: some people write it beside the name. What it is called, GB or GiB, is the same. */
    static final Heading MEMORY = new Heading(
            "Memory",
            false,
            List.of("Memory GB", "Memory GiB", "VRAM", "VRAM GB", "RAM", "RAM GB", "Unified memory", "GPU memory"));

    private RequestColumns() {}

    static List<Heading> ofWorkloads() {
        return RequestFields.ofWorkloads().stream().map(RequestColumns::heading).toList();
    }

    public static List<Heading> ofCandidates() {
        return Stream.concat(RequestFields.OF_CANDIDATES.stream().map(RequestColumns::heading), Stream.of(MEMORY))
                .toList();
    }

    private static Heading heading(RequestField field) {
        return new Heading(
                field.header(), field.required(), field.requireColumn().synonyms());
    }
}
