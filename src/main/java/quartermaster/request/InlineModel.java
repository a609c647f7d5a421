package quartermaster.request;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of a {@code Models} row, given with the request.
 *
 * @param fields by the column's name in camel case without its unit, e.g. {@code totalParameters}: 8.03
 */
public record InlineModel(Map<String, Object> fields) {
    public InlineModel {
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
