package quartermaster.unit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records made of values by the names of their components, and copies in which one has another value. */
public final class Records {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private Records() {}

    /** What a record is made of; looked at once, since reflection copies it each time. */
    private record Shape(Constructor<?> constructor, List<RecordComponent> components, Map<String, Method> accessors) {
        static Shape of(Class<?> type) {
            List<RecordComponent> components = List.of(type.getRecordComponents());
            Map<String, Method> accessors = new LinkedHashMap<>();
            components.forEach(each -> accessors.put(each.getName(), each.getAccessor()));
            try {
                return new Shape(
                        type.getDeclaredConstructor(components.stream()
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new)),
                        components,
                        accessors);
            } catch (NoSuchMethodException e) {
                throw new IllegalArgumentException(type.getSimpleName() + " is no record.", e);
            }
        }

        @Nullable
        Object read(Record record, String component) {
            Method accessor = accessors.get(component);
            if (accessor == null) {
                throw new IllegalArgumentException(
                        record.getClass().getSimpleName() + " has no component " + component + ".");
            }
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(component + " cannot be read.", e);
            }
        }

        @SuppressWarnings("unchecked") // a record's own canonical constructor
        <R extends Record> R make(@Nullable Object[] values) {
            try {
                return (R) constructor.newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(constructor + " takes no " + Arrays.toString(values) + ".", e);
            }
        }
    }

    /** A record of the values of its components, asked for in their order; no truth value is false. */
    public static <R extends Record> R of(Class<R> type, Function<RecordComponent, @Nullable Object> value) {
        Shape shape = SHAPES.get(type);
        @Nullable Object[] values = new @Nullable Object[shape.components().size()];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = shape.components().get(i);
            Object found = value.apply(component);
            values[i] = found == null && component.getType() == boolean.class ? (Object) false : found;
        }
        return shape.make(values);
    }

    /** The values of its components by their names, in their order. */
    public static Map<String, @Nullable Object> values(Record record) {
        Shape shape = SHAPES.get(record.getClass());
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        shape.accessors().keySet().forEach(each -> values.put(each, shape.read(record, each)));
        return values;
    }

    /** Whether every component is null. */
    public static boolean isEmpty(Record record) {
        Shape shape = SHAPES.get(record.getClass());
        return shape.accessors().keySet().stream().allMatch(each -> shape.read(record, each) == null);
    }

    /** @param path of components from the record, e.g. {@code budget.monthlyUsd} */
    public static @Nullable Object get(Record record, String path) {
        int dot = path.indexOf('.');
        Object value = SHAPES.get(record.getClass()).read(record, dot < 0 ? path : path.substring(0, dot));
        if (dot < 0) {
            return value;
        }
        return value instanceof Record inner ? get(inner, path.substring(dot + 1)) : null;
    }

    /**
     * A copy with another value at the end of the path.
     *
     * @throws IllegalArgumentException where the path leads nowhere, or not to a value of that type
     */
    public static <R extends Record> R with(R record, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        String changed = dot < 0 ? path : path.substring(0, dot);
        Shape shape = SHAPES.get(record.getClass());
        Object before = shape.read(record, changed);
        Object after = dot < 0 ? value : with((Record) require(before, path), path.substring(dot + 1), value);
        return shape.make(shape.accessors().keySet().stream()
                .map(each -> each.equals(changed) ? after : shape.read(record, each))
                .toArray());
    }

    private static Object require(@Nullable Object value, String path) {
        if (value == null) {
            throw new IllegalArgumentException("Nothing stands where " + path + " begins.");
        }
        return value;
    }
}
