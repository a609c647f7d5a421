package quartermaster.decision.cases;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A case and how its decision compares with it.
 *
 * @param winner the best candidate; null where nothing is suitable, or the request was not understood
 * @param earlier what the version before decided; null where nobody asked it
 */
public record CaseOutcome(
        Case tested,
        List<Check> checks,
        @Nullable String winner,
        @Nullable Earlier earlier) {
    public CaseOutcome {
        checks = List.copyOf(checks);
    }

    /**
     * What was expected beside what was found.
     *
     * @param kind {@link CaseKind#TRUTH} or {@link CaseKind#PREFERENCE}
     */
    public record Check(String column, CaseKind kind, String expected, String found, boolean holds) {
        @Override
        public String toString() {
            return (holds ? "  holds  " : "  FAILS  ") + column + ": " + expected + "\n         found: " + found;
        }
    }

    /**
     * What the version before said to the same request.
     *
     * @param winner null where nothing was suitable
     * @param failedAlike whether the same case failed there in the same way, so that nobody has to say yes again
     */
    public record Earlier(@Nullable String winner, boolean failedAlike) {}

    /** @param before the same case as an earlier version decides it */
    CaseOutcome after(CaseOutcome before, boolean wasDemanded) {
        boolean alike = wasDemanded
                && Objects.equals(winner, before.winner)
                && before.demandsFailed().containsAll(demandsFailed());
        return new CaseOutcome(tested, checks, winner, new Earlier(before.winner, alike));
    }

    private Set<String> demandsFailed() {
        return failed().map(check -> check.column() + ": " + check.expected()).collect(Collectors.toSet());
    }

    /** The same with candidates as people call them. */
    public CaseOutcome called(UnaryOperator<String> name) {
        return new CaseOutcome(
                tested,
                checks,
                winner == null ? null : name.apply(winner),
                earlier == null || earlier.winner() == null
                        ? earlier
                        : new Earlier(name.apply(earlier.winner()), earlier.failedAlike()));
    }

    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    /** Something that is so is said otherwise. */
    public boolean breaksTruth() {
        return failed().anyMatch(check -> check.kind() == CaseKind.TRUTH);
    }

    /** It fails, and only because of what somebody may want otherwise. */
    public boolean changesPreference() {
        return !holds() && !breaksTruth();
    }

    /** Only a preference, and one that was not given up before. */
    public boolean needsYes() {
        return changesPreference() && (earlier == null || !earlier.failedAlike());
    }

    public Stream<Check> failed() {
        return checks.stream().filter(check -> !check.holds());
    }

    /** Who wins now and who won before, e.g. {@code Wins now: …, before: ….} */
    public String winners() {
        return "Wins now: " + orNothing(winner)
                + (earlier == null ? "" : ", before: " + orNothing(earlier.winner()))
                + ".";
    }

    private static String orNothing(@Nullable String winner) {
        return winner == null ? "nothing" : winner;
    }

    /** In one line: what it expected and did not find. */
    public String inShort() {
        String failed = failed().map(
                        check -> check.column() + " " + check.expected().replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
        return tested.id() + " (" + tested.at() + ") expects " + failed;
    }

    @Override
    public String toString() {
        String lines = checks.stream().map(Check::toString).collect(Collectors.joining("\n"));
        String winners = changesPreference() ? "\n         " + winners() : "";
        return tested.id() + " (" + tested.at() + "): " + tested.statement() + "\n" + lines + winners;
    }
}
