package quartermaster.decision;

import quartermaster.unit.Choice;

/** Deployments in a few words. */
public final class DeploymentWords {
    private DeploymentWords() {}

    /** Replicas × devices, e.g. "2 × 3× NVIDIA H100 SXM 80GB"; what is one alone is not counted. */
    public static String machines(Assessment it) {
        String name = it.hardware().name();
        if (it.replicas() > 1) {
            return it.replicas() + " × " + it.devices() + "× " + name;
        }
        return it.devices() > 1 ? it.devices() + "× " + name : name;
    }

    /** E.g. "rent 2 × 3× NVIDIA H100 SXM 80GB". */
    public static String how(Assessment it) {
        if (it.isHosted()) {
            return "use " + machines(it);
        }
        return it.isOwned() ? "use owned " + machines(it) : Choice.id(it.acquisition()) + " " + machines(it);
    }
}
