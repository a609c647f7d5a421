package quartermaster.decision;

import java.util.Locale;
import quartermaster.estimate.Demand;
import quartermaster.unit.Choice;
import quartermaster.unit.Numbers;

/** Deployments in a few words. */
public final class DeploymentWords {
    private DeploymentWords() {}

    /**
     * As many as there are in all, e.g. "6× NVIDIA H100 SXM 80GB (2 replicas of 3)", "2× NVIDIA H100 SXM 80GB (2
     * replicas)" of one each; what is one alone is not counted.
     */
    public static String machines(Assessment it) {
        return machines(it.hardware().name(), it.replicas(), it.devices());
    }

    /** The same of any hardware. */
    public static String machines(String name, int replicas, int devices) {
        int all = replicas * devices;
        String each = devices > 1 ? " of " + Numbers.grouped(devices, 0) : "";
        return (all > 1 ? Numbers.grouped(all, 0) + "× " : "")
                + name
                + (replicas > 1 ? " (" + Numbers.grouped(replicas, 0) + " replicas" + each + ")" : "");
    }

    /** What it is run with, e.g. " with vLLM at FP8"; nothing of a hosted API, whose affair that is. */
    public static String means(Assessment it) {
        return it.isHosted() ? "" : " with " + engine(it) + " at " + precision(it);
    }

    /** The same in short, e.g. "vLLM, FP8", "MLX, 4-bit". */
    public static String software(Assessment it) {
        return it.isHosted() ? "by the token" : engine(it) + ", " + precision(it);
    }

    /** Without where most of the model lies, which stands beside the hardware. */
    private static String engine(Assessment it) {
        String name = it.engine().name();
        return it.expertsOnHostGiB() > 0 ? name.replaceFirst(", .*", "") : name;
    }

    /** Without the engine's own name: MLX runs at "4-bit", not at "MLX 4-bit". */
    private static String precision(Assessment it) {
        String name = it.quantization().name();
        String maker = it.engine().name() + " ";
        return name.startsWith(maker) ? name.substring(maker.length()) : name;
    }

    /**
     * E.g. "rent 6× NVIDIA H100 SXM 80GB (2 replicas of 3)"; where several models are compared, with what it is for, and where most of
     * the model lies, when it is not there.
     */
    public static String how(Assessment it) {
        String model = it.comparesModels() ? " for " + it.model().name() : "";
        if (it.isHosted()) {
            return "use " + machines(it) + model;
        }
        String experts = it.expertsOnHostGiB() > 0 ? " (experts in the host's memory)" : "";
        return (it.isOwned() ? "use owned " : Choice.id(it.acquisition()) + " ") + machines(it) + model + experts;
    }

    /**
     * What is in flight and who carries it, e.g. "78 sessions are about 5 requests at the same time; 1 replica carries
     * them, 1 more may fail". Empty of work that is no service, and where one machine serves what was said.
     */
    public static String load(Assessment it) {
        boolean plain = it.demand().traffic().inFlightIsStated() && it.replicas() == 1;
        if (it.isHosted() || it.isTraining() || it.isJob() || plain) {
            return "";
        }
        StringBuilder words = new StringBuilder(coming(it)).append("; ");
        words.append(counted(it.replicasForLoad(), "replica"))
                .append(it.replicasForLoad() == 1 ? " carries them" : " carry them");
        if (it.spareReplicas() > 0) {
            words.append(String.format(Locale.ROOT, ", %,d more may fail", it.spareReplicas()));
        }
        if (it.scalesWithLoad()) {
            words.append(String.format(
                    Locale.ROOT, ", %,d run in the %.0f quiet hours", it.replicasAtNight(), it.nightHours()));
        }
        return words.toString();
    }

    private static String coming(Assessment it) {
        Demand.Traffic traffic = it.demand().traffic();
        String flight = counted(it.concurrency(), "request") + " at the same time";
        if (traffic.inFlightIsStated()) {
            return flight;
        }
        Double each = traffic.sessions() == null ? traffic.arrivalsPerSecond() : traffic.sessions();
        String what = traffic.sessions() == null ? "requests a second at the peak" : "sessions";
        return each == null
                ? flight
                : String.format(
                        Locale.ROOT,
                        "%s %s are about %s",
                        each >= 10
                                ? String.format(Locale.ROOT, "%,.0f", each)
                                : Numbers.plain(Math.round(each * 100) / 100.0),
                        what,
                        flight);
    }

    private static String counted(int many, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", many, what, many == 1 ? "" : "s");
    }
}
