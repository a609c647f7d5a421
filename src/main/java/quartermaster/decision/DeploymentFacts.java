package quartermaster.decision;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quality;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Deployment;
import quartermaster.request.Acquisition;

/** Of what rules judge: what runs on what, and how it is come by. */
public interface DeploymentFacts extends WorkFacts {
    default Deployment deployment() {
        return assessed().deployment();
    }

    default Model model() {
        return demand().model();
    }

    default Hardware hardware() {
        return deployment().hardware();
    }

    default Engine engine() {
        return deployment().engine();
    }

    default String engineId() {
        return engine().id();
    }

    default Quantization quantization() {
        return deployment().quantization();
    }

    default @Nullable Quality quality() {
        return quantization().quality();
    }

    default int devices() {
        return deployment().devices();
    }

    default int replicas() {
        return assessed().replicas();
    }

    /** No more replicas can be had: so many are owned, or so many were asked for. */
    default boolean replicasAreFixed() {
        return deployment().maxReplicas() <= replicas();
    }

    /** Machines of their own that one replica spans: more than one only where devices are whole machines or nodes. */
    default int machinesPerReplica() {
        int perNode = Math.max(1, hardware().maxDevicesPerNode());
        return (devices() + perNode - 1) / perNode;
    }

    /** Every device works on every layer, as the estimate has it; else each has layers of its own and works in its turn. */
    default boolean sharesLayers() {
        return engine().multiDevice().sharesLayers() && !assessed().estimate().layersInTurn();
    }

    default Acquisition acquisition() {
        return deployment().acquisition();
    }

    default boolean isBought() {
        return acquisition() == Acquisition.BUY;
    }

    default boolean isRented() {
        return acquisition() == Acquisition.RENT;
    }

    default boolean isOwned() {
        return acquisition() == Acquisition.OWNED;
    }

    /** Somebody else serves the model, paid by the token. */
    default boolean isHosted() {
        return deployment().api() != null;
    }

    /** Tokens that a hosted API takes in one request; null where nobody says, or it is none. */
    default @Nullable Integer hostedContext() {
        return deployment().api() == null ? null : deployment().api().contextTokens();
    }

    default boolean isOffered() {
        return deployment().offer() != null;
    }

    default boolean isSpot() {
        return deployment().offer() != null && deployment().offer().isSpot();
    }

    default @Nullable String offerTier() {
        return deployment().offer() == null ? null : deployment().offer().tier();
    }

    default @Nullable String offerRegion() {
        return deployment().offer() == null ? null : deployment().offer().region();
    }

    default boolean batchesContinuously() {
        return engine().batchesContinuously();
    }

    default boolean isProductionServer() {
        return engine().productionServer();
    }

    default boolean engineRunsHere() {
        return engine().runsOn(hardware());
    }

    default boolean precisionLoadsHere() {
        return engine().loads(quantization())
                && (demand().training() == null || demand().training().trainsOn(quantization()))
                && quantization().loadsOn(hardware())
                && quantization().existsFor(model());
    }
}
