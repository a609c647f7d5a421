package quartermaster.json;

import java.util.ArrayList;
import java.util.List;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** What is wrong with one request; a hopeless one is not listed to its end. */
public final class ProblemList {
    static final int LISTED_AT_MOST = 1_000;

    private final List<Problem> problems = new ArrayList<>();
    private int unlisted;

    void add(String code, String message, String at) {
        add(new Problem(code, message, new Place.Pointer(at)));
    }

    void add(Problem problem) {
        if (problems.size() < LISTED_AT_MOST) {
            problems.add(problem);
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
            all.add(new Problem(
                    "too-many-problems", "There are " + unlisted + " more problems.", new Place.Pointer("")));
        }
        return List.copyOf(all);
    }
}
