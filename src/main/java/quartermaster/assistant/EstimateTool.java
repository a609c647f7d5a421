package quartermaster.assistant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.MemoryLedger;
import quartermaster.json.RequestSchema;
import quartermaster.launch.Start;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workspace.InForce;

/** What one model does on one machine. */
record EstimateTool(InForce inForce, Assistant.Today today) implements Tool {
    private static final String CANDIDATE = "/candidates/0";
    private static final String WORKLOAD = "/workload";
    private static final List<RequestField> OF_WORKLOAD = Stream.of(
                    "type",
                    "model",
                    "quantization",
                    "kvCacheQuantization",
                    "inputTokens",
                    "outputTokens",
                    "contextTokens",
                    "concurrency")
            .map(name -> RequestFields.get("workload." + name))
            .toList();
    private static final List<RequestField> OF_CANDIDATE = Stream.of(
                    "hardware", "devices", "replicas", "acquisition", "engine")
            .map(RequestFields::ofCandidate)
            .toList();

    @Override
    public About about() {
        return new About(
                "estimate",
                "Estimate one model on one machine",
                "Memory, speed, first token, requests at the same time and cost of one model on one machine, with ranges and"
                        + " what they rest on, and the command that starts it. What is left open (engine, quantization) is chosen for"
                        + " the best score.",
                parameters().schema(),
                Role.DECIDE);
    }

    private static Parameters parameters() {
        Parameters parameters = new Parameters();
        Stream.concat(OF_WORKLOAD.stream(), OF_CANDIDATE.stream())
                .forEach(field -> parameters.of(field.name(), RequestSchema.of(field)));
        return parameters.required("model", "hardware");
    }

    @Override
    public ToolAnswer call(Map<String, @Nullable Object> arguments, Caller caller) throws Exception {
        parameters().read(arguments);
        Imported<@Nullable DecisionRequest> request = DecideTool.read(asRequest(arguments), today);
        return caller.inTurn(stillWanted -> {
            Decider decider = inForce.now().decider().asLongAs(stillWanted);
            Imported<@Nullable Decision> answer = decider.decide(request);
            Decision decision = answer.value();
            List<Problem> problems = decision == null ? answer.problems() : decision.problems();
            if (decision == null || !problems.isEmpty()) {
                throw new ToolFailure(
                        problems.stream().map(EstimateTool::ofArguments).toList());
            }
            Recommendation found = Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                    .findFirst()
                    .orElseThrow();
            return new ToolAnswer(lines(found, decision), Words.fields(found));
        });
    }

    private static Map<String, @Nullable Object> asRequest(Map<String, @Nullable Object> arguments) {
        Map<String, @Nullable Object> workload = new LinkedHashMap<>();
        workload.put("type", Choice.id(WorkloadType.EVALUATION));
        OF_WORKLOAD.forEach(field -> move(field, arguments, workload));
        Map<String, @Nullable Object> candidate = new LinkedHashMap<>();
        candidate.put("devices", 1);
        candidate.put("replicas", 1);
        OF_CANDIDATE.forEach(field -> move(field, arguments, candidate));
        workload.putIfAbsent("concurrency", 1);
        return Map.of("workload", workload, "candidates", List.of(candidate), "limit", 1);
    }

    private static void move(RequestField field, Map<String, @Nullable Object> from, Map<String, @Nullable Object> to) {
        if (from.get(field.name()) != null) {
            to.put(field.name(), from.get(field.name()));
        }
    }

    /** Where it stands among the arguments. */
    private static Problem ofArguments(Problem problem) {
        String at = problem.at().toString();
        for (String prefix : List.of(CANDIDATE, WORKLOAD)) {
            if (at.startsWith(prefix)) {
                return problem.at(new Place.Pointer(at.substring(prefix.length())));
            }
        }
        return problem;
    }

    private static List<String> lines(Recommendation found, Decision decision) {
        Assessment it = found.assessment();
        MemoryLedger memory = it.memory();
        List<String> lines = new ArrayList<>();
        lines.add(it.model().name() + ": " + Words.withoutRank(found));
        lines.add(String.format(
                Locale.ROOT,
                "Memory for each replica: %.1f GiB needed (weights %.1f, KV cache %.1f, overhead %.1f) of %.1f usable; fits:"
                        + " %s.",
                memory.required().gib(),
                memory.weights().gib(),
                memory.kvCache().gib(),
                memory.overhead().gib(),
                memory.usable().gib(),
                Choice.id(memory.fit())));
        if (!it.isTraining()) {
            lines.add("With " + it.concurrency() + " at the same time: "
                    + Words.range(it.estimate().decodeSpeed())
                    + " tok/s for each user, first token after "
                    + Words.range(it.estimate().timeToFirstToken()) + " s (95 %: "
                    + Words.figure(it.timeToFirstTokenP95()) + " s); a replica writes "
                    + Words.range(it.estimate().throughput()) + " tok/s and carries " + it.maxConcurrency()
                    + " requests; bound by " + Choice.id(it.boundBy()) + ".");
        }
        lines.add(
                "These figures are " + Choice.id(it.evidence()) + " (measured, calibrated, family or specification).");
        found.findings().stream().map(EstimateTool::finding).forEach(lines::add);
        decision.assumptions().stream()
                .map(each -> "Assumed " + each.field() + " = " + each.value() + ".")
                .forEach(lines::add);
        Optional<Start> start = Start.of(found);
        start.ifPresent(how -> lines.addAll(starting(how)));
        return lines;
    }

    private static List<String> starting(Start start) {
        List<String> lines = new ArrayList<>();
        lines.add("Start with:");
        start.pieces().forEach(each -> lines.add(each.contains("\n") ? each : "  " + each));
        return lines;
    }

    private static String finding(Finding finding) {
        return Choice.id(finding.severity()) + ": " + finding.message()
                + (finding.remedy() == null ? "" : " " + finding.remedy()) + " [" + finding.code() + "]";
    }
}
