package quartermaster.estimate;

/** A deployment with the replicas that the demand needs, and what follows for it. */
public record EstimatedDeployment(Deployment deployment, int replicas, Estimate estimate, Cost cost) {}
