package quartermaster.estimate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Offer;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Problem;

/** Models that generate no text, regions, and small machines that are linked. */
class BesideTheModelTest {
    private static final Resolver RESOLVER =
            new Resolver(TestWorkspace.catalogue(), new Estimator(TestWorkspace.catalogue()));
    private static final String CARD =
            "{\"hardware\": \"nvidia-l40s\", \"acquisition\": \"buy\", \"engine\": \"vllm\", \"quantization\": \"fp8\"}";

    @Test
    void companions_take_their_memory_from_the_requests() throws Exception {
        EstimatedDeployment alone =
                assessed("\"model\": \"llama-3.1-8b\"", CARD).get(0);
        EstimatedDeployment beside = assessed(
                        "\"model\": \"llama-3.1-8b\", \"companions\": [\"BAAI/bge-m3\", \"whisper-large-v3-turbo\"]",
                        CARD)
                .get(0);
        MemoryLedger memory = beside.estimate().memory();
        // 1,136 and 1,618 MB of weights, and 1 GiB for each process
        assertThat(memory.companions().gib()).isCloseTo((1.136e9 + 1.618e9) / (1L << 30) + 2, within(0.01));
        assertThat(memory.required().gib())
                .isCloseTo(
                        alone.estimate().memory().required().gib()
                                + memory.companions().gib(),
                        within(0.01));
        assertThat(memory.usable()).isEqualTo(alone.estimate().memory().usable());
        assertThat(memory.maxSequences()).isLessThan(alone.estimate().memory().maxSequences());
        assertThat(beside.estimate().decodeSpeed().typical())
                .isEqualTo(alone.estimate().decodeSpeed().typical());
    }

    @Test
    void what_was_measured_elsewhere_is_not_carried_over() throws Exception {
        String line = assessed(
                        "\"model\": \"llama-3.1-8b\", \"companions\": [\"bge-m3\", \"whisper-large-v3-turbo\"]", CARD)
                .get(0)
                .estimate()
                .arithmetic()
                .get(0);
        assertThat(line)
                .contains("bge-m3 1.06 GiB and 1.00 GiB for its process (throughput not estimated)")
                .contains("(118.18 to 518.06 x real time measured with nothing beside it)")
                .endsWith("= 4.56 GiB");
    }

    @Test
    void what_generates_no_text_is_called_so() throws Exception {
        assertThat(problems("\"model\": \"BGE M3\"")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("model-generates-no-text");
            assertThat(problem.message()).contains("bge-m3 (embedding) generates no text");
        });
        assertThat(problems("\"model\": \"llama-3.1-8b\", \"companions\": [\"bge-m3\", \"qwen3-8b\"]"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.at()).hasToString("/workload/companions/1");
                    assertThat(problem.message()).contains("generates text");
                });
    }

    @Test
    void of_a_model_that_nobody_knows_is_said_how_it_gets_in() throws Exception {
        assertThat(problems("\"model\": \"colossus-9000\"")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("unknown-model");
            assertThat(problem.message()).contains("import-model", "config.json", "GGUF");
        });
    }

    @Test
    void machines_are_linked_where_one_does_not_serve() throws Exception {
        String spark = "{\"hardware\": \"nvidia-dgx-spark-gb10-128gb\", \"acquisition\": \"buy\"}";
        String fourBits = spark.replace("}", ", \"quantization\": \"awq\"}");
        assertThat(devices("qwen3-235b-a22b", fourBits)).containsOnly(2);
        assertThat(devices("qwen3-235b-a22b", spark)).containsOnly(1); // at 3 bits
        assertThat(devices("gpt-oss-120b", spark)).containsOnly(1);
        assertThat(devices("llama-3.1-70b", spark)).containsOnly(1); // at 16 bits it is too much for one
        String mac = "{\"hardware\": \"mac-studio-m5-ultra-80c-gpu-256gb\", \"acquisition\": \"buy\"}";
        assertThat(devices("glm-5.2", mac)).containsOnly(4);
        String strixHalo = "{\"hardware\": \"framework-desktop-ryzen-ai-maxplus-395-128gb\", \"acquisition\": \"buy\"}";
        assertThat(devices("qwen3-235b-a22b", strixHalo)).containsOnly(1); // nobody measured its link
    }

    @Test
    void regions_hold_smaller_ones() {
        assertThat(offered("us-east-1", "US")).isEqualTo(Offer.Within.YES);
        assertThat(offered("US", "us-east-1")).isEqualTo(Offer.Within.UNKNOWN);
        assertThat(offered("us-east-1", "EU")).isEqualTo(Offer.Within.ELSEWHERE);
        assertThat(offered("EU/CA/US", "Europe")).isEqualTo(Offer.Within.YES);
        assertThat(offered("europe-west4", "eu")).isEqualTo(Offer.Within.YES);
        Offer nowhere = requireNonNull(TestWorkspace.catalogue()
                .findOffer("runpod-h100-sxm-on-demand-neocloud")
                .orElse(null));
        assertThat(nowhere.within("EU")).isEqualTo(Offer.Within.UNKNOWN);
    }

    private static Offer.Within offered(String offered, String wanted) {
        return new Offer("an-offer", false, "any", "any", "neocloud", offered, null, 1, "on-demand", 1, "", "", 2)
                .within(wanted);
    }

    private static List<Integer> devices(String model, String candidate) throws Exception {
        return assessed("\"model\": \"" + model + "\"", candidate).stream()
                .map(each -> each.deployment().devices())
                .distinct()
                .toList();
    }

    private static List<EstimatedDeployment> assessed(String workload, String candidate) throws Exception {
        return requireNonNull(RESOLVER.resolve(request(workload, candidate)).value())
                .assessed();
    }

    private static List<Problem> problems(String workload) throws Exception {
        return RESOLVER.problems(request(workload, CARD));
    }

    private static DecisionRequest request(String workload, String candidate) throws Exception {
        String json = "{\"workload\": {\"type\": \"internal-tool\", \"concurrency\": 1, " + workload
                + "}, \"candidates\": [" + candidate + "], \"asOf\": \"2026-11-22\"}";
        return requireNonNull(
                RequestReader.read(json, TestWorkspace.TODAY).requests().get(0).value());
    }
}
