package quartermaster.decision.cases;

import java.util.List;
import java.util.stream.Collectors;

/** A case and how its decision compares with it. */
public record CaseOutcome(Case tested, List<Check> checks) {
    public CaseOutcome {
        checks = List.copyOf(checks);
    }

    /** What was expected beside what was found. */
    public record Check(String column, String expected, String found, boolean holds) {
        @Override
        public String toString() {
            return (holds ? "  holds  " : "  FAILS  ") + column + ": " + expected + "\n         found: " + found;
        }
    }

    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    /** In one line: what it expected and did not find. */
    public String inShort() {
        String failed = checks.stream()
                .filter(check -> !check.holds())
                .map(check -> check.column() + " " + check.expected().replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
        return tested.id() + " (" + tested.at() + ") expects " + failed;
    }

    @Override
    public String toString() {
        String lines = checks.stream().map(Check::toString).collect(Collectors.joining("\n"));
        return tested.id() + " (" + tested.at() + "): " + tested.statement() + "\n" + lines;
    }
}
