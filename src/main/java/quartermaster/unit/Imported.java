package quartermaster.unit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What could be read, with everything that was wrong on the way.
 *
 * @param value what was understood; complete only where {@code problems} is empty
 */
public record Imported<T extends @Nullable Object>(T value, List<Problem> problems) {
    public Imported {
        problems = List.copyOf(problems);
    }

    /** Nothing was understood. */
    @SuppressWarnings("NullAway") // which does not know yet that this T may be null
    public static <T> Imported<@Nullable T> nothing(List<Problem> problems) {
        return new Imported<>(null, problems);
    }

    public boolean isClean() {
        return problems.isEmpty();
    }
}
