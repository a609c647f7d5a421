package quartermaster.decision.analysis;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * Something to say of a policy before it is used.
 *
 * @param code stable, for programs, e.g. {@code shadowed-row}
 * @param message for people
 * @param at the cell, e.g. {@code rules/policy.xlsx Budget!C4}, or the line of a rule
 * @param example a workload or candidate that shows it, e.g. {@code Workload type batch, Load (%) 96}; null where there
 *     is none to show
 */
public record PolicyFinding(
        String code,
        Level level,
        String message,
        Place at,
        @Nullable String example) {
    public enum Level {
        /** Cannot be meant: the policy is wrong until it is mended. */
        PROBLEM,
        /** May well be meant. */
        ADVICE
    }

    public boolean isProblem() {
        return level == Level.PROBLEM;
    }

    @Override
    public String toString() {
        return at + ": " + message + (example == null ? "" : " Example: " + example + ".");
    }
}
