package quartermaster.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.cases.Case;
import quartermaster.request.DecisionRequest;
import quartermaster.workspace.Workspace;

/** What is kept of a request must be the request. */
class RequestWriterTest {
    private static final String EVERYTHING = """
            {"workload": {"name": "all", "type": "production", "model": {"name": "own 8B", "layers": 32, "hiddenSize": 4096},
              "quantization": "fp8", "kvCacheQuantization": "kv-cache-fp8", "inputTokens": 2000, "outputTokens": 300,
              "contextTokens": 4096, "sharedPrefixTokens": 100, "concurrency": 20, "namedUsers": 200, "requestsPerDay": 5000,
              "minDecodeTokensPerSecond": 12.5, "maxTimeToFirstTokenSeconds": 1.5,
              "fineTuning": {"method": "qlora", "batch": 4, "sequenceTokens": 2048}},
             "budget": {"purchaseUsd": 10000, "monthlyUsd": 900.5, "horizonMonths": 24, "utilization": 0.2,
              "electricityUsdPerKwh": 0.31},
             "team": {"skills": ["linux", "cuda"]},
             "constraints": {"offline": true, "dataMustStay": true, "mobile": false, "availableWithinWeeks": 6,
              "allowProjected": true, "owned": ["nvidia-rtx-4090", {"hardware": "mac-mini", "devices": 2}]},
             "candidates": [{"hardware": "nvidia-h100-sxm-80gb", "devices": 2, "replicas": 3, "acquisition": "rent",
              "offer": "some", "engine": "vllm", "quantization": "fp8", "priceUsd": 1.25, "pricePerHourUsd": 2.5}],
             "asOf": "2026-11-22", "explain": "full", "limit": 7}
            """;

    @Test
    void a_request_that_says_everything_is_read_back_as_it_was() throws Exception {
        DecisionRequest request = read(EVERYTHING);

        assertThat(read(RequestWriter.write(request))).isEqualTo(request);
    }

    @Test
    void so_is_the_request_of_every_case() throws Exception {
        List<Case> cases =
                Workspace.cases(TestWorkspace.FOLDER, TestWorkspace.decider()).value();

        assertThat(cases).hasSizeGreaterThan(100);
        for (Case each : cases) {
            assertThat(read(RequestWriter.write(each.request()))).as(each.id()).isEqualTo(each.request());
        }
    }

    private static DecisionRequest read(String json) throws BadJsonException {
        var read =
                RequestReader.read(json, java.time.LocalDate.EPOCH).requests().get(0);
        assertThat(read.problems()).isEmpty();
        return java.util.Objects.requireNonNull(read.value());
    }
}
