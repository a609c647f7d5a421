package quartermaster.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a command as a POSIX shell reads them. */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\\\\.|[^\\s'\\\\])+");

    private ShellWords() {}

    /** A word that the shell takes as it is: {@code it's} is {@code 'it'\''s'}, and what needs no quotes has none. */
    public static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    /** Lines of at most so many characters, where words allow it; a shell goes on where one ends with a backslash. */
    public static List<String> wrap(String command, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        Matcher words = WORD.matcher(command);
        while (words.find()) {
            if (!line.isEmpty() && line.length() + 1 + words.group().length() > width - " \\".length()) {
                lines.add(line + " \\");
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(words.group());
        }
        lines.add(line.toString());
        return lines;
    }
}
