package quartermaster.decision.cases;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Hardware;
import quartermaster.decision.Assessment;
import quartermaster.estimate.Deployment;
import quartermaster.request.Acquisition;
import quartermaster.unit.Ids;

/**
 * Which candidates a case speaks of, e.g. {@code nvidia-h100-* x 2 rent vllm fp8}. What is null may be anything.
 *
 * @param text as written
 * @param hardware an id, in which {@code *} stands for any letters, or a family of hardware
 */
public record CandidatePattern(
        String text,
        String hardware,
        @Nullable Integer devices,
        @Nullable Integer replicas,
        @Nullable Acquisition acquisition,
        @Nullable String offer,
        @Nullable String engine,
        @Nullable String quantization) {

    /** Whether the pattern may mean any of these. */
    public static boolean coversAny(String pattern, Collection<Hardware> hardware) {
        String wanted = Ids.normalise(pattern);
        return hardware.stream().anyMatch(each -> covers(wanted, each));
    }

    private static boolean covers(String wanted, Hardware hardware) {
        return covers(wanted, Ids.normalise(hardware.id())) || wanted.equals(Ids.normalise(hardware.family()));
    }

    /** Each part between stars is taken where it is found first, the last one at the end. */
    private static boolean covers(String pattern, String id) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return id.equals(pattern);
        }
        int last = pattern.lastIndexOf('*');
        int from = star;
        if (!id.startsWith(pattern.substring(0, star))) {
            return false;
        }
        while (star < last) {
            int next = pattern.indexOf('*', star + 1);
            String part = pattern.substring(star + 1, next);
            int found = id.indexOf(part, from);
            if (found < 0) {
                return false;
            }
            from = found + part.length();
            star = next;
        }
        String end = pattern.substring(last + 1);
        return id.length() - end.length() >= from && id.endsWith(end);
    }

    public boolean matches(Assessment assessment) {
        Deployment it = assessment.deployment();
        return covers(Ids.normalise(hardware), it.hardware())
                && (devices == null || devices == it.devices())
                && (replicas == null || replicas == assessment.replicas())
                && (acquisition == null || acquisition == it.acquisition())
                && (offer == null
                        || it.offer() != null && offer.equals(it.offer().id()))
                && (engine == null || engine.equals(it.engine().id()))
                && (quantization == null
                        || quantization.equals(it.quantization().id()));
    }

    @Override
    public String toString() {
        return text;
    }
}
