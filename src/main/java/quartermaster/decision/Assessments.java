package quartermaster.decision;

import java.util.List;

/** All candidates of a request together, for the rules that let tables score them. */
public record Assessments(List<Assessment> all) {
    public Assessments {
        all = List.copyOf(all);
    }
}
