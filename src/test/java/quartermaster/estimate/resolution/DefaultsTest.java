package quartermaster.estimate.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.estimate.Estimator;
import quartermaster.json.RequestReader;
import quartermaster.request.Workload;
import quartermaster.unit.Problem;

class DefaultsTest {
    private final Resolver resolver = new Resolver(TestWorkspace.catalogue(), new Estimator(TestWorkspace.catalogue()));

    @ParameterizedTest
    @CsvSource({"chat, 512, 256", "code, 1024, 1024", "retrieval, 4096, 512", "long-documents, 10240, 1536"})
    void a_use_says_how_long_prompts_and_answers_are(String use, int input, int output) throws Exception {
        Resolution resolution = resolve("{\"workload\": {\"type\": \"production\", \"use\": \"" + use + "\"}}");
        Workload workload = resolution.request().workload();
        assertThat(workload.inputTokens()).isEqualTo(input);
        assertThat(workload.outputTokens()).isEqualTo(output);
        assertThat(resolution.assumptions())
                .extracting(Assumption::field)
                .contains("workload.inputTokens", "workload.outputTokens");
    }

    @Test
    void what_is_said_counts_more_than_the_use() throws Exception {
        Resolution resolution =
                resolve("{\"workload\": {\"type\": \"batch\", \"use\": \"retrieval\", \"inputTokens\": 900}}");
        assertThat(resolution.request().workload().inputTokens()).isEqualTo(900);
        assertThat(resolution.request().workload().outputTokens()).isEqualTo(512);
    }

    @ParameterizedTest
    @CsvSource({
        "Llama 3.1 8B, llama-3.1-8b",
        "Qwen3 Next, qwen3-next-80b-a3b",
    })
    void what_a_model_was_taken_for_is_said(String written, String id) throws Exception {
        Resolution resolution = resolve("{\"workload\": {\"type\": \"batch\", \"model\": \"" + written + "\"}}");
        assertThat(resolution.demand().model().id()).isEqualTo(id);
        assertThat(resolution.assumptions())
                .contains(new Assumption("workload.model", id, "taken for \"" + written + "\""));
    }

    @Test
    void what_hardware_was_taken_for_is_said() throws Exception {
        Resolution resolution = resolve("{\"workload\": {\"type\": \"batch\"},"
                + "\"candidates\": [{\"hardware\": \"Ironwood by Google\"}, {\"hardware\": \"Google Ironwood\"}]}");
        assertThat(resolution.problems()).extracting(Problem::code).containsExactly("unknown-hardware");
        assertThat(resolution.assumptions())
                .contains(new Assumption(
                        "candidates[1].hardware", "google-tpu-v7x-ironwood", "taken for \"Google Ironwood\""));
    }

    @Test
    void an_id_is_taken_for_nothing() throws Exception {
        assertThat(resolve("{\"workload\": {\"type\": \"batch\", \"model\": \"llama-3.1-8b\"},"
                                + "\"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}]}")
                        .assumptions())
                .extracting(Assumption::because)
                .noneMatch(because -> because.startsWith("taken for"));
    }

    @Test
    void a_name_of_several_is_taken_for_none_of_them() throws Exception {
        List<Problem> problems = problems("{\"workload\": {\"type\": \"batch\", \"model\": \"Llama 3.1\"},"
                + "\"candidates\": [{\"hardware\": \"Mac Studio\"}],"
                + "\"constraints\": {\"owned\": [{\"hardware\": \"M5 Max\"}]}}");
        assertThat(problems)
                .extracting(each -> each.code() + " " + each.at())
                .containsExactlyInAnyOrder(
                        "ambiguous-model /workload/model",
                        "ambiguous-hardware /candidates/0/hardware",
                        "ambiguous-hardware /constraints/owned/0");
        assertThat(problems).allMatch(each -> each.message().endsWith("; say which."));
        assertThat(problems.get(0).message())
                .startsWith("The model \"Llama 3.1\" could be ")
                .contains("llama-3.1-8b", " or ", "llama-3.1-70b");
    }

    private List<Problem> problems(String json) throws Exception {
        return resolver.problems(RequestReader.read(json, LocalDate.of(2026, 11, 24))
                .requests()
                .get(0)
                .value());
    }

    private Resolution resolve(String json) throws Exception {
        return resolver.resolve(RequestReader.read(json, LocalDate.of(2026, 11, 24))
                        .requests()
                        .get(0)
                        .value())
                .value();
    }
}
