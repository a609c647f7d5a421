package quartermaster.assistant;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool says.
 *
 * @param lines for the model that reads it: short, because it pays for every word
 * @param fields the same for programs
 */
record ToolAnswer(List<String> lines, Map<String, @Nullable Object> fields) {
    ToolAnswer {
        lines = List.copyOf(lines);
    }
}
