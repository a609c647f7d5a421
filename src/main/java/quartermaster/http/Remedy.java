package quartermaster.http;

import org.jspecify.annotations.Nullable;

/** What to do about a change that is not in force, in a sentence or two. */
final class Remedy {
    private static final int DIGITS = 19; // "sha256:" and enough to tell versions apart

    private Remedy() {}

    /** @param inForce the version that stays; null where there is none */
    static String onDisk(boolean problems, boolean failedCases, @Nullable String inForce) {
        String mend = mend(problems, failedCases) + " and save again";
        return inForce == null
                ? mend + "."
                : mend + ". To give the change up: POST /versions/"
                        + inForce.substring(0, Math.min(DIGITS, inForce.length())) + "/activate, which keeps it aside.";
    }

    static String sent(boolean problems, boolean failedCases) {
        String mend = mend(problems, failedCases) + " and send it again";
        return problems ? mend + "." : mend + ", or with ?force=true&reason=…, which is kept.";
    }

    private static String mend(boolean problems, boolean failedCases) {
        String cases = "change what the failed cases expect in rules/cases.xlsx if the change is meant";
        if (problems) {
            return failedCases ? "Mend the places under problems, " + cases + "," : "Mend the places under problems";
        }
        return "Mend the change, or " + cases + ",";
    }
}
