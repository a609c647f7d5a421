package quartermaster.assistant;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;

/** Something that an assistant may ask for. */
interface Tool {
    About about();

    /**
     * How it is offered.
     *
     * @param description for the model that chooses among tools
     * @param schema JSON Schema of its arguments: an object
     * @param needs what a caller needs, where there are keys
     */
    record About(String name, String title, String description, Map<String, Object> schema, Role needs) {}

    /** @throws ToolFailure where the arguments are wrong */
    ToolAnswer call(Map<String, @Nullable Object> arguments, Caller caller) throws Exception;
}
