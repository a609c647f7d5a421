package quartermaster.advice;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.DrawnRequests;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.cases.Case;
import quartermaster.decision.engine.Decider;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.unit.Records;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.upload.CandidatesReader;
import quartermaster.workspace.Workspace;

/**
 * Writes full answers to many requests into a file, without their ids and times, so that a program that was made faster
 * can be compared with the one before, byte for byte: the requests of all cases, of the example workbook, some drawn at
 * random, and some that are written here.
 *
 * <pre>AnswersDump FILE [every nth request]</pre>
 */
final class AnswersDump {
    private static final int DRAWN = 24;
    private static final Pattern NEW_EACH_TIME = Pattern.compile("\"decisionId\":\"[^\"]*\",\"decidedAt\":\"[^\"]*\",");
    private static final List<String> WRITTEN = List.of(
            "{\"workload\": {\"type\": \"internal-tool\", \"concurrency\": 5}}",
            "{\"workload\": {\"type\": \"production\", \"namedUsers\": 2000}}",
            "{\"workload\": {\"type\": \"production\", \"models\": [\"any\"], \"concurrency\": 40}}",
            "{\"workload\": {\"type\": \"internal-tool\", \"models\": [\"llama-3.1-8b\", \"llama-3.1-70b\"]}}",
            "{\"workload\": {\"type\": \"fine-tuning\", \"model\": \"llama-3.1-8b\"}}",
            "{\"workload\": {\"type\": \"batch\", \"model\": \"llama-3.1-8b\", \"requestsPerDay\": 100000}}",
            """
            {"workload": {"type": "evaluation", "model": "llama-3.1-70b", "quantization": "q4_k_m"},
             "candidates": [{"hardware": "mac-studio-m3-ultra-80c-gpu-256gb"},
                            {"hardware": "nvidia-rtx-3090", "devices": 2},
                            {"hardware": "nvidia-rtx-4090", "devices": 2}]}""",
            """
            {"workload": {"type": "internal-tool", "concurrency": 8}, "budget": {"purchaseUsd": 9000},
             "constraints": {"owned": [{"hardware": "nvidia-rtx-4090", "devices": 2}]}}""");

    private AnswersDump() {}

    public static void main(String[] args) throws Exception {
        int step = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        Decider decider = TestWorkspace.decider();
        Advisor advisor = new Advisor(decider);
        List<DecisionRequest> all = requests(decider);
        List<String> answers = new ArrayList<>();
        long begun = cpuNanos();
        for (int i = 0; i < all.size(); i += step) {
            answers.add(i + " " + answer(decider, advisor, all.get(i)));
        }
        System.out.printf("%d answers, %.1f s of CPU%n", answers.size(), (cpuNanos() - begun) / 1e9);
        Files.write(Path.of(args[0]), answers);
    }

    private static String answer(Decider decider, Advisor advisor, DecisionRequest asked) {
        DecisionRequest whole = Records.with(asked, "limit", 1_000);
        Imported<@Nullable Decision> decided = decider.decide(asked);
        Decision decision = decided.value();
        String text = DecisionWriter.writeElement(decider.decide(whole))
                + (decision == null ? "" : DecisionWriter.write(decision, advisor.of(decision)));
        return NEW_EACH_TIME.matcher(text).replaceAll("");
    }

    private static List<DecisionRequest> requests(Decider decider) throws Exception {
        List<DecisionRequest> all = new ArrayList<>();
        for (String each : WRITTEN) {
            all.add(RequestReader.read(each, TestWorkspace.TODAY)
                    .requests()
                    .get(0)
                    .value());
        }
        for (DecisionRequest each : DrawnRequests.of(DRAWN, List.of(WorkloadType.values()))) {
            all.add(Records.with(Records.with(each, "explain", Explain.FULL), "limit", 10));
        }
        CandidatesReader.read(
                        WorkbookFile.open(TestWorkspace.FOLDER.resolve("spreadsheets/candidates.xlsx")),
                        TestWorkspace.names(),
                        TestWorkspace.TODAY,
                        Explain.SUMMARY)
                .value()
                .forEach(each -> all.add(each.request()));
        Workspace.cases(TestWorkspace.FOLDER, decider).value().stream()
                .map(Case::request)
                .distinct()
                .forEach(all::add);
        return all;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
