package quartermaster.decision.cases;

import java.util.regex.Pattern;
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

    public static boolean covers(String pattern, Hardware hardware) {
        String regex = Pattern.quote(Ids.normalise(pattern)).replace("*", "\\E.*\\Q");
        return Ids.normalise(hardware.id()).matches(regex)
                || Ids.normalise(pattern).equals(Ids.normalise(hardware.family()));
    }

    public boolean matches(Assessment assessment) {
        Deployment it = assessment.deployment();
        return covers(hardware, it.hardware())
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
