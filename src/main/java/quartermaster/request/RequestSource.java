package quartermaster.request;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Records;

/** Where the values of a request stand: in JSON, or in the cells of a row. */
public interface RequestSource {
    /** The value of a field, of the type that its record has; null where nothing is said. */
    @Nullable
    Object value(RequestField field);

    /** Whether a part such as {@code workload.fineTuning} is there, though it may say nothing. */
    default boolean has(String path) {
        return false;
    }

    /**
     * A record of the request, made of the rows below a path. Components are asked for in their order.
     *
     * @param path of the record, e.g. {@code workload}; empty for a candidate
     */
    default <R extends Record> R read(Class<R> type, String path, List<RequestField> rows) {
        InlineModel[] inline = new InlineModel[1]; // stands where a model's name would
        return Records.of(type, component -> {
            if (component.getType() == InlineModel.class) {
                return inline[0];
            }
            Object value = value(component, path, rows);
            if (value instanceof InlineModel model) {
                inline[0] = model;
                return null;
            }
            return value;
        });
    }

    private @Nullable Object value(RecordComponent component, String path, List<RequestField> rows) {
        String at = path.isEmpty() ? component.getName() : path + "." + component.getName();
        if (component.getType().isRecord()) {
            return part(component.getType().asSubclass(Record.class), at, rows);
        }
        return rows.stream()
                .filter(each -> each.path().equals(at))
                .findFirst()
                .map(this::value)
                .orElse(null);
    }

    private @Nullable Record part(Class<? extends Record> type, String at, List<RequestField> rows) {
        if (rows.stream().noneMatch(each -> each.path().startsWith(at + "."))) {
            return null;
        }
        Record part = read(type, at, rows);
        return has(at) || !Records.isEmpty(part) ? part : null;
    }
}
