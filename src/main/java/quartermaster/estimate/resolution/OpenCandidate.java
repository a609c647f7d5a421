package quartermaster.estimate.resolution;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.request.Acquisition;

/** A candidate whose gaps are still open: empty lists stand for "whatever is best". */
record OpenCandidate(
        int group,
        Hardware hardware,
        @Nullable Integer devices,
        int minReplicas,
        int maxReplicas,
        List<Way> ways,
        List<Engine> engines,
        @Nullable Quantization quantization,
        @Nullable Double priceUsd) {
    /** One way to come by hardware. */
    record Way(Acquisition acquisition, @Nullable Offer offer, int maxDevices) {}

    /** Of the catalogue, with everything else left open. */
    static OpenCandidate offered(int group, Hardware hardware, List<Way> ways) {
        return new OpenCandidate(group, hardware, null, 1, Integer.MAX_VALUE, ways, List.of(), null, null);
    }
}
