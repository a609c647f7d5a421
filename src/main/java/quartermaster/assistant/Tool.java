package quartermaster.assistant;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;

/** Something that an assistant may ask for. */
interface Tool {
    String name();

    String title();

    /** For the model that chooses among tools. */
    String description();

    /** JSON Schema of its arguments: an object. */
    Map<String, Object> schema();

    /** What a caller needs, where there are keys. */
    Role needs();

    /** @throws ToolFailure where the arguments are wrong */
    ToolAnswer call(Map<String, @Nullable Object> arguments, Caller caller) throws Exception;
}
