package quartermaster.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.analysis.PolicyFinding;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseOutcome;

/** What to do about a change that is not in force, in a sentence or two. */
final class Remedy {
    private static final int DIGITS = 19; // "sha256:" and enough to tell versions apart
    private static final String YES = "?force=true&reason=…, which is kept";

    private Remedy() {}

    /** @param inForce the version that stays; null where there is none */
    static String onDisk(boolean problems, List<CaseOutcome> failed, @Nullable String inForce) {
        String mend = problems || breaksTruth(failed)
                ? mend(problems, failed) + " and save again."
                : "Nothing is wrong, but others win than the failed cases want. If that is meant, say yes: change what"
                        + " they expect in rules/cases.xlsx and save, or send the saved policy or catalogue to"
                        + " PUT /rules/policy or PUT /catalogue with " + YES + ".";
        return inForce == null
                ? mend
                : mend + " To give the change up: POST /versions/"
                        + inForce.substring(0, Math.min(DIGITS, inForce.length()))
                        + "/activate?reason=… with If-Match: *, which keeps it aside.";
    }

    static String sent(Preview preview) {
        boolean problems = !preview.problems().isEmpty();
        List<CaseOutcome> failed = preview.cases();
        if (problems || breaksTruth(failed)) {
            return mend(problems, failed) + " and send it again.";
        }
        String others = "others win than the failed cases want. If that is meant, change what they expect in"
                + " rules/cases.xlsx";
        String odd = preview.analysis().stream().noneMatch(PolicyFinding::isProblem)
                ? "Nothing is wrong, but " + others
                : "Mend what the analysis found" + (failed.isEmpty() ? "" : "; besides, " + others);
        return odd + ", or send it again with " + YES + ".";
    }

    /** Of a version that is gone back to. */
    static String activated(List<CaseOutcome> failed) {
        return breaksTruth(failed)
                ? "What its failed cases say is true does not hold with this program, so it cannot be put in force again."
                : "Others win than its own cases want. If that is meant, send it again with " + YES + ".";
    }

    private static boolean breaksTruth(List<CaseOutcome> failed) {
        return failed.stream().anyMatch(CaseOutcome::breaksTruth);
    }

    private static String mend(boolean problems, List<CaseOutcome> failed) {
        String cases = "a failed case says what must be true, and no yes overrules it: mend the change, or the case in"
                + " rules/cases.xlsx if that is wrong,";
        if (problems) {
            return breaksTruth(failed) ? "Mend the places under problems; " + cases : "Mend the places under problems";
        }
        return Character.toUpperCase(cases.charAt(0)) + cases.substring(1);
    }
}
