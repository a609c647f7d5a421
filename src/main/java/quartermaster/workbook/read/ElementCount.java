package quartermaster.workbook.read;

import java.util.Set;

/** Counts what stands in parts of XML as they come, without parsing them and whatever they are named. */
final class ElementCount {
    private static final int LONGEST_NAME = 16; // of those that are told apart
    /** Parts whose attributes the library works with; elsewhere, say in a picture, they may be long. */
    private static final Set<String> WORKED_WITH =
            Set.of("worksheet", "styleSheet", "workbook", "sst", "table", "comments", "Relationships", "Types");

    private enum Place {
        TEXT,
        NAME,
        TAG,
        VALUE,
        /** A comment and the like, where nothing is an element. */
        SKIPPED
    }

    private final StringBuilder name = new StringBuilder();
    private XmlEncoding letters = XmlEncoding.NONE;
    private String root = "";
    private boolean workedWith;
    private Place place = Place.TEXT;
    private char quote;
    private int valueLength;
    private char closing; // what ends what is skipped, before a ">"
    private int closingNeeded;
    private int closingSeen;

    private long rows;
    private long cells;
    private long merged;
    private long styles;
    private long stylesOfList;
    private long looks;
    private long columns; // of this part
    private long validations; // of this part
    private long longestValue;
    private long all;

    void startPart(XmlEncoding howItIsWritten) {
        letters = howItIsWritten;
        root = "";
        workedWith = false;
        place = Place.TEXT;
        columns = 0;
        validations = 0;
    }

    /** @param length an even number, but at the end of a part */
    void count(byte[] buffer, int length) {
        switch (letters) {
            case NONE, STRANGE -> {}
            case BYTES -> {
                for (int i = 0; i < length; i++) {
                    next((char) (buffer[i] & 0xFF));
                }
            }
            case BIG_ENDIAN -> {
                for (int i = 0; i + 1 < length; i += 2) {
                    next((char) (buffer[i] << 8 | buffer[i + 1] & 0xFF));
                }
            }
            case LITTLE_ENDIAN -> {
                for (int i = 0; i + 1 < length; i += 2) {
                    next((char) (buffer[i + 1] << 8 | buffer[i] & 0xFF));
                }
            }
        }
    }

    /** Whether the part is a worksheet, as far as it has come. */
    boolean inSheet() {
        return root.equals("worksheet");
    }

    long rows() {
        return rows;
    }

    long cells() {
        return cells;
    }

    long merged() {
        return merged;
    }

    /** The longest list of formats of cells, or of the named ones that they are made from. */
    long styles() {
        return styles;
    }

    /** Fonts, fills and borders that formats of cells are made from. */
    long looks() {
        return looks;
    }

    /** Definitions of columns in this part, a sheet or a table. */
    long columns() {
        return columns;
    }

    /** Data validations in this part. */
    long validations() {
        return validations;
    }

    /** Characters of the longest attribute that the library works with. */
    long longestValue() {
        return longestValue;
    }

    long all() {
        return all;
    }

    private void next(char letter) {
        if (letter == 0) {
            return; // half of a letter in UTF-32
        }
        if (place == Place.SKIPPED) {
            skip(letter);
        } else if (letter == '<') { // which no value may contain
            place = Place.NAME;
            name.setLength(0);
        } else if (place == Place.NAME) {
            nextOfName(letter);
        } else if (place == Place.TAG) {
            nextOfTag(letter);
        } else if (place == Place.VALUE) {
            nextOfValue(letter);
        }
    }

    private void nextOfName(char letter) {
        if (letter == ' ' || letter == '>' || letter == '/' || letter == '\n' || letter == '\r' || letter == '\t') {
            place = letter == '>' ? Place.TEXT : Place.TAG;
            countElement();
        } else if (letter == ':') {
            name.setLength(0);
        } else if (name.length() < LONGEST_NAME) {
            name.append(letter);
            char first = name.charAt(0);
            if (first == '!' || first == '?') {
                skipWhatIsNoElement();
            }
        }
    }

    private void skipWhatIsNoElement() {
        switch (name.toString()) {
            case "?" -> skipTo('?', 1);
            case "!--" -> skipTo('-', 2);
            case "![CDATA[" -> skipTo(']', 2);
            default -> {}
        }
    }

    private void skipTo(char ending, int times) {
        all++;
        place = Place.SKIPPED;
        closing = ending;
        closingNeeded = times;
        closingSeen = 0;
    }

    private void skip(char letter) {
        if (letter == '>' && closingSeen >= closingNeeded) {
            place = Place.TEXT;
        }
        closingSeen = letter == closing ? closingSeen + 1 : 0;
    }

    private void nextOfTag(char letter) {
        if (letter == '>') {
            place = Place.TEXT;
        } else if (letter == '"' || letter == '\'') {
            place = Place.VALUE;
            quote = letter;
            valueLength = 0;
        }
    }

    private void nextOfValue(char letter) {
        if (letter == quote) {
            place = Place.TAG;
        } else if (++valueLength > longestValue && workedWith) {
            longestValue = valueLength;
        }
    }

    private void countElement() {
        if (name.isEmpty()) {
            return; // an end
        }
        all++;
        if (root.isEmpty() && name.charAt(0) != '!') {
            root = name.toString();
            workedWith = WORKED_WITH.contains(root);
        }
        if (name.length() == 1) {
            cells += name.charAt(0) == 'c' ? 1 : 0;
            return;
        }
        switch (name.toString()) {
            case "row" -> rows++;
            case "mergeCell" -> merged++;
            case "cellXfs", "cellStyleXfs" -> stylesOfList = 0;
            case "xf" -> styles = Math.max(styles, ++stylesOfList);
            case "font", "fill", "border" -> looks += root.equals("styleSheet") ? 1 : 0;
            case "col", "tableColumn" -> columns++;
            case "dataValidation" -> validations++;
            default -> {}
        }
    }
}
