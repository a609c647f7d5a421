package quartermaster.unit;

import java.nio.charset.StandardCharsets;

/**
 * Kept bytes, read from the first to the last: an array and a place in it, and nothing around them, as at a start all of this
 * is still interpreted.
 *
 * <p>Whole numbers take seven bits a byte, the lowest first; texts begin with their length, in bytes of UTF-8. What ends too
 * early throws {@link IndexOutOfBoundsException}.
 */
public final class KeptSource {
    private final byte[] bytes;
    private int at;

    public KeptSource(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    public boolean isAtEnd() {
        return at == bytes.length;
    }

    public byte next() {
        return bytes[at++];
    }

    public int whole() {
        int number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    /**
     * Of things that take a byte each at least.
     *
     * @throws IllegalArgumentException where fewer bytes follow
     */
    public int count() {
        int count = whole();
        if (count < 0 || count > bytes.length - at) {
            throw new IllegalArgumentException("More is announced than follows.");
        }
        return count;
    }

    /** @throws IllegalArgumentException where fewer bytes follow */
    public String[] texts() {
        String[] texts = new String[count()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text();
        }
        return texts;
    }

    /** @throws IllegalArgumentException where fewer bytes follow */
    public String text() {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public long eightBytes() {
        return (long) fourBytes() << Integer.SIZE | fourBytes() & 0xffffffffL;
    }

    public int fourBytes() {
        int number =
                bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
        at += Integer.BYTES;
        return number;
    }
}
