package quartermaster.decision.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.decision.Step;
import quartermaster.decision.Verdict;
import quartermaster.estimate.Deployment;
import quartermaster.unit.Choice;

/**
 * What another version would change in the answer to a request.
 *
 * @param about the case or the decision that was asked again
 * @param winnerBefore in words; null where nothing was suitable
 * @param changes candidates whose score or verdict differ, as they rank now
 */
public record Comparison(
        String about,
        @Nullable String winnerBefore,
        @Nullable String winnerAfter,
        List<Change> changes) {
    private static final double VISIBLE_POINTS = 0.005;

    public Comparison {
        changes = List.copyOf(changes);
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
        return winnerBefore == null ? winnerAfter != null : !winnerBefore.equals(winnerAfter);
    }

    public static Comparison of(String about, Decision before, Decision after) {
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
        return new Comparison(about, winner(before), winner(after), changes);
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

    /** As cases name it: hardware, devices, how it is come by, engine, precision. Replicas follow from the estimate. */
    private static String name(Recommendation each) {
        Deployment it = each.assessment().deployment();
        return it.hardware().id() + " × " + it.devices() + " " + Choice.id(it.acquisition())
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
            after.findings().stream()
                    .filter(each -> each.severity() == Severity.REJECTION)
                    .filter(each -> before == null
                            || before.findings().stream()
                                    .noneMatch(old -> old.severity() == Severity.REJECTION
                                            && old.code().equals(each.code())))
                    .forEach(each -> rejections.add(each.message()));
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
