package quartermaster.decision.cases;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.Step;
import quartermaster.decision.cases.CaseOutcome.Check;
import quartermaster.decision.engine.Decider;
import quartermaster.decision.engine.RuleBook;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

/** Runs cases: the proof that changed rules, tables or sheets still say what must stay true. */
public final class Cases {
    private Cases() {}

    /** The outcome of each case, in their order. */
    public static List<CaseOutcome> run(Decider decider, List<Case> cases) {
        return run(decider, cases, () -> {});
    }

    /** @param before each of them, whatever thread runs it */
    public static List<CaseOutcome> run(Decider decider, List<Case> cases, Runnable before) {
        keep(decider, cases);
        return cases.parallelStream()
                .map(each -> {
                    before.run();
                    return outcome(each, decider.decide(each.request()), any -> {});
                })
                .toList();
    }

    /** @param seen is shown every decision */
    public static List<CaseOutcome> run(Decider decider, List<Case> cases, Consumer<Decision> seen) {
        keep(decider, cases);
        return cases.stream()
                .map(each -> outcome(each, decider.decide(each.request()), seen))
                .toList();
    }

    private static void keep(Decider decider, List<Case> cases) {
        decider.keep(cases.stream().map(Case::request).toList());
    }

    /**
     * Outcomes with what an earlier version says to the same cases.
     *
     * @param known the cases of the earlier version
     */
    public static List<CaseOutcome> after(Decider earlier, List<Case> known, List<CaseOutcome> outcomes) {
        Map<String, Case> byId = new HashMap<>();
        known.forEach(each -> byId.put(each.id(), each));
        return outcomes.parallelStream()
                .map(each -> {
                    Case tested = each.tested();
                    CaseOutcome before = outcome(tested, earlier.decide(tested.request()), any -> {});
                    return each.after(before, tested.demandsTheSame(byId.get(tested.id())));
                })
                .toList();
    }

    private static CaseOutcome outcome(Case each, Imported<@Nullable Decision> decided, Consumer<Decision> seen) {
        Decision decision = decided.value();
        if (decision == null) {
            return new CaseOutcome(each, List.of(notUnderstood(decided.problems())), null, null);
        }
        if (!decision.problems().isEmpty()) {
            return new CaseOutcome(each, List.of(notUnderstood(decision.problems())), null, null);
        }
        seen.accept(decision);
        CaseAnswer answer = new CaseAnswer(decision);
        return new CaseOutcome(
                each,
                Stream.concat(
                                badMessages(decision),
                                each.expectations().stream().map(expected -> check(each, answer, expected)))
                        .toList(),
                Comparison.winner(decision),
                null);
    }

    /** Messages are put together when somebody reads them: whether they can be is proved here. */
    private static Stream<Check> badMessages(Decision decision) {
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .flatMap(each -> each.findings().stream())
                .flatMap(finding -> finding.badFormat().stream()
                        .map(bad -> new Check(
                                "Message", CaseKind.TRUTH, "of " + finding.code() + " at " + finding.at(), bad, false)))
                .distinct();
    }

    /** Every code that a finding may bear; rules that let a table score bear none. */
    public static Set<String> findingCodes(RuleBook rules) {
        Set<String> codes = new TreeSet<>();
        rules.rules().forEach(rule -> codes.add(rule.name()));
        for (Step step : Step.values()) {
            codes.remove(step.id());
            codes.add(step.id() + "-ruled-out");
        }
        return codes;
    }

    private static Check check(Case tested, CaseAnswer answer, Expectation expected) {
        CaseColumn column = expected.column();
        return new Check(
                column.header(),
                tested.kindOf(column),
                expected.text(),
                column.found(answer, expected),
                column.holds(answer, expected));
    }

    private static Check notUnderstood(List<Problem> problems) {
        String found = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
        return new Check("Request", CaseKind.TRUTH, "can be understood", found, false);
    }
}
