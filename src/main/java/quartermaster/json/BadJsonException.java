package quartermaster.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Text that is not JSON. The message says where it stops being so, and why. */
public final class BadJsonException extends Exception {
    private final String at;

    public BadJsonException(String because, int line, int column, String at) {
        super("Line " + line + ", column " + column + ": " + because);
        this.at = at;
    }

    public static BadJsonException of(JsonProcessingException e) {
        int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
        int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
        String at = e.getProcessor() instanceof JsonParser parser
                ? parser.getParsingContext().pathAsPointer().toString()
                : "";
        String because = e.getOriginalMessage().replaceAll("\\s+", " ");
        return new BadJsonException(because, Math.max(1, line), Math.max(1, column), at);
    }

    /** A JSON pointer to the value that was being read. */
    public String at() {
        return at;
    }
}
