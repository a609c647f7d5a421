package quartermaster.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Efficiency;

/** Writes what a calibration has changed between two catalogues. */
public final class RecalibrationWriter {
    private static final int DECIMALS = 4;

    private RecalibrationWriter() {}

    public static Map<String, @Nullable Object> toMap(Catalogue before, Catalogue after) {
        Map<String, Efficiency> earlier = new LinkedHashMap<>();
        before.efficiencies().forEach(each -> earlier.put(key(each), each));
        List<Map<String, @Nullable Object>> changed = new ArrayList<>();
        for (Efficiency row : after.efficiencies()) {
            Efficiency was = earlier.get(key(row));
            if (was == null || !was.constants().equals(row.constants())) {
                changed.add(row(was == null ? null : was.constants(), row));
            }
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("measurementsBefore", before.measurements().size());
        fields.put("measurementsAfter", after.measurements().size());
        fields.put("changedConstants", changed);
        return fields;
    }

    private static Map<String, @Nullable Object> row(@Nullable Constants before, Efficiency row) {
        Constants after = row.constants();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("appliesTo", row.appliesTo());
        fields.put("engine", row.engine());
        fields.put("measurements", row.measurements());
        fields.put("errorPercent", Rounded.to(DECIMALS, row.errorPercent()));
        fields.put("bandwidthEfficiency", change(before == null ? null : before.bandwidth(), after.bandwidth()));
        fields.put("prefillEfficiency", change(before == null ? null : before.prefill(), after.prefill()));
        return fields;
    }

    private static Map<String, @Nullable Object> change(@Nullable Double before, double after) {
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("before", Rounded.to(DECIMALS, before));
        change.put("after", Rounded.to(DECIMALS, after));
        return change;
    }

    private static String key(Efficiency row) {
        return row.appliesTo() + "@" + row.engine();
    }
}
