package quartermaster.request;

import org.jspecify.annotations.Nullable;

/**
 * A configuration to judge. What is null is chosen for the best score.
 *
 * @param devices of one replica
 * @param priceUsd of one device, instead of the catalogue's
 */
public record Candidate(
        String hardware,
        @Nullable Integer devices,
        @Nullable Integer replicas,
        @Nullable Acquisition acquisition,
        @Nullable String offer,
        @Nullable String engine,
        @Nullable String quantization,
        @Nullable Double priceUsd) {}
