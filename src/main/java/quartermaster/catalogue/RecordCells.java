package quartermaster.catalogue;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;
import quartermaster.unit.Records;

/** What a record says in the cells of its row, by the {@link Column} of each component. */
public final class RecordCells {
    private RecordCells() {}

    /** By the headers of its columns: numbers, texts, and null for an empty cell. */
    public static Map<String, @Nullable Object> of(Record record) {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        for (RecordComponent each : record.getClass().getRecordComponents()) {
            Object value = Records.get(record, each.getName());
            if (each.isAnnotationPresent(Column.class)) {
                cells.put(header(each), cell(value, allowed(each)));
            } else if (value instanceof Record inner) {
                cells.putAll(of(inner));
            }
        }
        return cells;
    }

    private static @Nullable Object cell(@Nullable Object value, String allowed) {
        if (value instanceof Boolean yes) {
            String[] words = (allowed.isEmpty() ? "yes, no" : allowed).split(", ");
            return yes ? words[0] : words[1];
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? null : list.stream().map(String::valueOf).collect(Collectors.joining("; "));
        }
        return value instanceof Enum<?> constant ? Choice.id(constant) : value;
    }

    public static String header(RecordComponent component) {
        return component.getAnnotation(Column.class).value().split(": ")[0];
    }

    /** What may stand there beyond what the component's type says; empty where nothing is said. */
    public static String allowed(RecordComponent component) {
        String column = component.getAnnotation(Column.class).value();
        return column.substring(Math.min(column.length(), header(component).length() + 2));
    }
}
