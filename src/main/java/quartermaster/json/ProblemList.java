package quartermaster.json;

import java.util.ArrayList;
import java.util.List;
import quartermaster.unit.Problem;

/** What is wrong with one request; a hopeless one is not listed to its end. */
public final class ProblemList {
    static final int LISTED_AT_MOST = 1_000;

    private final List<Problem> problems = new ArrayList<>();
    private int unlisted;

    void add(String code, String message, String at) {
        if (problems.size() < LISTED_AT_MOST) {
            problems.add(new Problem(code, message, at));
        } else {
            unlisted++;
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> toList() {
        List<Problem> all = new ArrayList<>(problems);
        if (unlisted > 0) {
            all.add(new Problem("too-many-problems", "There are " + unlisted + " more problems.", ""));
        }
        return List.copyOf(all);
    }
}
