package quartermaster.workspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.analysis.PolicyFinding;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.Case;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Cases;
import quartermaster.decision.cases.Comparison;
import quartermaster.decision.cases.Edits;
import quartermaster.decision.cases.KnowledgeChange;
import quartermaster.decision.engine.Decider;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;
import quartermaster.workbook.read.UnreadableWorkbookException;

/** Builds changed files beside those in force and says what they would change. */
public final class Previews {
    private Previews() {}

    /**
     * The changed files, ready to be put in force, with what is known of them.
     *
     * @param loaded null where they cannot decide
     */
    public record Built(Workspace.@Nullable Loaded loaded, Preview preview) {}

    /** Loads changed files and runs their cases. */
    public static Built build(Workspace.Loaded inForce, WorkspaceFiles changed, Workspace.Setting setting) {
        return build(inForce, changed, setting, () -> {});
    }

    static Built build(Workspace.Loaded inForce, WorkspaceFiles changed, Workspace.Setting setting, Runnable between) {
        Imported<Workspace.@Nullable Loaded> imported = Workspace.load(changed, inForce, setting);
        between.run();
        return proved(inForce, imported, between);
    }

    /** What was loaded, with the outcome of its cases. */
    static Built proved(Workspace.Loaded inForce, Imported<Workspace.@Nullable Loaded> imported) {
        return proved(inForce, imported, () -> {});
    }

    static Built proved(Workspace.Loaded inForce, Imported<Workspace.@Nullable Loaded> imported, Runnable between) {
        Workspace.Loaded loaded = imported.value();
        List<Problem> problems = new ArrayList<>(imported.problems());
        List<CaseOutcome> failed = List.of();
        List<PolicyFinding> analysis = List.of();
        int run = 0;
        if (loaded != null) {
            Imported<List<Case>> cases = Workspace.cases(loaded.files(), loaded.decider());
            problems.addAll(cases.problems());
            List<CaseOutcome> outcomes = Cases.run(loaded.decider(), cases.value(), between);
            run = outcomes.size();
            analysis = Workspace.analysis(loaded.files(), loaded.decider(), cases.value());
            failed = failed(inForce, loaded, outcomes);
        }
        return new Built(
                loaded,
                new Preview(
                        inForce.decider().versions(),
                        loaded == null ? null : loaded.decider().versions(),
                        problems,
                        analysis,
                        failed,
                        run,
                        List.of(),
                        0,
                        List.of(),
                        List.of()));
    }

    /** Each with what is in force says to it, where that is another version. */
    private static List<CaseOutcome> failed(
            Workspace.Loaded inForce, Workspace.Loaded loaded, List<CaseOutcome> outcomes) {
        List<CaseOutcome> failed =
                outcomes.stream().filter(each -> !each.holds()).toList();
        if (failed.isEmpty() || inForce.decider() == loaded.decider()) {
            return failed;
        }
        Decider earlier = inForce.decider();
        return Cases.after(earlier, Workspace.cases(inForce.files(), earlier).value(), failed);
    }

    /**
     * The same, with every changed cell, and what would change in the answers to the cases and to some more requests.
     *
     * @param past requests of before, by what they are called
     * @param given requests that somebody wants to see answered both ways, by what they are called
     * @param between is called between two parts of the work, from any of its threads; what it throws ends it
     */
    public static Built compare(
            Workspace.Loaded inForce,
            WorkspaceFiles changed,
            Map<String, DecisionRequest> past,
            Map<String, DecisionRequest> given,
            Workspace.Setting setting,
            Runnable between) {
        return compared(inForce, build(inForce, changed, setting, between), changed, past, given, between);
    }

    /**
     * What was built, with what it changes in the answers to the cases and to some past requests.
     *
     * @param before what was in force when it was built
     * @param between is called between two parts of the work; what it throws ends it
     */
    public static Built compared(
            Workspace.Loaded before, Built built, Map<String, DecisionRequest> past, Runnable between) {
        Workspace.Loaded loaded = built.loaded();
        return loaded == null ? built : compared(before, built, loaded.files(), past, Map.of(), between);
    }

    private static Built compared(
            Workspace.Loaded before,
            Built built,
            WorkspaceFiles changed,
            Map<String, DecisionRequest> past,
            Map<String, DecisionRequest> given,
            Runnable between) {
        List<KnowledgeChange> changes = changes(before.files(), changed);
        Preview preview = Records.with(built.preview(), "edits", changes);
        Workspace.Loaded loaded = built.loaded();
        if (loaded == null) {
            return new Built(null, preview);
        }
        Edits edits = new Edits(changes, ThresholdsOfRules.in(changed));
        Map<String, DecisionRequest> requests = new LinkedHashMap<>();
        Workspace.cases(before.files(), before.decider())
                .value()
                .forEach(each -> requests.put("case " + each.id(), each.request()));
        requests.putAll(past);
        List<Comparison> differing = comparisons(before, loaded, requests, edits, between).stream()
                .filter(Comparison::changesAnything)
                .toList();
        preview = Records.with(preview, "comparisons", differing);
        preview = Records.with(preview, "compared", requests.size());
        return new Built(loaded, Records.with(preview, "asked", comparisons(before, loaded, given, edits, between)));
    }

    private static List<Comparison> comparisons(
            Workspace.Loaded before,
            Workspace.Loaded after,
            Map<String, DecisionRequest> requests,
            Edits edits,
            Runnable between) {
        List<Comparison> comparisons = new ArrayList<>();
        requests.forEach((about, request) -> {
            between.run();
            Decision then = decision(before.decider(), request);
            Decision now = decision(after.decider(), request);
            if (then != null && now != null) {
                comparisons.add(Comparison.of(about, then, now, edits));
            }
        });
        return comparisons;
    }

    /** None where a workbook cannot be read: that is a problem of its own. */
    static List<KnowledgeChange> changes(WorkspaceFiles before, WorkspaceFiles after) {
        try {
            return VersionDifference.of(before, after);
        } catch (UnreadableWorkbookException e) {
            return List.of();
        }
    }

    private static @Nullable Decision decision(Decider decider, DecisionRequest request) {
        return decider.decide(request).value();
    }
}
