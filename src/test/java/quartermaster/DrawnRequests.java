package quartermaster;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import quartermaster.catalogue.Model;
import quartermaster.request.Budget;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** Requests drawn at random, the same ones each time. */
public final class DrawnRequests {
    private DrawnRequests() {}

    /** For all that the program's catalogue has, answered as a summary of every candidate. */
    public static List<DecisionRequest> of(int count, List<WorkloadType> types) {
        Random random = new Random(17);
        List<Model> models = List.copyOf(TestWorkspace.catalogue().models());
        List<DecisionRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Workload work = Workload.of(types.get(random.nextInt(types.size())))
                    .with("model", models.get(random.nextInt(models.size())).id())
                    .with("inputTokens", 100 + random.nextInt(6_000))
                    .with("outputTokens", 50 + random.nextInt(800));
            work = random.nextBoolean()
                    ? work.with("concurrency", 1 + random.nextInt(60))
                    : work.with("requestsPerDay", 100 + random.nextInt(200_000));
            if (random.nextBoolean()) {
                work = work.with("minDecodeTokensPerSecond", 5.0 + random.nextInt(25));
            }
            if (random.nextInt(3) == 0) {
                work = work.with("maxTimeToFirstTokenSeconds", 1.0 + random.nextInt(8));
            }
            Constraints constraints =
                    random.nextInt(3) == 0 ? Records.with(Constraints.NONE, "dataMustStay", true) : Constraints.NONE;
            requests.add(new DecisionRequest(
                    work, Budget.UNSAID, null, constraints, List.of(), TestWorkspace.TODAY, Explain.SUMMARY, 1_000));
        }
        return requests;
    }
}
