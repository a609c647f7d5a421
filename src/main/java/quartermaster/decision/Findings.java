package quartermaster.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.rule.RuleContext;
import quartermaster.unit.Place;

/**
 * What rules can say. A rule calls {@link #reject}, {@link #warn} or {@link #note} with the candidate that it is about,
 * what it found (a format with its values) and the remedy; {@link #score} lets a table's row score a step.
 */
public final class Findings {
    private static final int RECENT = 3; // counts of devices that a pairing has at most

    private final Map<String, RuleSource> sources;
    private final BiFunction<Assessment, Step, Double> weights;
    private final IdentityHashMap<Assessment, Said> said;
    private final String policyFile;
    private final Map<Assessments, List<Scoring>> scorings = new IdentityHashMap<>(); // asked for, not done yet

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

    /** Scores a step of every candidate with the first row of its table that matches: when all rules have spoken. */
    public void score(RuleContext context, Assessments candidates, PolicyTable table) {
        scorings.computeIfAbsent(candidates, some -> new ArrayList<>())
                .add(new Scoring(context.getRule().getName(), table));
    }

    /** What rules have asked for, one candidate after the other: what tables want to know of it is at hand then. */
    public void scoreAll() {
        scorings.forEach((candidates, all) -> {
            all.sort(Comparator.comparing(each -> each.table.step()));
            candidates.all().forEach(each -> score(each, all));
        });
        scorings.clear();
    }

    private void score(Assessment about, List<Scoring> all) {
        Said saidOfIt = of(about);
        boolean comparesModels = about.comparesModels();
        for (Scoring each : all) {
            if (comparesModels || each.table.step() != Step.MODEL_QUALITY) {
                each.score(about, saidOfIt);
            }
        }
    }

    /** What a rule has asked for. What is the same for all that a row matches, or for all ways to come by one pairing, is made once. */
    private final class Scoring {
        private final String rule;
        private final PolicyTable table;
        private final Map<PolicyRow, Contribution> ofLevelRows = new IdentityHashMap<>();
        private final @Nullable Known[] recent = new Known[RECENT]; // ways to come by a pairing stand together
        private int next;

        Scoring(String rule, PolicyTable table) {
            this.rule = rule;
            this.table = table;
        }

        private record Known(Assessment of, PolicyRow row, Contribution added) {}

        void score(Assessment about, Said saidOfIt) {
            for (Known known : recent) {
                if (known != null && known.of().differsInWayAtMost(about)) {
                    add(about, known.row(), known.added(), saidOfIt);
                    return;
                }
            }
            PolicyTable.Match match = table.match(about);
            PolicyRow row = match.row();
            if (row == null) {
                saidOfIt.findings().add(noRow());
                return;
            }
            Contribution added = contribution(about, row);
            if (match.sameForAllWays()) {
                recent[next] = new Known(about, row, added);
                next = (next + 1) % RECENT;
            }
            add(about, row, added, saidOfIt);
        }

        private Finding noRow() {
            Step step = table.step();
            return new Finding(
                    Severity.REJECTION,
                    "no-matching-row",
                    step,
                    "No row of the table \"%s\" matches, so the step cannot be scored.",
                    List.of(step.sheet()),
                    "Add a last row of hyphens to the sheet, so that every candidate is scored.",
                    Place.row(policyFile, step.sheet(), 1));
        }

        private Contribution contribution(Assessment about, PolicyRow row) {
            double weight = weights.apply(about, table.step());
            Contribution known = ofLevelRows.get(row);
            if (known != null && known.weight() == weight) {
                return known;
            }
            Contribution added = new Contribution(
                    table.step(),
                    weight,
                    row.points().of(about),
                    row.verdict(),
                    row.because(),
                    rule,
                    Place.row(policyFile, table.step().sheet(), row.row()));
            if (row.points().isLevel()) {
                ofLevelRows.put(row, added);
            }
            return added;
        }

        private void add(Assessment about, PolicyRow row, Contribution added, Said saidOfIt) {
            saidOfIt.contributions().add(added);
            if (row.verdict() == StepVerdict.RULED_OUT && about.someEngineRunsHere()) {
                saidOfIt.findings()
                        .add(new Finding(
                                Severity.REJECTION,
                                table.step().id() + "-ruled-out",
                                table.step(),
                                row.because(),
                                List.of(),
                                null,
                                added.at()));
            }
        }
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
        of(about)
                .findings()
                .add(new Finding(severity, code, source.step(), message, List.of(values), cure, source.at()));
    }
}
