package quartermaster.decision;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.kie.api.runtime.rule.RuleContext;
import quartermaster.unit.Place;

/**
 * What rules can say. A rule calls {@link #reject}, {@link #warn} or {@link #note} with the candidate that it is about,
 * what it found (a format with its values) and the remedy; {@link #score} lets a table's row score a step.
 */
public final class Findings {
    private final Map<String, RuleSource> sources;
    private final BiFunction<Assessment, Step, Double> weights;
    private final IdentityHashMap<Assessment, Said> said;
    private final String policyFile;

    /** What was said of one candidate so far. */
    private record Said(List<Finding> findings, List<Contribution> contributions) {}

    /** @param sources where each rule stands, by its name */
    public Findings(
            Map<String, RuleSource> sources,
            BiFunction<Assessment, Step, Double> weights,
            String policyFile,
            List<Assessment> assessments) {
        this.sources = sources;
        this.weights = weights;
        this.policyFile = policyFile;
        this.said = new IdentityHashMap<>(assessments.size());
        for (Assessment each : assessments) {
            said.put(each, new Said(new ArrayList<>(), new ArrayList<>(Step.values().length)));
        }
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

    /** Scores a step of every candidate with the first row of its table that matches. */
    public void score(RuleContext context, Assessments candidates, PolicyTable table) {
        Map<PolicyRow, Contribution> ofLevelRows = new IdentityHashMap<>();
        for (Assessment about : candidates.all()) {
            if (Step.asked(about.comparesModels()).contains(table.step())) {
                score(context, about, table, ofLevelRows);
            }
        }
    }

    private void score(
            RuleContext context, Assessment about, PolicyTable table, Map<PolicyRow, Contribution> ofLevelRows) {
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
        Contribution added = ofLevelRows.get(row);
        double weight = weights.apply(about, step);
        if (added == null || added.weight() != weight) {
            added = contribution(context, about, row, step, weight);
            if (row.points().isLevel()) {
                ofLevelRows.put(row, added);
            }
        }
        of(about).contributions().add(added);
        if (row.verdict() == StepVerdict.RULED_OUT && about.someEngineRunsHere()) {
            add(
                    about,
                    new Finding(
                            Severity.REJECTION,
                            step.id() + "-ruled-out",
                            step,
                            row.because(),
                            List.of(),
                            null,
                            added.at()));
        }
    }

    private Contribution contribution(RuleContext context, Assessment about, PolicyRow row, Step step, double weight) {
        return new Contribution(
                step,
                weight,
                row.points().of(about),
                row.verdict(),
                row.because(),
                context.getRule().getName(),
                Place.row(policyFile, step.sheet(), row.row()));
    }

    public List<Finding> findingsOn(Assessment assessment) {
        return of(assessment).findings();
    }

    public List<Contribution> contributionsTo(Assessment assessment) {
        return of(assessment).contributions();
    }

    private Said of(Assessment assessment) {
        Said found = said.get(assessment);
        if (found == null) {
            throw new IllegalStateException("A rule speaks of a candidate that is not judged.");
        }
        return found;
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
        of(about).findings().add(finding);
    }
}
