package quartermaster.decision.engine;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;

/** Requests for tests: the least that says something, changed step by step. */
public final class Requests {
    static final LocalDate AS_OF = LocalDate.of(2026, 11, 22);
    static final List<Candidate> TWELVE = List.of(
            candidate("mac-studio-m5-max-40c-gpu-64gb", null, Acquisition.BUY),
            candidate("mac-studio-m3-ultra-80c-gpu-256gb", null, Acquisition.BUY),
            candidate("mac-studio-m5-ultra-80c-gpu-512gb", null, Acquisition.BUY),
            candidate("macbook-pro-m5-max-40c-gpu-128gb", null, Acquisition.OWNED),
            candidate("nvidia-rtx-4090", 2, Acquisition.BUY),
            candidate("nvidia-rtx-5090", null, null),
            candidate("nvidia-rtx-pro-6000-blackwell-workstation-96gb", 1, Acquisition.BUY),
            candidate("nvidia-dgx-spark-gb10-128gb", 1, Acquisition.BUY),
            candidate("framework-desktop-ryzen-ai-maxplus-395-128gb", 1, Acquisition.BUY),
            candidate("nvidia-h100-sxm-80gb", 2, Acquisition.RENT),
            candidate("nvidia-h200-sxm-141gb", null, Acquisition.RENT),
            candidate("nvidia-l40s", null, Acquisition.RENT));

    private static final String MODEL =
            "qwen3.6-35b-a3b"; // of those who would else have any compared, and ask about something else

    private Requests() {}

    static Candidate candidate(String hardware, @Nullable Integer devices, @Nullable Acquisition acquisition) {
        return new Candidate(hardware, devices, null, acquisition, null, null, null, null, null);
    }

    public static DecisionRequest request(
            WorkloadType type, @Nullable Integer concurrency, List<Candidate> candidates) {
        boolean anyWouldDo = type == WorkloadType.EVALUATION || type == WorkloadType.INTERNAL_TOOL;
        return request(type, anyWouldDo ? MODEL : null, concurrency, candidates, Constraints.NONE);
    }

    public static DecisionRequest request(
            WorkloadType type,
            @Nullable String model,
            @Nullable Integer concurrency,
            List<Candidate> candidates,
            Constraints constraints) {
        Workload workload =
                Workload.of(type).with("name", "test").with("model", model).with("concurrency", concurrency);
        return new DecisionRequest(
                workload,
                Budget.UNSAID,
                Set.of(Skill.MACOS, Skill.PYTHON_ML, Skill.LINUX, Skill.CUDA, Skill.KUBERNETES),
                constraints,
                candidates,
                AS_OF,
                Explain.SUMMARY,
                100);
    }
}
