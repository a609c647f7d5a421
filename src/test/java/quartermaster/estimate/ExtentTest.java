package quartermaster.estimate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.estimate.resolution.Resolver.Extent;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;

/** What is counted beforehand is never less than what is then estimated. */
class ExtentTest {
    private static final Catalogue CATALOGUE = TestWorkspace.catalogue();
    private static final Resolver RESOLVER = new Resolver(CATALOGUE, new Estimator(CATALOGUE));

    @ParameterizedTest
    @CsvSource({
        "evaluation, llama-3.1-8b, 1",
        "production, gemma-3-12b, 200",
        "production, llama-3.1-405b, 1000",
        "batch, gpt-oss-120b, 64",
        "fine-tuning, llama-3.1-8b, 1"
    })
    void what_the_catalogue_offers_is_no_more_than_was_counted(String type, String model, int concurrency)
            throws Exception {
        DecisionRequest request = request("{\"workload\": {\"type\": \"" + type + "\", \"model\": \"" + model
                + "\", \"concurrency\": " + concurrency + "}, \"constraints\": {\"owned\": [\"nvidia-rtx-4090\"]}}");
        Extent extent = RESOLVER.extent(request);
        List<EstimatedDeployment> assessed = assessed(request);
        assertThat(assessed.stream().map(each -> each.deployment().group()).distinct())
                .hasSize(extent.candidates());
        assertThat(assessed).hasSizeLessThanOrEqualTo((int) extent.variants());
    }

    @ParameterizedTest
    @CsvSource({"evaluation, 1", "internal-tool, 20", "production, 200"})
    void where_any_model_will_do_no_more_is_held_than_was_counted(String type, int concurrency) throws Exception {
        DecisionRequest request = request("{\"workload\": {\"type\": \"" + type
                + "\", \"models\": \"any\", \"concurrency\": " + concurrency
                + "}, \"constraints\": {\"owned\": [\"nvidia-rtx-4090\"]}}");
        assertThat(assessed(request)).isNotEmpty().hasSizeLessThanOrEqualTo((int)
                RESOLVER.extent(request).variants());
    }

    @Test
    void what_a_candidate_leaves_open_counts_with_every_choice() throws Exception {
        Extent named = RESOLVER.extent(candidate(
                "\"devices\": 2, \"acquisition\": \"buy\", \"engine\": \"vllm\"," + " \"quantization\": \"fp8\""));
        assertThat(named).isEqualTo(new Extent(1, 1));
        Extent devices =
                RESOLVER.extent(candidate("\"acquisition\": \"buy\", \"engine\": \"vllm\", \"quantization\": \"fp8\""));
        assertThat(devices).isEqualTo(new Extent(1, 3));
        DecisionRequest open = candidate("");
        assertThat(RESOLVER.extent(open).candidates()).isEqualTo(1);
        assertThat(RESOLVER.extent(open).variants())
                .isGreaterThan(20)
                .isGreaterThanOrEqualTo(assessed(open).size());
    }

    @Test
    void what_cannot_be_understood_gives_nothing_to_do() throws Exception {
        assertThat(RESOLVER.extent(request("{\"workload\": {\"type\": \"batch\", \"model\": \"nobody-knows-it\"}}")))
                .isEqualTo(new Extent(0, 0));
        assertThat(RESOLVER.extent(
                        request("{\"workload\": {\"type\": \"batch\"}, \"candidates\": [{\"hardware\": \"abacus\"}]}")))
                .isEqualTo(new Extent(0, 0));
    }

    private static DecisionRequest candidate(String further) throws Exception {
        return request("{\"workload\": {\"type\": \"production\", \"model\": \"llama-3.1-70b\"}, \"candidates\": [{"
                + "\"hardware\": \"nvidia-h100-sxm-80gb\"" + (further.isEmpty() ? "" : ", " + further) + "}]}");
    }

    private static DecisionRequest request(String json) throws Exception {
        return requireNonNull(RequestReader.read(json, LocalDate.of(2026, 11, 22))
                .requests()
                .get(0)
                .value());
    }

    private static List<EstimatedDeployment> assessed(DecisionRequest request) {
        return requireNonNull(RESOLVER.resolve(request).value()).assessed();
    }
}
