package quartermaster.advice;

import java.util.List;
import java.util.Objects;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.HostedApi;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;

/** A request of few candidates with nothing left open: asking it again takes milliseconds. */
record Asked(DecisionRequest request, Decision decision, ChangedRequests trials) {
    static final Decider DECIDER = TestWorkspace.decider();

    static Asked of(DecisionRequest request) {
        return new Asked(
                request,
                Objects.requireNonNull(DECIDER.decide(request).value()),
                new ChangedRequests(DECIDER, request));
    }

    static DecisionRequest request(Workload workload, Candidate... candidates) {
        return new DecisionRequest(
                workload,
                Budget.UNSAID,
                null,
                Constraints.NONE,
                List.of(candidates),
                TestWorkspace.TODAY,
                Explain.SUMMARY,
                DecisionRequest.DEFAULT_LIMIT);
    }

    static Workload workload(WorkloadType type, String model) {
        return Workload.of(type).with("model", model);
    }

    static Candidate candidate(String hardware, int devices, Acquisition acquisition, String engine, String precision) {
        return new Candidate(hardware, devices, null, acquisition, null, engine, precision, null, null);
    }

    Recommendation best() {
        return trials.winner().orElseThrow().recommendation();
    }

    /** Of an API that serves the model, at prices of its own. */
    static Hosting hosting(double monthlyUsd, double upToUsd) {
        HostedApi api = DECIDER.catalogue().hostedApis().get(0);
        DecisionRequest asked = request(
                workload(WorkloadType.EVALUATION, "llama-3.1-8b"),
                Candidate.of(HostedApi.KIND).with("acquisition", Acquisition.API));
        Recommendation judged = DECIDER.ranking(asked).get(0);
        return new Hosting(judged, api, "a model", 30.4, monthlyUsd, upToUsd);
    }
}
