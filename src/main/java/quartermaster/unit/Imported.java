package quartermaster.unit;

import java.util.List;

/**
 * What could be read, with everything that was wrong on the way.
 *
 * @param value what was understood; complete only where {@code problems} is empty
 */
public record Imported<T>(T value, List<Problem> problems) {
    public Imported {
        problems = List.copyOf(problems);
    }

    public boolean isClean() {
        return problems.isEmpty();
    }
}
