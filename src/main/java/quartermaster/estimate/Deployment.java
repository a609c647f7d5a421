package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.request.Acquisition;

/**
 * A candidate with nothing left open: so many replicas of so many devices, run by an engine at a precision.
 *
 * @param group deployments of one group are variants of one candidate; the best of them stands for it
 * @param offer what is rented; null otherwise
 * @param priceUsd of one device, instead of the catalogue's
 * @param api null unless {@code acquisition} is {@link Acquisition#API}
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
        @Nullable Double priceUsd,
        @Nullable HostedApi api) {

    /** What somebody else serves: hardware, engine and precision only stand in for what nobody knows. */
    static Deployment hosted(int group, HostedApi api, Hardware machines) {
        return new Deployment(
                group, machines, 1, 1, 1, Acquisition.API, null, api.engine(), api.precision(), null, api);
    }

    /** The same deployment as a variant of another candidate, come by in another way. */
    public Deployment acquired(int candidate, Acquisition way, @Nullable Offer rented) {
        return new Deployment(
                candidate,
                hardware,
                devices,
                minReplicas,
                maxReplicas,
                way,
                rented,
                engine,
                quantization,
                priceUsd,
                api);
    }

    /** The same deployment with replicas of so many devices. */
    Deployment withDevices(int ofEach) {
        return new Deployment(
                group,
                hardware,
                ofEach,
                minReplicas,
                maxReplicas,
                acquisition,
                offer,
                engine,
                quantization,
                priceUsd,
                api);
    }

    /** The same deployment with exactly so many replicas. */
    public Deployment withReplicas(int replicas) {
        return new Deployment(
                group, hardware, devices, replicas, replicas, acquisition, offer, engine, quantization, priceUsd, api);
    }
}
