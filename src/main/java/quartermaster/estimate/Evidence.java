package quartermaster.estimate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.EvidenceClass;

/**
 * What an estimate rests on.
 *
 * @param measurements rows behind the constants
 * @param errorPercent of those rows; null where nothing was fitted
 * @param basis rows of the catalogue that were used, e.g. {@code Efficiency!A14}
 * @param widenedBy reasons why the range is wider than the evidence alone would make it
 */
public record Evidence(
        EvidenceClass evidenceClass,
        int measurements,
        @Nullable Double errorPercent,
        String asOf,
        List<String> basis,
        List<String> widenedBy) {
    public Evidence {
        basis = List.copyOf(basis);
        widenedBy = List.copyOf(widenedBy);
    }
}
