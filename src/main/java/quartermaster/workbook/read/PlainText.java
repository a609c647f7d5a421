package quartermaster.workbook.read;

import java.util.HashMap;
import java.util.Map;

/** Counts the characters of a workbook, keeps equal texts once as far as that saves memory, and looks at the clock. */
final class PlainText {
    private static final int MOST_KNOWN = 100_000;

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
        String first = known.size() < MOST_KNOWN ? known.putIfAbsent(text, text) : known.get(text);
        return first == null ? text : first;
    }

    /** @param place outside of what a sheet can hold */
    PlainWorkbook.UnreadableInside impossible(String place) {
        return new PlainWorkbook.UnreadableInside(SheetReading.impossible(file, place));
    }

    void refuseLate() throws PlainWorkbook.UnreadableInside {
        if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
            throw new PlainWorkbook.UnreadableInside(SheetReading.late(file));
        }
    }
}
