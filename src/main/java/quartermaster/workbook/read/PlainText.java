package quartermaster.workbook.read;

import java.util.HashMap;
import java.util.Map;

/** Counts the characters of a workbook, keeps equal texts once, and looks at the clock. */
final class PlainText {
    private final String file;
    private final WorkbookLimits limits;
    private final long deadline;
    private final Map<String, String> known = new HashMap<>();
    private long characters;

    PlainText(String file, WorkbookLimits limits, long deadline) {
        this.file = file;
        this.limits = limits;
        this.deadline = deadline;
    }

    String counted(String text) throws PlainWorkbook.UnreadableInside {
        characters += text.length();
        if (characters > limits.characters()) {
            throw new PlainWorkbook.UnreadableInside(SheetReading.tooMuchText(file, limits));
        }
        String first = known.putIfAbsent(text, text);
        return first == null ? text : first;
    }

    void refuseLate() throws PlainWorkbook.UnreadableInside {
        if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
            throw new PlainWorkbook.UnreadableInside(SheetReading.late(file));
        }
    }
}
