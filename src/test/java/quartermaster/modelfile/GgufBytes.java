package quartermaster.modelfile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the beginning of a GGUF file, key by key and tensor by tensor. */
public final class GgufBytes {
    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private int keyCount;
    private int tensorCount;

    public GgufBytes text(String key, String value) {
        key(key, 8);
        write(keys, text(value));
        return this;
    }

    public GgufBytes number(String key, int value) {
        key(key, 4);
        write(keys, ints(value));
        return this;
    }

    GgufBytes truths(String key, List<Boolean> values) {
        key(key, 9);
        write(keys, ints(7));
        write(keys, longs(values.size()));
        values.forEach(value -> keys.write(value ? 1 : 0));
        return this;
    }

    GgufBytes texts(String key, List<String> values) {
        key(key, 9);
        write(keys, ints(8));
        write(keys, longs(values.size()));
        values.forEach(value -> write(keys, text(value)));
        return this;
    }

    /** A value as its bytes stand in the file. */
    GgufBytes raw(String key, int type, byte[]... value) {
        key(key, type);
        for (byte[] part : value) {
            write(keys, part);
        }
        return this;
    }

    public GgufBytes tensor(String name, long... shape) {
        tensorCount++;
        write(tensors, text(name));
        write(tensors, ints(shape.length));
        for (long dimension : shape) {
            write(tensors, longs(dimension));
        }
        write(tensors, ints(0));
        write(tensors, longs(0));
        return this;
    }

    public byte[] bytes() {
        return bytes(3, tensorCount, keyCount);
    }

    byte[] bytes(int version, long claimedTensors, long claimedKeys) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        write(all, "GGUF".getBytes(StandardCharsets.US_ASCII));
        write(all, ints(version));
        write(all, longs(claimedTensors));
        write(all, longs(claimedKeys));
        write(all, keys.toByteArray());
        write(all, tensors.toByteArray());
        return all.toByteArray();
    }

    static byte[] ints(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] longs(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .put(bytes)
                .array();
    }

    private void key(String key, int type) {
        keyCount++;
        write(keys, text(key));
        write(keys, ints(type));
    }

    private static void write(ByteArrayOutputStream to, byte[] bytes) {
        to.write(bytes, 0, bytes.length);
    }
}
