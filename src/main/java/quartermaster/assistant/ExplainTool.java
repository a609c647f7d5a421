package quartermaster.assistant;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.decision.DeploymentWords;
import quartermaster.json.BadJsonException;
import quartermaster.json.JsonText;
import quartermaster.json.JsonTree;
import quartermaster.json.ProblemList;
import quartermaster.ledger.KeptDecision;
import quartermaster.unit.Ids;
import quartermaster.workspace.InForce;

/** Why a kept decision is as it is: step by step, with the row or the rule that says so. */
record ExplainTool(InForce inForce) implements Tool {
    private static final int FLIPS_SHOWN = 5;
    private static final Parameters PARAMETERS = new Parameters()
            .text("decisionId", "As decide gave it.")
            .text("candidate", "A rank (\"2\") or the id of hardware; default: what was recommended.")
            .required("decisionId");

    @Override
    public About about() {
        return new About(
                "explain_decision",
                "Explain a decision",
                "Why a candidate of an earlier decision stands where it stands: points and reason of each step with the row of"
                        + " the policy or the rule they come from, warnings with remedies, and what would change it. Also why a"
                        + " machine was ruled out.",
                PARAMETERS.schema(),
                Role.READ);
    }

    @Override
    public ToolAnswer call(Map<String, @Nullable Object> arguments, Caller caller) throws ToolFailure {
        Parameters.Arguments read = PARAMETERS.read(arguments);
        String id = read.text("decisionId").orElse("");
        inForce.history().ledger().flush();
        KeptDecision kept = inForce.history()
                .ledger()
                .findDecision(id)
                .orElseThrow(() -> ToolFailure.of(
                        "unknown-decision",
                        "No decision " + id + " is kept; expected the decisionId that decide gave.",
                        "/decisionId"));
        Map<?, ?> answer = tree(kept.answer());
        List<Map<?, ?>> all = Stream.concat(objects(answer.get("recommendations")), objects(answer.get("rejected")))
                .toList();
        Optional<String> wanted = read.text("candidate");
        Map<?, ?> picks = object(answer.get("picks"));
        String best = String.valueOf(picks.get("best"));
        Map<?, ?> found = wanted.isPresent()
                ? find(wanted.get(), all)
                : all.isEmpty() ? Map.of() : byRank(best, all).orElse(all.get(0));
        List<String> lines = new ArrayList<>();
        lines.add("Decision " + id + " of " + kept.createdAt() + ", by version " + kept.versionId() + ".");
        if (answer.get("headline") != null) {
            lines.add(String.valueOf(answer.get("headline")));
        }
        addCandidate(found, lines);
        addFlips(answer, lines);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("decisionId", id);
        fields.put("version", kept.versionId());
        fields.put("candidate", found.get("candidate"));
        fields.put("score", found.get("score"));
        fields.put("verdict", found.get("verdict"));
        fields.put("record", "/decisions/" + id);
        return new ToolAnswer(lines, fields);
    }

    private static Map<?, ?> find(String wanted, List<Map<?, ?>> all) throws ToolFailure {
        Optional<Map<?, ?>> byRank = byRank(wanted, all);
        Optional<Map<?, ?>> found = byRank.isPresent()
                ? byRank
                : all.stream()
                        .filter(each -> Stream.of("hardware", "name", "offer")
                                .map(object(each.get("candidate"))::get)
                                .anyMatch(name -> name != null
                                        && Ids.normalise(String.valueOf(name)).equals(Ids.normalise(wanted))))
                        .findFirst();
        if (found.isEmpty()) {
            List<String> known = all.stream()
                    .map(each -> object(each.get("candidate")))
                    .map(each ->
                            String.valueOf(each.get("hardware") == null ? each.get("offer") : each.get("hardware")))
                    .distinct()
                    .toList();
            throw ToolFailure.of(
                    "unknown-candidate",
                    "Found " + wanted + "; expected a rank or the hardware of a candidate that the answer shows."
                            + Ids.hint(wanted, known)
                            + " What it does not show was not among the best: decide with it as a candidate.",
                    "/candidate");
        }
        return found.get();
    }

    private static Optional<Map<?, ?>> byRank(String rank, List<Map<?, ?>> all) {
        return all.stream()
                .filter(each -> each.get("rank") != null
                        && String.valueOf(each.get("rank")).equals(rank))
                .findFirst();
    }

    private static void addCandidate(Map<?, ?> found, List<String> lines) {
        if (found.isEmpty()) {
            return;
        }
        Map<?, ?> candidate = object(found.get("candidate"));
        lines.add("");
        lines.add((found.get("rank") == null ? "" : found.get("rank") + ". ")
                + DeploymentWords.machines(
                        String.valueOf(candidate.get("name")),
                        count(candidate.get("replicas")),
                        count(candidate.get("devices")))
                + " (" + said(candidate, "acquisition")
                + said(candidate, "engine") + said(candidate, "quantization") + "verdict " + found.get("verdict") + ", "
                + found.get("score") + " points):");
        objects(found.get("steps"))
                .forEach(step -> lines.add("- " + step.get("step") + ": " + step.get("points") + " points × weight "
                        + step.get("weight") + " = " + step.get("score") + " (" + step.get("verdict") + "): "
                        + step.get("because") + place(step)));
        objects(found.get("findings"))
                .forEach(each -> lines.add("- " + each.get("severity") + " " + each.get("code") + ": "
                        + each.get("message") + (each.get("remedy") == null ? "" : " " + each.get("remedy"))
                        + place(each)));
        if (found.get("cost") instanceof Map<?, ?> cost) {
            lines.add("- cost: " + JsonText.of(cost.get("monthlyUsd")) + " USD a month, of "
                    + JsonText.of(cost.get("breakdown")));
        }
        List<String> wins = objects(found.get("winsIf"))
                .map(each -> String.valueOf(each.get("when")))
                .toList();
        if (!wins.isEmpty()) {
            lines.add("- it would win " + String.join("; or ", wins));
        }
    }

    private static int count(@Nullable Object number) {
        return number instanceof Number many ? many.intValue() : 1;
    }

    private static String said(Map<?, ?> candidate, String name) {
        return candidate.get(name) == null ? "" : candidate.get(name) + ", ";
    }

    private static String place(Map<?, ?> of) {
        Map<?, ?> at = object(of.get("at"));
        if (at.get("file") == null) {
            return "";
        }
        return " [" + at.get("file") + (at.get("sheet") == null ? "" : " " + at.get("sheet") + ", row " + at.get("row"))
                + (at.get("line") == null ? "" : ", line " + at.get("line")) + "]";
    }

    private static void addFlips(Map<?, ?> answer, List<String> lines) {
        List<Map<?, ?>> flips = objects(answer.get("flips")).limit(FLIPS_SHOWN).toList();
        if (!flips.isEmpty()) {
            lines.add("");
            lines.add("Another one wins:");
            flips.forEach(each -> lines.add("- " + each.get("when") + ": "
                    + (each.get("becomes") instanceof Map<?, ?> other ? named(other) : "nothing is suitable")));
        }
    }

    /** Where models are compared, which one runs on it, too. */
    private static String named(Map<?, ?> winner) {
        return winner.get("name") + (winner.get("model") == null ? "" : " for " + winner.get("model"));
    }

    private static Map<?, ?> tree(String json) {
        try {
            return object(JsonTree.read(json.getBytes(StandardCharsets.UTF_8), "an answer", new ProblemList()));
        } catch (BadJsonException e) {
            throw new IllegalStateException("The ledger holds an answer that cannot be read.", e);
        }
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Stream<Map<?, ?>> objects(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream().map(ExplainTool::object) : Stream.empty();
    }
}
