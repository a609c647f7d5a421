package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.request.Acquisition;

/**
 * A candidate with nothing left open: so many replicas of so many devices, run by an engine at a precision.
 *
 * @param group deployments of one group are variants of one candidate; the best of them stands for it
 * @param offer what is rented; null otherwise
 * @param priceUsd of one device, instead of the catalogue's
 * @param minReplicas at least so many replicas; the demand may ask for more
 * @param maxReplicas no more than that many exist; {@link Integer#MAX_VALUE} when more can be had
 */
public record Deployment(
        int group,
        Hardware hardware,
        int devices,
        int minReplicas,
        int maxReplicas,
        Acquisition acquisition,
        @Nullable Offer offer,
        Engine engine,
        Quantization quantization,
        @Nullable Double priceUsd) {

    /** The same deployment as a variant of another candidate, come by in another way. */
    Deployment acquired(int candidate, Acquisition way, @Nullable Offer rented) {
        return new Deployment(
                candidate, hardware, devices, minReplicas, maxReplicas, way, rented, engine, quantization, priceUsd);
    }

    /** The same deployment with exactly so many replicas. */
    public Deployment withReplicas(int replicas) {
        return new Deployment(
                group, hardware, devices, replicas, replicas, acquisition, offer, engine, quantization, priceUsd);
    }
}
