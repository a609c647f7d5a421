package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.quality.Grade;
import quartermaster.quality.Level;
import quartermaster.unit.Choice;

/** How good a model is for a use, as JSON. */
final class QualityFields {
    private static final int DECIMALS = 1;

    private QualityFields() {}

    static Map<String, @Nullable Object> of(Grade grade) {
        Level level = grade.level();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("use", Choice.id(grade.use()));
        fields.put(
                "level",
                level == null ? null : Rounded.to(DECIMALS, level.points().typical()));
        fields.put(
                "low",
                level == null ? null : Rounded.to(DECIMALS, level.points().low()));
        fields.put(
                "high",
                level == null ? null : Rounded.to(DECIMALS, level.points().high()));
        fields.put("evidence", grade.evidence());
        fields.put("tests", level == null ? 0 : level.tests());
        fields.put("sources", level == null ? List.of() : level.sources());
        return fields;
    }
}
