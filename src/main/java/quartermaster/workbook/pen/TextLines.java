package quartermaster.workbook.pen;

import java.util.Arrays;

/**
 * How many lines a text takes in a column, words kept whole. Widths are those of Calibri, in hundredths of a digit's
 * width, which is what spreadsheet programs count a column's width in; a little more, since other fonts and bold text are
 * wider.
 */
final class TextLines {
    private static final int DIGIT = 100;
    private static final int BESIDE = 200; // of a column: its margins and the indent of its text
    private static final int MORE_PERCENT = 5;
    private static final int USUAL = 104;
    private static final int WIDE = 200; // what is no letter of ours may be as wide as this
    private static final int[] WIDTHS = widths();

    private TextLines() {}

    private static int[] widths() {
        int[] widths = new int[128];
        Arrays.fill(widths, USUAL);
        set(widths, " .,:;'|!()[]{}/\\-ftrjil", 62);
        set(widths, "ilj.,:;'| ", 50);
        set(widths, "acegksvxyz", 93);
        set(widths, "mwMW@%&", 160);
        set(widths, "ABCDGHKNOQRUVXY", 120);
        return widths;
    }

    private static void set(int[] widths, String characters, int width) {
        characters.chars().forEach(each -> widths[each] = width);
    }

    static int in(String text, int characters) {
        int room = Math.max(2 * DIGIT, (characters * DIGIT - BESIDE) * 100 / (100 + MORE_PERCENT));
        int lines = 1;
        int used = 0; // of the line, with the spaces behind its words
        int word = 0;
        for (int i = 0; i <= text.length(); i++) {
            char each = i < text.length() ? text.charAt(i) : '\n';
            if (each != ' ' && each != '\n') {
                word += each < WIDTHS.length ? WIDTHS[each] : each < 0x2E80 ? USUAL : WIDE;
                continue;
            }
            if (used > 0 && used + word > room) {
                lines++;
                used = 0;
            }
            if (word > room) { // a word that is longer than a line is broken
                lines += (word - 1) / room;
                word = (word - 1) % room + 1;
            }
            used += word + WIDTHS[' '];
            word = 0;
            if (each == '\n' && i < text.length()) {
                lines++;
                used = 0;
            }
        }
        return lines;
    }
}
