package quartermaster.workbook.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the letters of a part of XML stand in its bytes, found out from its beginning as parsers do. */
enum XmlEncoding {
    /** It is no XML. */
    NONE,
    /** In one byte each as far as the format uses them: UTF-8 and the like. */
    BYTES,
    BIG_ENDIAN,
    LITTLE_ENDIAN,
    /** In a way that no spreadsheet program writes. */
    STRANGE;

    private static final Pattern ENCODING = Pattern.compile("encoding\\s*=\\s*[\"']([^\"']*)");
    private static final int LONGEST_DECLARATION = 1_000;
    private static final int EBCDIC = 0x4C6FA794; // its "<?xm"
    private static final String PLAIN = "<row c=\"1\"/>";

    /** @param head the first bytes of a part, all of them or at least 64 kB */
    static XmlEncoding of(byte[] head, int length) {
        XmlEncoding letters = byFirstBytes(head, length);
        String start = new String(head, 0, Math.min(length, LONGEST_DECLARATION), letters.charset())
                .replace("\0", "")
                .replaceFirst("^(\ufeff|\u00ef\u00bb\u00bf)", "");
        if (letters == NONE || !start.startsWith("<?xml")) {
            return letters;
        }
        int end = start.indexOf("?>");
        return end >= 0 && letters.fits(start.substring(0, end)) ? letters : STRANGE;
    }

    private static XmlEncoding byFirstBytes(byte[] head, int length) {
        int first = length < 2 ? -1 : (head[0] & 0xFF) << 8 | head[1] & 0xFF;
        int second = length < 4 ? -1 : (head[2] & 0xFF) << 8 | head[3] & 0xFF;
        if (first == 0xFEFF || first == '<' || first == 0 && second == '<') {
            return BIG_ENDIAN;
        }
        if (first == 0xFFFE || first == '<' << 8) {
            return LITTLE_ENDIAN;
        }
        if ((first << 16 | second) == EBCDIC) {
            return STRANGE;
        }
        int i = first == 0xEFBB ? 3 : 0;
        while (i < length && Character.isWhitespace(head[i])) {
            i++;
        }
        return i >= length || head[i] == '<' ? BYTES : NONE;
    }

    private boolean fits(String declaration) {
        Matcher declared = ENCODING.matcher(declaration);
        if (!declared.find()) {
            return true;
        }
        if (this != BYTES && declared.group(1).toUpperCase(Locale.ROOT).startsWith("UTF-16")) {
            return true;
        }
        try { // two bytes a letter under the name of one are of no use to any parser, and hide nothing
            return new String(PLAIN.getBytes(StandardCharsets.US_ASCII), Charset.forName(declared.group(1)))
                    .equals(PLAIN);
        } catch (IllegalArgumentException e) {
            return false; // there is no such encoding
        }
    }

    private Charset charset() {
        return switch (this) {
            case NONE, BYTES, STRANGE -> StandardCharsets.ISO_8859_1;
            case BIG_ENDIAN -> StandardCharsets.UTF_16BE;
            case LITTLE_ENDIAN -> StandardCharsets.UTF_16LE;
        };
    }
}
