package quartermaster.modelfile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a GGUF file up to its data, and not a byte of that; every count and length in it is checked before it is used. */
final class GgufParser {
    static final byte[] MAGIC = {'G', 'G', 'U', 'F'};
    static final long LONGEST_HEADER = 256L << 20; // vocabularies of half a million words take about 20 MiB

    private static final int MOST_KEYS = 10_000;
    private static final int MOST_TENSORS = 200_000;
    private static final int LONGEST_NAME = 1_024;
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_LIST = 10_000;
    private static final int MOST_DIMENSIONS = 4;
    private static final int DEEPEST = 4;
    private static final long LARGEST_DIMENSION = 1L << 40;
    private static final int TEXT = 8;
    private static final int LIST = 9;

    private final InputStream in;
    private long position;
    private String inside = "the first bytes";

    private GgufParser(InputStream in) {
        this.in = in;
    }

    static GgufHeader read(InputStream in) throws IOException, BadGgufException {
        GgufParser parser = new GgufParser(in);
        try {
            return parser.header();
        } catch (EOFException e) {
            throw new BadGgufException("The file ends after " + parser.position + " bytes, inside " + parser.inside
                    + ". Maybe it was not downloaded to its end.");
        }
    }

    private GgufHeader header() throws IOException, BadGgufException {
        for (byte expected : MAGIC) {
            if (bytes(1).get() != expected) {
                throw new BadGgufException("The file does not begin with GGUF.");
            }
        }
        long version = bytes(4).getInt() & 0xffffffffL;
        if (version != 2 && version != 3) {
            int reversed = Integer.reverseBytes((int) version);
            boolean swapped = reversed >= 1 && reversed <= 3;
            throw new BadGgufException(
                    swapped
                            ? "The file is written for machines with the highest byte first, which is not read here."
                            : "Version " + version + " of GGUF is not known; expected 2 or 3.");
        }
        long tensors = count("tensors", MOST_TENSORS);
        long keys = count("keys", MOST_KEYS);
        Map<String, Object> values = values(keys);
        return new GgufHeader(values, tensors(tensors), position);
    }

    private Map<String, Object> values(long count) throws IOException, BadGgufException {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (long i = 0; i < count; i++) {
            inside = "key " + (i + 1) + " of " + count;
            String key = name("A key");
            inside = "the value of " + key;
            if (!seen.add(key)) {
                throw new BadGgufException("Key " + key + " stands here more than once.");
            }
            Object value = value(bytes(4).getInt(), 0);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    private List<GgufHeader.Tensor> tensors(long count) throws IOException, BadGgufException {
        List<GgufHeader.Tensor> tensors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (long i = 0; i < count; i++) {
            inside = "the description of tensor " + (i + 1) + " of " + count;
            String name = name("A tensor's name");
            int dimensions = bytes(4).getInt();
            if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
                throw new BadGgufException("Tensor " + name + " has " + (dimensions & 0xffffffffL)
                        + " dimensions; expected " + MOST_DIMENSIONS + " at most.");
            }
            if (!seen.add(name)) {
                throw new BadGgufException("Tensor " + name + " stands here more than once.");
            }
            List<Long> shape = new ArrayList<>();
            for (int dimension = 0; dimension < dimensions; dimension++) {
                shape.add(dimension(name));
            }
            skip(4 + 8); // type and place of the data
            tensors.add(new GgufHeader.Tensor(name, shape));
        }
        return tensors;
    }

    private long dimension(String tensor) throws IOException, BadGgufException {
        long size = bytes(8).getLong();
        if (size < 1 || size > LARGEST_DIMENSION) {
            throw new BadGgufException("Tensor " + tensor + " has a dimension of " + Long.toUnsignedString(size)
                    + "; expected 1 to " + LARGEST_DIMENSION + ".");
        }
        return size;
    }

    /** Null where the value is too long to matter. */
    private @Nullable Object value(int type, int depth) throws IOException, BadGgufException {
        return switch (type) {
            case 0 -> (long) (bytes(1).get() & 0xff);
            case 1 -> (long) bytes(1).get();
            case 2 -> (long) (bytes(2).getShort() & 0xffff);
            case 3 -> (long) bytes(2).getShort();
            case 4 -> bytes(4).getInt() & 0xffffffffL;
            case 5 -> (long) bytes(4).getInt();
            case 6 -> (double) bytes(4).getFloat();
            case 7 -> bytes(1).get() != 0;
            case TEXT -> text();
            case LIST -> list(depth);
            case 10, 11 -> bytes(8).getLong();
            case 12 -> bytes(8).getDouble();
            default ->
                throw new BadGgufException(
                        "In " + inside + ": type " + (type & 0xffffffffL) + " is not known; expected 0 to 12.");
        };
    }

    private Object list(int depth) throws IOException, BadGgufException {
        int type = bytes(4).getInt();
        long length = bytes(8).getLong();
        if (depth == DEEPEST) {
            throw new BadGgufException("In " + inside + ": more than " + DEEPEST + " lists inside each other.");
        }
        if (length < 0 || length > LONGEST_HEADER) {
            throw new BadGgufException("In " + inside + ": a list of " + Long.toUnsignedString(length)
                    + " entries; expected " + LONGEST_HEADER + " at most.");
        }
        List<Object> kept = new ArrayList<>();
        boolean keep = type != TEXT && type != LIST && length <= LONGEST_LIST;
        if (!keep && size(type) > 0) {
            skip(length * size(type));
            return new GgufHeader.Length(length);
        }
        for (long i = 0; i < length; i++) {
            if (type == TEXT) {
                skip(textLength());
            } else {
                Object entry = value(type, depth + 1);
                if (keep && entry != null) {
                    kept.add(entry);
                }
            }
        }
        return keep ? kept : new GgufHeader.Length(length);
    }

    /** In bytes; 0 where values of the type differ in it. */
    private static int size(int type) {
        return switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            default -> 0;
        };
    }

    private @Nullable String text() throws IOException, BadGgufException {
        long length = textLength();
        if (length > LONGEST_TEXT) {
            skip(length);
            return null;
        }
        return StandardCharsets.UTF_8.decode(bytes((int) length)).toString();
    }

    private String name(String what) throws IOException, BadGgufException {
        long length = textLength();
        if (length < 1 || length > LONGEST_NAME) {
            throw new BadGgufException(
                    "In " + inside + ": " + what + " of " + length + " bytes; expected 1 to " + LONGEST_NAME + ".");
        }
        return StandardCharsets.UTF_8.decode(bytes((int) length)).toString();
    }

    private long textLength() throws IOException, BadGgufException {
        long length = bytes(8).getLong();
        if (length < 0 || length > LONGEST_HEADER) {
            throw new BadGgufException("In " + inside + ": a text of " + Long.toUnsignedString(length)
                    + " bytes; expected " + LONGEST_HEADER + " at most.");
        }
        return length;
    }

    private long count(String what, int most) throws IOException, BadGgufException {
        long count = bytes(8).getLong();
        if (count < 0 || count > most) {
            throw new BadGgufException("The file claims " + Long.toUnsignedString(count) + " " + what + "; expected "
                    + most + " at most.");
        }
        return count;
    }

    private ByteBuffer bytes(int count) throws IOException, BadGgufException {
        advance(count);
        byte[] read = in.readNBytes(count);
        if (read.length < count) {
            position -= count - read.length;
            throw new EOFException();
        }
        return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void skip(long count) throws IOException, BadGgufException {
        long before = position;
        advance(count);
        long left = count;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped <= 0 && in.read() < 0) {
                position = before + count - left;
                throw new EOFException();
            }
            left -= Math.max(1, skipped);
        }
    }

    private void advance(long count) throws BadGgufException {
        position += count;
        if (position > LONGEST_HEADER) {
            throw new BadGgufException(
                    "The header is longer than " + (LONGEST_HEADER >> 20) + " MiB, inside " + inside + ".");
        }
    }
}
