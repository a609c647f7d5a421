package quartermaster.decision.rules;

import java.util.List;
import java.util.stream.Collectors;
import quartermaster.unit.Problem;

/** Rules that do not build, with every reason and its place. */
public final class RuleBookException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<Problem> problems;

    public RuleBookException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
