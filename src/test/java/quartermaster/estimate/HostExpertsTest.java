package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.unit.Bytes;

/** Mixtures whose experts stay in the memory of the host, against what was measured. */
class HostExpertsTest {
    private static final Catalogue CATALOGUE = TestWorkspace.catalogue();
    private static final Estimator ESTIMATOR = new Estimator(CATALOGUE);
    private static final String ON_HOST = "llama.cpp-experts-on-host";
    private static final String KT = "ktransformers";

    /**
     * A published run.
     *
     * @param document where it stands
     * @param gbps nominal bandwidth of the host's memory
     * @param share of the experts that stayed there
     */
    private record Run(
            String document,
            String card,
            int cards,
            String engine,
            String model,
            String quantization,
            double gbps,
            int sockets,
            double share,
            double context,
            double tokensPerSecond) {}

    /** {@code offload.csv} where card, model, bandwidth and speed are known; a close card stands for an RTX 2080. */
    private static final List<Run> RUNS = List.of(
            run("minimax", "nvidia-rtx-4090", 1, KT, "minimax-m2", "fp8", 614, 2, 1, 2048, 21.8),
            run("minimax", "nvidia-rtx-4090", 1, KT, "minimax-m2", "fp8", 614, 2, 1, 8192, 20.9),
            run("minimax", "nvidia-rtx-4090", 1, KT, "minimax-m2", "fp8", 614, 2, 1, 32768, 18.5),
            run("minimax", "nvidia-rtx-4090", 2, KT, "minimax-m2", "fp8", 614, 2, 1, 2048, 23.6),
            run("minimax", "nvidia-rtx-4090", 2, KT, "minimax-m2", "fp8", 614, 2, 1, 8192, 23.3),
            run("minimax", "nvidia-rtx-4090", 2, KT, "minimax-m2", "fp8", 614, 2, 1, 32768, 21.6),
            run("minimax", "nvidia-rtx-5090", 1, KT, "minimax-m2", "fp8", 1075, 2, 1, 2048, 32.1),
            run("minimax", "nvidia-rtx-5090", 1, KT, "minimax-m2", "fp8", 1075, 2, 1, 8192, 31.4),
            run("minimax", "nvidia-rtx-5090", 1, KT, "minimax-m2", "fp8", 1075, 2, 1, 32768, 27.6),
            run("minimax", "nvidia-rtx-5090", 2, KT, "minimax-m2", "fp8", 1075, 2, 1, 2048, 35.9),
            run("minimax", "nvidia-rtx-5090", 2, KT, "minimax-m2", "fp8", 1075, 2, 1, 32768, 33.1),
            run("qwen", "nvidia-rtx-5090", 1, KT, "qwen3-next-80b-a3b", "fp8", 1075, 2, 1, 64, 75.9),
            run("qwen", "nvidia-rtx-5090", 1, KT, "qwen3-next-80b-a3b", "fp8", 1075, 2, 1, 2048, 75.6),
            run("qwen", "nvidia-rtx-5090", 1, KT, "qwen3-next-80b-a3b", "fp8", 1075, 2, 1, 8192, 69.1),
            run("qwen", "nvidia-rtx-5090", 1, KT, "qwen3-next-80b-a3b", "fp8", 1075, 2, 1, 32768, 51.7),
            run("deepseek", "nvidia-rtx-4090", 1, KT, "deepseek-v3", "q4_k_m", 614, 2, 1, 500, 12.208),
            run("deepseek", "nvidia-rtx-4090", 1, KT, "deepseek-v3", "q4_k_m", 614, 2, 1, 969, 13.5),
            run("deepseek", "nvidia-rtx-4090", 1, KT, "deepseek-v3", "q4_k_m", 614, 2, 1, 7678, 12.4),
            run("deepseek", "nvidia-rtx-4090", 1, KT, "deepseek-v3", "q4_k_m", 307, 1, 1, 500, 8.73),
            run("balance", "nvidia-rtx-4090", 1, KT, "deepseek-r1", "q4_k_m", 845, 1, 1, 500, 17),
            run("user", "nvidia-rtx-4090", 1, KT, "deepseek-r1", "q4_k_m", 461, 1, 1, 8192, 14),
            run("ik", "nvidia-rtx-4080-super", 1, ON_HOST, "gpt-oss-120b", "mxfp4", 205, 1, 1, 0, 24.96),
            run("ik", "nvidia-rtx-4080-super", 1, ON_HOST, "gpt-oss-120b", "mxfp4", 205, 1, 1, 28672, 23.79),
            run("2080", "nvidia-rtx-3060-12gb", 1, ON_HOST, "qwen3-30b-a3b", "q4_k_m", 102, 1, .75, 4096, 36.7),
            run("2080", "nvidia-rtx-3060-12gb", 1, ON_HOST, "gpt-oss-20b", "mxfp4", 102, 1, .5, 4096, 36.4));

    private static Run run(
            String document,
            String card,
            int cards,
            String engine,
            String model,
            String quantization,
            double gbps,
            int sockets,
            double share,
            double context,
            double tokensPerSecond) {
        return new Run(
                document, card, cards, engine, model, quantization, gbps, sockets, share, context, tokensPerSecond);
    }

    @Test
    void published_speeds_are_met_within_an_eighth_in_the_middle_and_a_third_at_the_ends() {
        double[] errors = RUNS.stream()
                .mapToDouble(run -> Math.abs(predicted(run, share(run)) / run.tokensPerSecond() - 1))
                .sorted()
                .toArray();
        assertThat(errors[errors.length / 2]).as(Arrays.toString(errors)).isLessThan(0.12);
        assertThat(errors[(int) (0.9 * errors.length)]).isLessThan(0.35);
    }

    @Test
    void a_share_taken_from_the_other_documents_is_off_by_a_tenth_in_the_middle() {
        double[] errors = RUNS.stream()
                .filter(run -> others(run).length > 0)
                .mapToDouble(run -> {
                    double[] others = others(run);
                    double share = Math.exp(
                            Arrays.stream(others).map(Math::log).average().orElseThrow());
                    return Math.abs(predicted(run, share) / run.tokensPerSecond() - 1);
                })
                .sorted()
                .toArray();
        assertThat(errors[errors.length / 2]).as(Arrays.toString(errors)).isLessThan(0.1);
    }

    /** Shares that the other documents on the same engine and sockets imply, each document once. */
    private static double[] others(Run run) {
        return RUNS.stream()
                .filter(each -> each.engine().equals(run.engine()) && each.sockets() == run.sockets())
                .map(Run::document)
                .filter(document -> !document.equals(run.document()))
                .distinct()
                .mapToDouble(document -> {
                    double[] shares = RUNS.stream()
                            .filter(each -> each.document().equals(document)
                                    && each.engine().equals(run.engine())
                                    && each.sockets() == run.sockets())
                            .mapToDouble(HostExpertsTest::implied)
                            .sorted()
                            .toArray();
                    return shares[shares.length / 2];
                })
                .toArray();
    }

    private static double implied(Run run) {
        double low = 0.01;
        double high = 2;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (predicted(run, middle) < run.tokensPerSecond()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double share(Run run) {
        Engine engine = Facts.engine(run.engine());
        return run.sockets() > 1 ? engine.hostReadShareOfSeveral() : engine.hostReadShare();
    }

    private static double predicted(Run run, double share) {
        Demand demand = Facts.demand(Facts.model(run.model()), 512, 128, 1);
        Deployment deployment = Facts.deployment(run.card(), run.cards(), run.engine(), run.quantization());
        return 1
                / ESTIMATOR
                        .pace(demand, deployment)
                        .with(new ReplicaSpeed.HostExperts(
                                Bytes.ZERO,
                                run.share(),
                                share * run.gbps(),
                                20,
                                CATALOGUE.number("hostLayerMicroseconds")))
                        .step(1, Math.max(1, run.context()))
                        .seconds();
    }

    @Test
    void what_a_card_has_no_room_for_stays_in_the_memory_of_the_host() {
        Estimate estimate = estimate("gpt-oss-120b", "nvidia-rtx-4090", ON_HOST, "mxfp4");
        assertThat(estimate.memory().fit()).isEqualTo(Fit.YES);
        // 58.8 GiB of weights, less what fills nine tenths of 22.4 GiB
        assertThat(estimate.expertsOnHost().gib()).isBetween(36.0, 46.0);
        assertThat(estimate.evidence().widenedBy()).contains("experts in host memory");
        assertThat(estimate.evidence().evidenceClass()).isEqualTo(EvidenceClass.FAMILY);
        assertThat(estimate.arithmetic()).anyMatch(line -> line.startsWith("host memory: "));
    }

    @Test
    void a_mixture_that_fits_runs_as_on_the_card_alone() {
        Estimate there = estimate("qwen3-30b-a3b", "nvidia-rtx-5090", ON_HOST, "q4_k_m");
        assertThat(there.expertsOnHost()).isEqualTo(Bytes.ZERO);
        assertThat(there.decodeSpeed().typical())
                .isEqualTo(estimate("qwen3-30b-a3b", "nvidia-rtx-5090", "llama.cpp", "q4_k_m")
                        .decodeSpeed()
                        .typical());
    }

    @Test
    void a_dense_model_does_not_fit_for_it_nor_what_the_host_has_no_room_for() {
        assertThat(estimate("llama-3.1-70b", "nvidia-rtx-4090", ON_HOST, "q4_k_m")
                        .memory()
                        .fit())
                .isEqualTo(Fit.NO);
        assertThat(estimate("deepseek-v3", "nvidia-rtx-4090", ON_HOST, "q4_k_m")
                        .memory()
                        .fit())
                .isEqualTo(Fit.NO); // 404 GB, and a workstation has 64
    }

    /** 2,048 tokens of MiniMax M2 take 5.0 s on an RTX 5090, 15.9 s on an RTX 4090: the experts are copied once. */
    @Test
    void a_prompt_waits_until_the_experts_are_copied() {
        assertThat(promptSeconds("nvidia-rtx-5090", 64)).isBetween(4.0, 7.0);
        assertThat(promptSeconds("nvidia-rtx-4090", 32)).isBetween(10.0, 18.0);
    }

    private static double promptSeconds(String card, double slotGBps) {
        Demand demand = Facts.demand(Facts.model("minimax-m2"), 2048, 128, 1);
        return ESTIMATOR
                .pace(demand, Facts.deployment(card, 1, KT, "fp8"))
                .with(new ReplicaSpeed.HostExperts(
                        Bytes.ZERO, 1, 300, CATALOGUE.number("hostCopyShare") * slotGBps, 80))
                .prefillSeconds(2048);
    }

    private static Estimate estimate(String model, String card, String engine, String quantization) {
        return Facts.assess(
                        Facts.demand(Facts.model(model), 1000, 400, 1), Facts.deployment(card, 1, engine, quantization))
                .estimate();
    }
}
