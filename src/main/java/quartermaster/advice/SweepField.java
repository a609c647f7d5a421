package quartermaster.advice;

import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Budget;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.FineTuning;
import quartermaster.request.Workload;
import quartermaster.unit.Ids;
import quartermaster.unit.Records;

/**
 * A field of a request that a sweep may vary.
 *
 * @param path as in the request's JSON, e.g. {@code workload.concurrency}
 * @param type of its values; {@code Set} stands for skills
 */
record SweepField(String path, Class<?> type) {
    private static final String SKILLS = "team.skills";
    private static final String MODEL = "workload.model";
    private static final String TRAINING = "workload.fineTuning";

    static final List<SweepField> ALL = all();

    private static List<SweepField> all() {
        List<SweepField> fields = new ArrayList<>();
        add(fields, "workload.", Workload.class);
        add(fields, TRAINING + ".", FineTuning.class);
        add(fields, "budget.", Budget.class);
        fields.add(new SweepField(SKILLS, Set.class));
        add(fields, "constraints.", Constraints.class);
        fields.add(new SweepField("asOf", LocalDate.class));
        return List.copyOf(fields);
    }

    private static void add(List<SweepField> fields, String at, Class<? extends Record> type) {
        for (RecordComponent each : type.getRecordComponents()) {
            boolean isValue = !each.getType().isRecord() && each.getType() != List.class;
            if (isValue && !each.getName().equals("name")) {
                fields.add(new SweepField(at + each.getName(), each.getType()));
            }
        }
    }

    /** By the path or, as no two fields share it, the last part of the path. */
    static Optional<SweepField> find(String name) {
        String wanted = Ids.normalise(name);
        return ALL.stream()
                .filter(each -> Ids.normalise(each.path).equals(wanted)
                        || Ids.normalise(each.name()).equals(wanted))
                .findFirst();
    }

    /** What somebody probably meant, or what there is. */
    static String hint(String name) {
        boolean isPath = name.contains(".");
        return Ids.hint(
                name, ALL.stream().map(each -> isPath ? each.path : each.name()).toList());
    }

    /** The last part of the path. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    boolean isNumber() {
        return type == Integer.class || type == Double.class;
    }

    boolean isWhole() {
        return type == Integer.class;
    }

    /** Whether a request may leave it unsaid. */
    boolean mayBeUnsaid() {
        return isNumber() || type == String.class || type == Set.class || path.startsWith(TRAINING);
    }

    /** The same request with another value; null leaves it unsaid. */
    DecisionRequest set(DecisionRequest request, @Nullable Object value) {
        if (path.equals(SKILLS)) {
            return Records.with(request, "skills", value);
        }
        if (path.equals(MODEL)) {
            return Records.with(Records.with(request, "workload.inlineModel", null), MODEL, value);
        }
        boolean needsRun = path.startsWith(TRAINING) && request.workload().fineTuning() == null;
        DecisionRequest prepared =
                needsRun ? Records.with(request, TRAINING, new FineTuning(null, null, null)) : request;
        return Records.with(prepared, path, value);
    }
}
