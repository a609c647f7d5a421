package quartermaster.decision;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.kie.api.runtime.rule.RuleContext;

/**
 * What rules can say. A rule calls {@link #reject}, {@link #warn} or {@link #note} with the candidate that it is about,
 * what it found (a format with its values) and the remedy; {@link #score} lets a table's row score a step.
 */
public final class Findings {
    private final Map<String, RuleSource> sources;
    private final BiFunction<Assessment, Step, Double> weights;
    private final Map<Assessment, List<Finding>> findings = new IdentityHashMap<>();
    private final Map<Assessment, List<Contribution>> contributions = new IdentityHashMap<>();
    private final String policyFile;

    /** @param sources where each rule stands, by its name */
    Findings(Map<String, RuleSource> sources, BiFunction<Assessment, Step, Double> weights, String policyFile) {
        this.sources = sources;
        this.weights = weights;
        this.policyFile = policyFile;
    }

    /** Rules the candidate out. */
    public void reject(RuleContext context, Assessment about, String remedy, String message, Object... values) {
        add(Severity.REJECTION, context, about, remedy, message, values);
    }

    /** Something to look at before the candidate is chosen. */
    public void warn(RuleContext context, Assessment about, String remedy, String message, Object... values) {
        add(Severity.WARNING, context, about, remedy, message, values);
    }

    /** Something good to know. */
    public void note(RuleContext context, Assessment about, String remedy, String message, Object... values) {
        add(Severity.NOTE, context, about, remedy, message, values);
    }

    /** Scores a step with the first row of its table that matches. */
    public void score(RuleContext context, Assessment about, PolicyTable table) {
        Optional<PolicyRow> match = table.firstMatch(about);
        Step step = table.step();
        if (match.isEmpty()) {
            add(
                    about,
                    new Finding(
                            Severity.REJECTION,
                            "no-matching-row",
                            step,
                            "No row of the table \"%s\" matches, so the step cannot be scored.",
                            List.of(step.sheet()),
                            "Add a last row of hyphens to the sheet, so that every candidate is scored.",
                            Place.row(policyFile, step.sheet(), 1)));
            return;
        }
        PolicyRow row = match.get();
        Place at = Place.row(policyFile, step.sheet(), row.row());
        String rule = context.getRule().getName();
        contributions
                .computeIfAbsent(about, key -> new ArrayList<>(Step.values().length))
                .add(new Contribution(
                        step, weights.apply(about, step), row.points(), row.verdict(), row.because(), rule, at));
        if (row.verdict() == StepVerdict.RULED_OUT) {
            add(
                    about,
                    new Finding(
                            Severity.REJECTION, step.id() + "-ruled-out", step, row.because(), List.of(), null, at));
        }
    }

    List<Finding> of(Assessment assessment) {
        return findings.getOrDefault(assessment, List.of());
    }

    List<Contribution> contributionsTo(Assessment assessment) {
        return contributions.getOrDefault(assessment, List.of());
    }

    private void add(
            Severity severity, RuleContext context, Assessment about, String remedy, String message, Object... values) {
        String code = context.getRule().getName();
        RuleSource source = sources.get(code);
        if (source == null) {
            throw new IllegalStateException("The rule " + code + " stands in no file that was read.");
        }
        String cure = remedy.isEmpty() ? null : remedy;
        add(about, new Finding(severity, code, source.step(), message, List.of(values), cure, source.at()));
    }

    private void add(Assessment about, Finding finding) {
        findings.computeIfAbsent(about, key -> new ArrayList<>(4)).add(finding);
    }
}
