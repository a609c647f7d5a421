package quartermaster.request;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Records;

/**
 * A configuration to judge. What is null is chosen for the best score.
 *
 * @param devices of one replica
 * @param priceUsd of one device, instead of the catalogue's; of what is owned, its book value
 * @param pricePerHourUsd of one device that is rented, instead of an offer's
 */
public record Candidate(
        String hardware,
        @Nullable Integer devices,
        @Nullable Integer replicas,
        @Nullable Acquisition acquisition,
        @Nullable String offer,
        @Nullable String engine,
        @Nullable String quantization,
        @Nullable Double priceUsd,
        @Nullable Double pricePerHourUsd) {
    /** A machine of which everything else is left open. */
    public static Candidate of(String hardware) {
        return Records.of(Candidate.class, component -> component.getName().equals("hardware") ? hardware : null);
    }

    /** The same candidate with another value of a component. */
    public Candidate with(String component, @Nullable Object value) {
        return Records.with(this, component, value);
    }
}
