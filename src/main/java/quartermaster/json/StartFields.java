package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.Map;
import quartermaster.launch.Start;

/** What starts a deployment, as fields of an answer. */
final class StartFields {
    private StartFields() {}

    static Map<String, Object> of(Start start) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("command", start.command());
        if (start.manifest() != null) {
            fields.put("manifest", start.manifest());
        }
        fields.put("engineVersion", start.engineVersion());
        fields.put("checked", start.checked());
        return fields;
    }
}
