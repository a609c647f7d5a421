package quartermaster.unit;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies of records in which one component has another value. */
public final class Records {
    private Records() {}

    /** @param path of components from the record, e.g. {@code budget.monthlyUsd} */
    public static @Nullable Object get(Record record, String path) {
        int dot = path.indexOf('.');
        Object value = read(record, component(record, dot < 0 ? path : path.substring(0, dot)));
        if (dot < 0) {
            return value;
        }
        return value instanceof Record inner ? get(inner, path.substring(dot + 1)) : null;
    }

    /**
     * A copy with another value at the end of the path.
     *
     * @throws IllegalArgumentException where the path leads nowhere
     */
    public @SuppressWarnings("unchecked") // a record's own canonical constructor
    static <R extends Record> R with(R record, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        RecordComponent changed = component(record, dot < 0 ? path : path.substring(0, dot));
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = read(record, components[i]);
            if (components[i].getName().equals(changed.getName())) {
                values[i] = dot < 0 ? value : with((Record) require(values[i], path), path.substring(dot + 1), value);
            }
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            return (R) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(record.getClass().getSimpleName() + " cannot be copied with " + path, e);
        }
    }

    /** The type of the component at the end of the path. */
    public static Class<?> type(Record record, String path) {
        int dot = path.indexOf('.');
        RecordComponent component = component(record, dot < 0 ? path : path.substring(0, dot));
        return dot < 0
                ? component.getType()
                : type((Record) require(read(record, component), path), path.substring(dot + 1));
    }

    private static RecordComponent component(Record record, String name) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        record.getClass().getSimpleName() + " has no component " + name + "."));
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(component + " cannot be read.", e);
        }
    }

    private static Object require(@Nullable Object value, String path) {
        if (value == null) {
            throw new IllegalArgumentException("Nothing stands where " + path + " begins.");
        }
        return value;
    }
}
