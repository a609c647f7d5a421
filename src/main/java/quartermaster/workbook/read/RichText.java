package quartermaster.workbook.read;

import org.apache.poi.xssf.usermodel.XSSFRichTextString;

/** A text as XML has it: in one piece or in runs of different looks, with readings for Japanese that do not count. */
final class RichText {
    private final StringBuilder whole = new StringBuilder();
    private boolean plain;
    private boolean runs;
    private boolean inText;
    private boolean inReading;

    void begin() {
        whole.setLength(0);
        plain = false;
        runs = false;
        inText = false;
        inReading = false;
    }

    void start(String element) throws UnusualContentException {
        switch (element) {
            case "t" -> {
                inText = !inReading;
                plain |= inText && !runs;
            }
            case "r" -> {
                runs = true;
                if (plain) {
                    throw new UnusualContentException("a text in one piece and in runs");
                }
            }
            case "rPh" -> inReading = true;
            case "AlternateContent" -> throw new UnusualContentException("an alternative text");
            default -> {}
        }
    }

    void characters(char[] characters, int start, int length) {
        if (inText) {
            whole.append(characters, start, length);
        }
    }

    void end(String element) {
        if (element.equals("t")) {
            inText = false;
        } else if (element.equals("rPh")) {
            inReading = false;
        }
    }

    String end() {
        return decoded(whole.toString());
    }

    /** The library knows how to write characters that XML cannot hold, e.g. {@code _x000D_}. */
    static String decoded(String text) {
        return text.contains("_x") ? new XSSFRichTextString(text).getString() : text;
    }
}
