package quartermaster.estimate.resolution;

import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.quality.Grade;
import quartermaster.request.DecisionRequest;

/**
 * What the catalogue offers for a model in one way to come by it, before anything is estimated.
 *
 * @param request with its gaps filled
 * @param grade of the model; null where no models are compared
 * @param deployment of one replica on one device; its engine and precision only stand in for any
 * @param leastDevices of a replica that may hold the weights
 */
public record Prospect(
        DecisionRequest request, Demand demand, @Nullable Grade grade, Deployment deployment, int leastDevices) {}
