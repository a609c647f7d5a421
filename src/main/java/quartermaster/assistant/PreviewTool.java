package quartermaster.assistant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Comparison;
import quartermaster.ledger.LedgerException;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.PolicyEdits;
import quartermaster.workspace.InForce;
import quartermaster.workspace.PastRequests;
import quartermaster.workspace.Workspace;

/** What some changed cells of the policy would change in the answers; nothing is published. */
record PreviewTool(InForce inForce, Assistant.Today today) implements Tool {
    private static final int PAST_DECISIONS = 200;
    private static final int SHOWN = 8;
    private static final String CHANGES = "changes";
    private static final String REQUEST = "request";
    private static final String TYPE = "type";
    private static final Map<String, Object> CHANGE = Map.of(
            TYPE,
            "object",
            "properties",
            Map.of(
                    "sheet",
                    Map.of(TYPE, "string", "description", "E.g. Weights, Thresholds, Fit, Budget, Concurrency."),
                    "row",
                    Map.of(
                            TYPE,
                            List.of("integer", "string"),
                            "description",
                            "Number of the row as explain_decision names it, or the text of its first cell, e.g. \"thin memory"
                                    + " headroom\". The row after the last is a new one."),
                    "column",
                    Map.of(TYPE, "string", "description", "Its header, e.g. Points, Value, budget."),
                    "value",
                    Map.of(
                            TYPE,
                            List.of("string", "number", "boolean", "null"),
                            "description",
                            "What should stand there; null for nothing.")),
            "required",
            List.of("sheet", "row", "column", "value"),
            "additionalProperties",
            false);

    private static Parameters parameters() {
        return new Parameters()
                .of(CHANGES, Map.of(TYPE, "array", "minItems", 1, "maxItems", PolicyEdits.MOST, "items", CHANGE))
                .of(
                        REQUEST,
                        Map.of(
                                TYPE,
                                "object",
                                "description",
                                "A request to be answered both ways, with the fields that decide takes."))
                .required(CHANGES);
    }

    @Override
    public About about() {
        return new About(
                "preview_policy",
                "Try a change of the policy",
                "What changed cells of the policy (weights, thresholds, points of tables) would change: whether they may be"
                        + " published, which cases fail, and who would win otherwise among all cases and the last decisions. Nothing"
                        + " is published: a person does that.",
                parameters().schema(),
                Role.EDIT);
    }

    @Override
    public ToolAnswer call(Map<String, @Nullable Object> arguments, Caller caller) throws Exception {
        parameters().read(arguments);
        List<PolicyEdits.Edit> edits = edits((List<?>) arguments.getOrDefault(CHANGES, List.of()));
        Map<String, DecisionRequest> given = given(arguments.get(REQUEST));
        return caller.inLongTurn(stillWanted -> {
            byte[] now = inForce.now()
                    .files()
                    .find(Workspace.POLICY)
                    .orElseThrow(() -> new IllegalStateException(Workspace.POLICY + " is missing."));
            Imported<byte @Nullable []> edited = PolicyEdits.with(now, edits);
            byte[] policy = edited.value();
            if (policy == null) {
                throw new ToolFailure(edited.problems());
            }
            Preview preview = inForce.preview(Map.of(Workspace.POLICY, policy), past(), given, stillWanted)
                    .preview();
            return new ToolAnswer(lines(preview), fields(preview));
        });
    }

    private static List<PolicyEdits.Edit> edits(List<?> changes) throws ToolFailure {
        List<Problem> problems = new ArrayList<>();
        List<PolicyEdits.Edit> edits = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            String at = "/" + CHANGES + "/" + i;
            if (changes.get(i) instanceof Map<?, ?> change
                    && change.get("sheet") instanceof String sheet
                    && change.get("column") instanceof String column
                    && (change.get("row") instanceof String || change.get("row") instanceof Number)
                    && change.containsKey("value")) {
                edits.add(new PolicyEdits.Edit(
                        sheet, String.valueOf(change.get("row")), column, change.get("value"), new Place.Pointer(at)));
            } else {
                problems.add(new Problem(
                        "wrong-value",
                        "Found " + Problem.quoted(String.valueOf(changes.get(i)))
                                + "; expected {\"sheet\": …, \"row\": …, \"column\": …, \"value\": …}.",
                        new Place.Pointer(at)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ToolFailure(problems);
        }
        return edits;
    }

    private Map<String, DecisionRequest> given(@Nullable Object sent) throws ToolFailure {
        if (!(sent instanceof Map<?, ?> map)) {
            return Map.of();
        }
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        map.forEach((name, value) -> request.put(String.valueOf(name), value));
        Imported<@Nullable DecisionRequest> read = DecideTool.read(request, today);
        if (read.value() == null || !read.isClean()) {
            throw new ToolFailure(read.problems().stream()
                    .map(each -> each.at(each.at().in("/" + REQUEST)))
                    .toList());
        }
        return Map.of("your request", read.value());
    }

    private Map<String, DecisionRequest> past() {
        try {
            return PastRequests.newest(inForce.history().ledger(), PAST_DECISIONS);
        } catch (LedgerException e) {
            return Map.of(); // tried all the same
        }
    }

    private static List<String> lines(Preview preview) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict(preview));
        preview.problems().stream().limit(SHOWN).forEach(each -> lines.add("Problem: " + each));
        preview.analysis().stream()
                .filter(each -> each.isProblem())
                .limit(SHOWN)
                .forEach(each -> lines.add("Problem: " + each.at() + ": " + each.message()));
        preview.cases().stream()
                .limit(SHOWN)
                .map(CaseOutcome::inShort)
                .forEach(each -> lines.add("Case fails: " + each));
        long winners =
                preview.comparisons().stream().filter(Comparison::changesWinner).count();
        lines.add("Of " + preview.compared() + " requests (cases and past decisions) "
                + preview.comparisons().size() + " would be answered differently, " + winners
                + " of them with another winner.");
        Stream.concat(preview.asked().stream(), preview.comparisons().stream().filter(Comparison::changesWinner))
                .limit(SHOWN)
                .forEach(each -> lines.add("- " + each.about() + ": " + each.before() + " → " + each.after()));
        return lines;
    }

    private static String verdict(Preview preview) {
        if (preview.changesNothing()) {
            return "It changes nothing.";
        }
        return preview.passes()
                ? "It may be published."
                : preview.needsYes()
                        ? "It may be published only with a yes and a reason: cases want other winners."
                        : "It would be refused.";
    }

    private static Map<String, @Nullable Object> fields(Preview preview) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("passes", preview.passes());
        fields.put("needsYes", preview.needsYes());
        fields.put("problems", preview.problems());
        fields.put(
                "failedCases",
                preview.cases().stream().map(each -> each.tested().id()).toList());
        fields.put("compared", preview.compared());
        fields.put("answeredDifferently", preview.comparisons().size());
        fields.put(
                "otherWinners",
                preview.comparisons().stream().filter(Comparison::changesWinner).count());
        return fields;
    }
}
