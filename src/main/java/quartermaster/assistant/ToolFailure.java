package quartermaster.assistant;

import java.util.List;
import java.util.stream.Collectors;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** What an assistant asked for cannot be done as it was asked: it is told why, so that it asks better. */
public final class ToolFailure extends Exception {
    private static final long serialVersionUID = 1;
    private static final int LISTED_AT_MOST = 20;

    private final transient List<Problem> problems;

    public ToolFailure(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** @param at JSON pointer into the arguments */
    static ToolFailure of(String code, String message, String at) {
        return new ToolFailure(List.of(new Problem(code, message, new Place.Pointer(at))));
    }

    /** A line for each problem: its place, its code, what was found and what was expected. */
    String inWords() {
        String lines = problems.stream()
                .limit(LISTED_AT_MOST)
                .map(each -> (each.at().toString().isEmpty() ? "" : each.at() + ": ") + each.message() + " ["
                        + each.code() + "]")
                .collect(Collectors.joining("\n"));
        return problems.size() <= LISTED_AT_MOST
                ? lines
                : lines + "\nAnd " + (problems.size() - LISTED_AT_MOST) + " more.";
    }

    List<Problem> problems() {
        return problems;
    }
}
