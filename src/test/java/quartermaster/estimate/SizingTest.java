package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.LooseNames;
import quartermaster.estimate.resolution.Candidates;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** How many machines a need takes, over requests drawn at random. */
class SizingTest {
    private static final Catalogue CATALOGUE = TestWorkspace.catalogue();
    private static final Candidates CANDIDATES =
            new Candidates(CATALOGUE, new LooseNames(CATALOGUE), new Estimator(CATALOGUE));
    private static final List<String> HARDWARE = List.of(
            "nvidia-l40s",
            "nvidia-h100-sxm-80gb",
            "nvidia-b200-180gb",
            "nvidia-rtx-5090",
            "mac-studio-m3-ultra-80c-gpu-256gb");
    private static final List<String> MODELS = List.of("llama-3.1-8b", "qwen3-32b", "llama-3.1-70b", "gpt-oss-120b");

    private record Need(String hardware, Demand demand) {
        Need with(String field, Object value) {
            return new Need(hardware, Records.with(demand, field, value));
        }
    }

    static List<Need> needs() {
        Random random = new Random(17);
        return IntStream.range(0, 60)
                .mapToObj(i -> {
                    String model = MODELS.get(random.nextInt(MODELS.size()));
                    Demand demand = Facts.demand(
                            Facts.model(model),
                            200 + random.nextInt(8000),
                            50 + random.nextInt(800),
                            1 + (int) Math.pow(10, 3 * random.nextDouble()));
                    Demand stated = Records.with(
                            demand, "minDecodeSpeed", random.nextBoolean() ? null : 5.0 + random.nextInt(40));
                    return new Need(HARDWARE.get(random.nextInt(HARDWARE.size())), stated);
                })
                .toList();
    }

    private static List<EstimatedDeployment> sized(Need need) {
        DecisionRequest request = new DecisionRequest(
                Workload.of(WorkloadType.PRODUCTION),
                Budget.UNSAID,
                null,
                Constraints.NONE,
                List.of(Candidate.of(need.hardware()).with("acquisition", Acquisition.BUY)),
                TestWorkspace.TODAY,
                Explain.NONE,
                20);
        return CANDIDATES.of(request, need.demand()).assessed();
    }

    /** The cheapest that fits and serves, or infinite where nothing does. */
    private static double cheapest(Need need) {
        Double least = need.demand().minDecodeSpeed();
        return sized(need).stream()
                .filter(each -> each.estimate().memory().fit() != Fit.NO)
                .filter(each -> least == null || each.estimate().decodeSpeed().typical() >= least)
                .mapToDouble(each -> each.cost().monthlyUsd())
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @MethodSource("needs")
    void there_are_never_more_replicas_than_requests(Need need) {
        assertThat(sized(need))
                .allMatch(each -> each.replicas() <= Math.max(1, need.demand().concurrency()));
    }

    @ParameterizedTest
    @MethodSource("needs")
    void more_requests_never_cost_less(Need need) {
        double more = cheapest(need.with("concurrency", 2 * need.demand().concurrency()));

        assertThat(more).isGreaterThanOrEqualTo(cheapest(need) * 0.999);
    }

    @ParameterizedTest
    @MethodSource("needs")
    void more_speed_never_costs_less(Need need) {
        Double stated = need.demand().minDecodeSpeed();
        if (stated != null) {
            double more = cheapest(need.with("minDecodeSpeed", 1.5 * stated));

            assertThat(more).isGreaterThanOrEqualTo(cheapest(need) * 0.999);
        }
    }
}
