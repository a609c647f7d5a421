package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.InlineModel;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Choice;
import quartermaster.unit.Records;

/** Writes requests as {@link RequestReader} reads them: the same request is always the same text. */
public final class RequestWriter {
    private RequestWriter() {}

    /** What was asked, unsaid fields left out and the day pinned. */
    public static String write(DecisionRequest request) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("workload", said(workload(request)));
        fields.put("budget", said(part("budget", request)));
        Map<String, @Nullable Object> team = said(part("team", request));
        if (!team.isEmpty()) {
            fields.put("team", team);
        }
        fields.put("constraints", said(part("constraints", request)));
        if (!request.candidates().isEmpty()) {
            fields.put(
                    "candidates",
                    request.candidates().stream()
                            .map(each -> said(candidate(each)))
                            .toList());
        }
        fields.put("asOf", request.asOf());
        fields.put("explain", Choice.id(request.explain()));
        fields.put("limit", request.limit());
        return JsonText.of(fields);
    }

    /** As it is shown in answers: what was not said is null. */
    static Map<String, @Nullable Object> workload(DecisionRequest request) {
        return part("workload", request);
    }

    /** The fields below a path, and those of a record below them as a map of their own. */
    private static Map<String, @Nullable Object> part(String path, DecisionRequest request) {
        Map<String, @Nullable Object> part = new LinkedHashMap<>();
        for (RequestField field : RequestFields.ALL) {
            if (!field.path().startsWith(path + ".")) {
                continue;
            }
            String inside = field.path().substring(path.length() + 1);
            int dot = inside.indexOf('.');
            if (dot < 0) {
                put(part, field, field.in(request));
            } else {
                String inner = path + "." + inside.substring(0, dot);
                boolean said = Records.get(request, inner) != null;
                if (said || field.shownUnsaid()) {
                    part.putIfAbsent(inside.substring(0, dot), said ? part(inner, request) : null);
                }
            }
        }
        return part;
    }

    static Map<String, @Nullable Object> candidate(Candidate candidate) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        RequestFields.OF_CANDIDATES.stream()
                .filter(each -> !each.path().equals(RequestFields.FOR_WORKLOADS))
                .forEach(each -> put(fields, each, Records.get(candidate, each.path())));
        return fields;
    }

    private static void put(Map<String, @Nullable Object> fields, RequestField field, @Nullable Object value) {
        Object written = written(value);
        if (written != null || field.shownUnsaid()) {
            fields.put(field.name(), written);
        }
    }

    private static @Nullable Object written(@Nullable Object value) {
        if (value instanceof Enum<?> constant) {
            return Choice.id(constant);
        }
        if (value instanceof Set<?> constants) {
            return RequestField.sorted(constants).stream().map(Choice::id).toList();
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? null
                    : list.stream().map(RequestWriter::written).toList();
        }
        if (value instanceof Constraints.Owned owned) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("hardware", owned.hardware());
            fields.put("devices", owned.devices());
            return said(fields);
        }
        if (value instanceof InlineModel model) {
            return model.fields();
        }
        return Boolean.FALSE.equals(value) ? null : value;
    }

    static Map<String, @Nullable Object> said(Map<String, @Nullable Object> fields) {
        fields.values().removeIf(Objects::isNull);
        fields.replaceAll((name, value) -> value instanceof Map<?, ?> inner ? withoutNulls(inner) : value);
        return fields;
    }

    private static Object withoutNulls(Map<?, ?> inner) {
        Map<Object, Object> kept = new LinkedHashMap<>();
        inner.forEach((name, value) -> {
            if (value != null) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
