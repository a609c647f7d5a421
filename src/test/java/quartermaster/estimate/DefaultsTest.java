package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.json.RequestReader;
import quartermaster.request.Workload;

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

    private Resolution resolve(String json) throws Exception {
        return resolver.resolve(RequestReader.read(json, LocalDate.of(2026, 11, 24))
                        .requests()
                        .get(0)
                        .value())
                .value();
    }
}
