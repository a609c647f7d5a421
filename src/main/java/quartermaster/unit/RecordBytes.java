package quartermaster.unit;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as bytes, and back, for the same program only: records, lists, enums, texts, numbers, truth values and nulls in any
 * depth. A text stands there once, and so does a record or a list that several hold.
 */
public final class RecordBytes {
    private static final String OURS = "quartermaster.";
    private static final int DEEPEST = 30;

    private static final byte NULL = 0;
    private static final byte TEXT = 1;
    private static final byte DOUBLE = 2;
    private static final byte INTEGER = 3;
    private static final byte LONG = 4;
    private static final byte TRUE = 5;
    private static final byte FALSE = 6;
    private static final byte LIST = 7;
    private static final byte RECORD = 8;
    private static final byte ENUM = 9;
    private static final byte SEEN = 10;

    private RecordBytes() {}

    /** @throws IllegalArgumentException where it holds anything else */
    public static byte[] of(Record record) {
        Writer writer = new Writer();
        writer.value(record);
        return writer.whole();
    }

    /**
     * What {@link #of} made bytes of.
     *
     * @throws RuntimeException where they are none of a record of that type
     */
    public static <R extends Record> R read(byte[] bytes, int from, Class<R> type) {
        return type.cast(new Reader(bytes, from).read());
    }

    private static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final Map<String, Integer> texts = new LinkedHashMap<>();
        private final Map<Class<?>, Integer> types = new LinkedHashMap<>();
        private final Map<Object, Integer> seen = new IdentityHashMap<>();

        /** Texts and types first, by whose numbers the values name them. */
        byte[] whole() {
            byte[] values = out.toByteArray();
            out.reset();
            List<String> names = types.keySet().stream().map(Class::getName).toList();
            for (List<String> each : List.of(List.copyOf(texts.keySet()), names)) {
                number(each.size());
                each.forEach(text -> {
                    byte[] content = text.getBytes(StandardCharsets.UTF_8);
                    number(content.length);
                    out.writeBytes(content);
                });
            }
            out.writeBytes(values);
            return out.toByteArray();
        }

        void value(@Nullable Object value) {
            if (value == null) {
                out.write(NULL);
            } else if (value instanceof String text) {
                out.write(TEXT);
                number(texts.computeIfAbsent(text, each -> texts.size()));
            } else if (value instanceof Double number) {
                out.write(DOUBLE);
                eightBytes(Double.doubleToRawLongBits(number));
            } else if (value instanceof Integer number) {
                out.write(INTEGER);
                number(number << 1 ^ number >> 31); // small ones are short, also below 0
            } else if (value instanceof Long number) {
                out.write(LONG);
                eightBytes(number);
            } else if (value instanceof Boolean truth) {
                out.write(truth ? TRUE : FALSE);
            } else if (value instanceof Enum<?> constant) {
                out.write(ENUM);
                type(constant.getDeclaringClass());
                number(constant.ordinal());
            } else if (seen.containsKey(value)) {
                out.write(SEEN);
                number(seen.get(value));
            } else {
                several(value);
                seen.put(value, seen.size());
            }
        }

        private void several(Object value) {
            if (value instanceof List<?> list) {
                out.write(LIST);
                number(list.size());
                list.forEach(this::value);
            } else if (value instanceof Record record) {
                out.write(RECORD);
                type(record.getClass());
                Records.values(record).values().forEach(this::value);
            } else {
                throw new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written.");
            }
        }

        private void type(Class<?> type) {
            number(types.computeIfAbsent(type, each -> types.size()));
        }

        private void eightBytes(long number) {
            out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        }

        private void number(int number) {
            int rest = number;
            while ((rest & ~0x7f) != 0) {
                out.write(rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            out.write(rest);
        }
    }

    private static final class Reader {
        private final KeptSource in;
        private final List<Object> seen = new ArrayList<>();
        private String[] texts = {};
        private Object[][] constants = {}; // of enums
        private Constructor<?>[] constructors = {}; // of records; none where there is an enum
        private int depth;

        Reader(byte[] bytes, int from) {
            this.in = new KeptSource(bytes, from);
        }

        @Nullable
        Object read() {
            texts = in.texts();
            String[] names = in.texts();
            constants = new Object[names.length][];
            constructors = new Constructor<?>[names.length];
            for (int i = 0; i < names.length; i++) {
                find(names[i], i);
            }
            Object value = value();
            if (!in.isAtEnd()) {
                throw new IllegalArgumentException("More stands behind the record.");
            }
            return value;
        }

        private void find(String name, int number) {
            try {
                Class<?> type = Class.forName(name, false, RecordBytes.class.getClassLoader());
                if (!name.startsWith(OURS) || !type.isRecord() && !type.isEnum()) {
                    throw new IllegalArgumentException(name + " is no record and no enum of this program.");
                }
                constants[number] = type.isEnum() ? type.getEnumConstants() : new Object[0];
                if (type.isRecord()) {
                    constructors[number] = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("There is no " + name + ".", e);
            }
        }

        private @Nullable Object value() {
            byte kind = in.next();
            return switch (kind) {
                case NULL -> null;
                case TEXT -> texts[in.whole()];
                case DOUBLE -> Double.longBitsToDouble(in.eightBytes());
                case INTEGER -> integer(in.whole());
                case LONG -> in.eightBytes();
                case TRUE -> Boolean.TRUE;
                case FALSE -> Boolean.FALSE;
                case ENUM -> constants[in.whole()][in.whole()];
                case SEEN -> seen.get(in.whole());
                case LIST, RECORD -> several(kind);
                default -> throw new IllegalArgumentException("There is no kind " + kind + ".");
            };
        }

        private Object several(byte kind) {
            if (++depth > DEEPEST) {
                throw new IllegalArgumentException("It is too deep.");
            }
            Object made = kind == LIST ? list() : record();
            depth--;
            seen.add(made);
            return made;
        }

        private Object list() {
            @Nullable Object[] values = new @Nullable Object[in.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value();
            }
            return List.of(values);
        }

        private Object record() {
            Constructor<?> constructor = constructors[in.whole()];
            if (constructor == null) {
                throw new IllegalArgumentException("A record was expected.");
            }
            @Nullable Object[] values = new @Nullable Object[constructor.getParameterCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value();
            }
            try {
                return constructor.newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(constructor + " does not take what is kept.", e);
            }
        }

        private static int integer(int number) {
            return number >>> 1 ^ -(number & 1);
        }
    }
}
