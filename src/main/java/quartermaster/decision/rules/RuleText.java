package quartermaster.decision.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.unit.Place;

/**
 * A part of a file of rules: its head, or one rule up to where the next begins.
 *
 * @param name of the rule; empty for the head of a file
 * @param line of the file, from 1, that the text begins with
 * @param code the text with comments and quoted words blanked, character by character
 */
record RuleText(String file, String name, int line, String text, String code) {
    private static final Pattern RULE = Pattern.compile("(?m)^[ \\t]*rule\\b");
    private static final Pattern NAME = Pattern.compile("rule\\s+(?:\"([^\"\n]*)\"?|(\\S+))");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^([ \\t]*package[ \\t]+)[\\w.]+");
    private static final Pattern THEN = Pattern.compile("\\bthen\\b");
    private static final Pattern QUOTED_OR_COMMENT =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*(?:\"|(?=\n)|$)|//[^\n]*|/\\*.*?(?:\\*/|$)", Pattern.DOTALL);

    /** The head of a file and its rules. */
    static List<RuleText> of(RuleFile file) {
        String text = file.text().replace("\r\n", "\n");
        String code = blank(text);
        List<Integer> starts = new ArrayList<>(List.of(0));
        Matcher rule = RULE.matcher(code);
        while (rule.find()) {
            starts.add(rule.start());
        }
        List<RuleText> parts = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int from = starts.get(i);
            int to = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
            String part = text.substring(from, to);
            parts.add(new RuleText(
                    file.name(), i == 0 ? "" : name(part), 1 + lines(text, from), part, code.substring(from, to)));
        }
        return parts;
    }

    boolean isHead() {
        return name.isEmpty();
    }

    /** The rule behind the head of its file, its lines where they are in the file. */
    String behind(RuleText head) {
        return head.text()
                + "\n".repeat(line - 1 - lines(head.text(), head.text().length()))
                + text;
    }

    /** The head of a file with another package. */
    RuleText inPackage(String other) {
        Matcher found = PACKAGE.matcher(code);
        String moved = found.find()
                ? text.substring(0, found.start()) + found.group(1) + other + text.substring(found.end())
                : "package " + other + "; " + text;
        return new RuleText(file, name, line, moved, blank(moved));
    }

    Place at(int offset) {
        return new Place.Line(file, lineOf(offset));
    }

    int lineOf(int offset) {
        return line + lines(text, Math.max(0, offset));
    }

    /** Where what the rule does begins; the end of the text where there is no such thing. */
    int then() {
        Matcher then = THEN.matcher(code);
        return then.find() ? then.end() : text.length();
    }

    /** Where a word stands in the code, from an offset on; -1 where it does not. */
    int find(String word, int from) {
        Matcher found = whole(word).matcher(code);
        return from <= code.length() && found.find(from) ? found.start() : -1;
    }

    /** Where a word stands in the text, quoted or not; -1 where it does not. */
    int findQuoted(String word) {
        Matcher found = whole(word).matcher(text);
        return found.find() ? found.start() : -1;
    }

    static String blank(String text) {
        return QUOTED_OR_COMMENT.matcher(text).replaceAll(found -> {
            String blanked = found.group().replaceAll("[^\n]", " ");
            if (!found.group().startsWith("\"")) {
                return blanked;
            }
            boolean closed = blanked.length() > 1 && found.group().endsWith("\"");
            return closed ? "\"" + blanked.substring(2) + "\"" : "\"" + blanked.substring(1);
        });
    }

    private static Pattern whole(String word) {
        String before = Character.isLetterOrDigit(word.charAt(0)) ? "(?<![\\p{L}\\p{N}_$])" : "";
        return Pattern.compile(before + Pattern.quote(word) + "(?![\\p{L}\\p{N}_])");
    }

    private static String name(String rule) {
        Matcher name = NAME.matcher(rule.strip());
        return !name.lookingAt() ? "?" : name.group(1) == null ? name.group(2) : name.group(1);
    }

    private static int lines(String text, int end) {
        return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
