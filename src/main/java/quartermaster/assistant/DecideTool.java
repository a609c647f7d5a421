package quartermaster.assistant;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.advice.Advice;
import quartermaster.advice.AdviceLine;
import quartermaster.advice.Advisor;
import quartermaster.advice.Headline;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.decision.engine.Decider;
import quartermaster.json.BadJsonException;
import quartermaster.json.DecisionWriter;
import quartermaster.json.JsonText;
import quartermaster.json.RequestReader;
import quartermaster.json.RequestSchema;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workspace.InForce;

/** Decides, and tells the answer in a dozen lines; the whole of it is kept. */
record DecideTool(InForce inForce, Assistant.Today today) implements Tool {
    private static final int SHOWN = 3;
    private static final int REJECTED_SHOWN = 3;
    private static final int QUESTIONS_SHOWN = 3;
    private static final int CHANGES_SHOWN = 3;
    private static final int ASSUMED_SHOWN = 12;

    @Override
    public About about() {
        return new About(
                "decide",
                "Decide which hardware should run a model",
                "Ranks hardware for a workload: what is recommended, what it costs a month, what was assumed, what to find out"
                        + " first, and what would change the answer. Only workload.type is needed; say more where you know it. Without"
                        + " candidates, all hardware of the catalogue that may be considered is compared. Gives the best few and a"
                        + " decisionId, with which explain_decision tells the reasons.",
                RequestSchema.request(),
                Role.DECIDE);
    }

    @Override
    public ToolAnswer call(Map<String, @Nullable Object> arguments, Caller caller) throws Exception {
        Imported<@Nullable DecisionRequest> request = read(arguments, today);
        return caller.inTurn(stillWanted -> {
            Decider decider = inForce.now().decider().asLongAs(stillWanted);
            if (request.value() != null) {
                caller.requireLittleEnough(decider, request.value());
            }
            return decide(decider, request, caller);
        });
    }

    private static ToolAnswer decide(Decider decider, Imported<@Nullable DecisionRequest> request, Caller caller)
            throws ToolFailure {
        long begun = System.nanoTime();
        Imported<@Nullable Decision> answer = decider.decide(request);
        Decision decision = answer.value();
        if (decision == null) {
            throw new ToolFailure(answer.problems());
        }
        Advice advice = Advisor.isWanted(decision.asked()) ? new Advisor(decider).of(decision) : null;
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        boolean kept = caller.keep(decision, DecisionWriter.write(decision, advice), took);
        return new ToolAnswer(lines(decision, advice, kept), fields(decision, advice, kept));
    }

    /** The request that the arguments are; their places are those of its problems. */
    static Imported<@Nullable DecisionRequest> read(Map<String, @Nullable Object> arguments, Assistant.Today today)
            throws ToolFailure {
        byte[] json = JsonText.of(arguments).getBytes(StandardCharsets.UTF_8);
        try {
            return RequestReader.read(json, today.get()).requests().get(0);
        } catch (BadJsonException e) {
            throw new ToolFailure(
                    List.of(new Problem("bad-json", String.valueOf(e.getMessage()), new Place.Pointer(e.at()))));
        }
    }

    private static List<String> lines(Decision decision, @Nullable Advice advice, boolean kept) {
        List<String> lines = new ArrayList<>();
        lines.add(Headline.of(decision, advice));
        lines.add("");
        lines.add("The best " + Math.min(SHOWN, decision.ranked().size()) + " of "
                + decision.ranked().size() + " in the answer, as of "
                + decision.request().asOf() + ":");
        decision.ranked().stream().limit(SHOWN).forEach(each -> {
            lines.add(Words.line(each));
            each.findings().stream()
                    .filter(finding -> finding.severity() == Severity.WARNING)
                    .limit(2)
                    .forEach(finding -> lines.add("   " + warning(finding)));
        });
        if (!decision.asked().candidates().isEmpty()) {
            decision.rejected().stream()
                    .limit(REJECTED_SHOWN)
                    .forEach(each -> lines.add("Ruled out: " + Words.line(each) + " " + each.why()));
        }
        addAssumed(decision, lines);
        if (advice != null) {
            add(
                    "Find out first",
                    advice.questions().stream()
                            .limit(QUESTIONS_SHOWN)
                            .map(each -> each.text() + " " + each.because())
                            .toList(),
                    lines);
            add(
                    "What would change it",
                    AdviceLine.of(advice).stream()
                            .filter(each -> each.part() == AdviceLine.Part.CHANGE)
                            .limit(CHANGES_SHOWN)
                            .map(AdviceLine::inWords)
                            .toList(),
                    lines);
        }
        add(
                "Not understood",
                decision.problems().stream().map(Problem::toString).toList(),
                lines);
        lines.add("");
        lines.add("decisionId " + decision.id()
                + (kept
                        ? "; the whole answer: GET /decisions/" + decision.id() + ", the reasons: explain_decision."
                        : "; it could not be kept, so it cannot be explained later."));
        return lines;
    }

    private static String warning(Finding finding) {
        return "Warning: " + finding.message() + (finding.remedy() == null ? "" : " " + finding.remedy()) + " ["
                + finding.code() + "]";
    }

    private static void addAssumed(Decision decision, List<String> lines) {
        add(
                "Assumed, because it was not said",
                decision.assumptions().stream()
                        .limit(ASSUMED_SHOWN)
                        .map(each -> each.field() + " = " + JsonText.of(each.value()))
                        .toList(),
                lines);
    }

    private static void add(String title, List<String> each, List<String> lines) {
        if (!each.isEmpty()) {
            lines.add("");
            lines.add(title + ":");
            each.forEach(line -> lines.add("- " + line));
        }
    }

    private static Map<String, @Nullable Object> fields(Decision decision, @Nullable Advice advice, boolean kept) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("decisionId", decision.id());
        fields.put("kept", kept);
        fields.put("outcome", decision.hasRecommendation() ? "recommended" : "nothing-suitable");
        fields.put(
                "recommendations",
                decision.ranked().stream().limit(SHOWN).map(Words::fields).toList());
        Recommendation best = advice == null
                ? null
                : decision.with(advice.picks()).recommended().orElse(null);
        fields.put("best", best == null ? null : Objects.requireNonNullElse(best.rank(), 1));
        fields.put("record", "/decisions/" + decision.id());
        return fields;
    }
}
