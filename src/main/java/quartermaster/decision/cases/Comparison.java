package quartermaster.decision.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.decision.Step;
import quartermaster.decision.Verdict;
import quartermaster.estimate.Deployment;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;

/**
 * What another version would change in the answer to a request.
 *
 * @param about the case or the decision that was asked again
 * @param before who won, and by how much; null where nothing was suitable
 * @param changes candidates whose score or verdict differ, as they rank now
 * @param causes of what changed for those who won before or win now
 */
public record Comparison(
        String about, @Nullable Winner before, @Nullable Winner after, List<Change> changes, List<Cause> causes) {
    private static final double VISIBLE_POINTS = 0.005;

    public Comparison {
        changes = List.copyOf(changes);
        causes = List.copyOf(causes);
    }

    /**
     * The best candidate.
     *
     * @param lead points ahead of the next one, below 0 where both are level; null where it is the only one
     */
    public record Winner(
            String candidate,
            double score,
            @Nullable String next,
            @Nullable Double lead) {
        Winner called(UnaryOperator<String> name) {
            return new Winner(name.apply(candidate), score, next == null ? null : name.apply(next), lead);
        }

        @Override
        public String toString() {
            String points = String.format(Locale.ROOT, "%s (%.1f points", candidate, score);
            if (next == null || lead == null) {
                return points + ", the only one)";
            }
            return Math.abs(lead) < 1 // whole points decide, then the verdict and the cost
                    ? points + ", level with " + next + ")"
                    : points + String.format(Locale.ROOT, ", %.1f ahead of %s)", lead, next);
        }
    }

    /**
     * Why a candidate is judged otherwise.
     *
     * @param what the step, or the rule that rules it out
     * @param scoreBefore of the step; null where there was or is none, likewise after
     * @param at the row of the table, or the rule
     * @param cells the changed cells that it comes from, as far as that can be told
     */
    public record Cause(
            String candidate,
            String what,
            @Nullable Double scoreBefore,
            @Nullable Double scoreAfter,
            @Nullable Place at,
            List<String> cells) {
        public Cause {
            cells = List.copyOf(cells);
        }

        @Override
        public String toString() {
            String points = scoreBefore == null || scoreAfter == null
                    ? ""
                    : String.format(Locale.ROOT, " %.1f → %.1f points", scoreBefore, scoreAfter);
            return candidate + ": " + what + points + (at == null ? "" : " (" + at + ")")
                    + (cells.isEmpty() ? "" : ": " + String.join("; ", cells));
        }
    }

    public @Nullable String winnerBefore() {
        return before == null ? null : before.candidate();
    }

    public @Nullable String winnerAfter() {
        return after == null ? null : after.candidate();
    }

    /**
     * A candidate in both answers, or in one of them.
     *
     * @param scoreBefore null where it did not appear, likewise after
     * @param steps by how much each step's score changes, without those that stay
     * @param newRejections messages of what rules it out now and did not before
     */
    public record Change(
            String candidate,
            @Nullable Double scoreBefore,
            @Nullable Double scoreAfter,
            @Nullable Verdict verdictBefore,
            @Nullable Verdict verdictAfter,
            Map<Step, Double> steps,
            List<String> newRejections) {
        public Change {
            newRejections = List.copyOf(newRejections);
        }
    }

    public boolean changesAnything() {
        return changesWinner() || !changes.isEmpty();
    }

    public boolean changesWinner() {
        return !Objects.equals(winnerBefore(), winnerAfter());
    }

    /** The same with candidates as people call them. */
    public Comparison called(UnaryOperator<String> name) {
        return new Comparison(
                about,
                before == null ? null : before.called(name),
                after == null ? null : after.called(name),
                changes.stream()
                        .map(each -> new Change(
                                name.apply(each.candidate()),
                                each.scoreBefore(),
                                each.scoreAfter(),
                                each.verdictBefore(),
                                each.verdictAfter(),
                                each.steps(),
                                each.newRejections()))
                        .toList(),
                causes.stream()
                        .map(each -> new Cause(
                                name.apply(each.candidate()),
                                each.what(),
                                each.scoreBefore(),
                                each.scoreAfter(),
                                each.at(),
                                each.cells()))
                        .toList());
    }

    public static Comparison of(String about, Decision before, Decision after, Edits edits) {
        Map<String, Recommendation> earlier = byName(before);
        Map<String, Recommendation> later = byName(after);
        List<Change> changes = new ArrayList<>();
        later.forEach((name, now) -> {
            Change change = change(name, earlier.get(name), now);
            if (isVisible(change)) {
                changes.add(change);
            }
        });
        earlier.forEach((name, then) -> {
            if (!later.containsKey(name)) {
                changes.add(change(name, then, null));
            }
        });
        Winner won = best(before);
        Winner wins = best(after);
        List<Cause> causes = new ArrayList<>();
        Stream.of(won, wins)
                .flatMap(Stream::ofNullable)
                .map(Winner::candidate)
                .distinct()
                .forEach(name -> causes.addAll(causes(
                        name,
                        earlier.get(name),
                        later.get(name),
                        before.request().workload().type(),
                        edits)));
        return new Comparison(about, won, wins, changes, causes);
    }

    private static List<Cause> causes(
            String name,
            @Nullable Recommendation before,
            @Nullable Recommendation after,
            WorkloadType type,
            Edits edits) {
        if (before == null || after == null) {
            String what = after == null ? "is no candidate any more" : "was no candidate before";
            Recommendation there = after == null ? before : after;
            return there == null
                    ? List.of()
                    : List.of(new Cause(name, what, null, null, null, edits.ofCandidate(there.assessment())));
        }
        List<Cause> causes = new ArrayList<>();
        for (Step step : Step.values()) {
            double then = score(before, step);
            double now = score(after, step);
            if (Math.abs(now - then) >= VISIBLE_POINTS) {
                Place row = row(after, step);
                List<String> cells = edits.ofStep(type, step, row(before, step), row);
                causes.add(
                        new Cause(name, step.id(), then, now, row, cells.isEmpty() ? elsewhere(after, edits) : cells));
            }
        }
        newRejections(before, after).forEach(finding -> {
            List<String> cells = edits.ofRule(finding.code(), finding.at());
            causes.add(new Cause(
                    name,
                    "is ruled out by " + finding.code(),
                    null,
                    null,
                    finding.at(),
                    cells.isEmpty() ? elsewhere(after, edits) : cells));
        });
        return causes;
    }

    private static List<String> elsewhere(Recommendation it, Edits edits) {
        List<String> own = edits.ofCandidate(it.assessment());
        return own.isEmpty() ? edits.ofAll() : own;
    }

    private static @Nullable Place row(Recommendation each, Step step) {
        return each.steps().stream()
                .filter(contribution -> contribution.step() == step)
                .map(Contribution::at)
                .findFirst()
                .orElse(null);
    }

    private static List<Finding> newRejections(@Nullable Recommendation before, Recommendation after) {
        return after.findings().stream()
                .filter(each -> each.severity() == Severity.REJECTION)
                .filter(each -> before == null
                        || before.findings().stream()
                                .noneMatch(old -> old.severity() == Severity.REJECTION
                                        && old.code().equals(each.code())))
                .toList();
    }

    private static @Nullable Winner best(Decision decision) {
        List<Recommendation> ranked = decision.ranked();
        if (ranked.isEmpty()) {
            return null;
        }
        Recommendation first = ranked.get(0);
        if (ranked.size() == 1) {
            return new Winner(name(first), first.score(), null, null);
        }
        Recommendation next = ranked.get(1);
        return new Winner(name(first), first.score(), name(next), first.score() - next.score());
    }

    static @Nullable String winner(Decision decision) {
        return decision.ranked().isEmpty() ? null : name(decision.ranked().get(0));
    }

    private static Map<String, Recommendation> byName(Decision decision) {
        Map<String, Recommendation> byName = new LinkedHashMap<>();
        decision.ranked().forEach(each -> byName.putIfAbsent(name(each), each));
        decision.rejected().forEach(each -> byName.putIfAbsent(name(each), each));
        return byName;
    }

    /**
     * As cases name it: hardware, devices, how it is come by, engine, precision; before them the model, where several are
     * compared. Replicas follow from the estimate.
     */
    private static String name(Recommendation each) {
        Deployment it = each.assessment().deployment();
        String model =
                each.assessment().comparesModels() ? each.assessment().model().id() + " on " : "";
        return model + it.hardware().id() + " × " + it.devices() + " " + Choice.id(it.acquisition())
                + (it.offer() == null ? "" : " (" + it.offer().id() + ")") + " "
                + it.engine().id() + " " + it.quantization().id();
    }

    private static Change change(String name, @Nullable Recommendation before, @Nullable Recommendation after) {
        Map<Step, Double> steps = new LinkedHashMap<>();
        List<String> rejections = new ArrayList<>();
        if (before != null && after != null) {
            for (Step step : Step.values()) {
                double difference = score(after, step) - score(before, step);
                if (Math.abs(difference) >= VISIBLE_POINTS) {
                    steps.put(step, difference);
                }
            }
        }
        if (after != null) {
            newRejections(before, after).forEach(each -> rejections.add(each.message()));
        }
        return new Change(
                name,
                before == null ? null : before.score(),
                after == null ? null : after.score(),
                before == null ? null : before.verdict(),
                after == null ? null : after.verdict(),
                steps,
                rejections);
    }

    private static boolean isVisible(Change change) {
        return change.scoreBefore() == null
                || !change.steps().isEmpty()
                || !change.newRejections().isEmpty()
                || change.verdictBefore() != change.verdictAfter();
    }

    private static double score(Recommendation each, Step step) {
        return each.steps().stream()
                .filter(contribution -> contribution.step() == step)
                .mapToDouble(Contribution::score)
                .sum();
    }
}
