package quartermaster.decision.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * A part of a file of rules: its head, or one rule up to where the next begins. Offsets count the characters of its text.
 *
 * @param name of the rule; empty for the head of a file
 * @param line of the file, from 1, that the text begins with
 * @param code the text with comments blanked and quoted words dotted, character by character: {@code name == "cost" // why}
 *     is {@code name == "····"} and seven spaces
 */
record RuleText(String file, String name, int line, String text, String code) {
    private static final Pattern RULE = Pattern.compile("(?m)^[ \\t]*rule\\s+(?:\"([^\"\n]+)\"?|(\\S+))");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^([ \\t]*package[ \\t]+)[\\w.]+");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^[ \\t]*import[ \\t]+((?:(?:static|function)[ \\t]+)?[\\w.*]+)");
    private static final Pattern QUOTED_OR_COMMENT = Pattern.compile(
            "\"(?:\\\\.|[^\"\\\\\n])*(?:\"|(?=\n)|$)|'(?:\\\\.|[^'\\\\\n])*'|//[^\n]*|/\\*.*?(?:\\*/|$)",
            Pattern.DOTALL);

    private static final Pattern DECLARATION = Pattern.compile("\\b(?:declare|query|trait)\\b");
    private static final Pattern INHERITANCE = Pattern.compile("\\bextends\\b");
    private static final Pattern CANDIDATE = Pattern.compile("(?:(\\$?\\w+)\\s*:\\s*)?\\bAssessment\\b");
    private static final Pattern DELETION = Pattern.compile("\\b(?:delete|retract)\\s*\\(\\s*([^\\s)]*)");
    private static final Pattern ALL_OR_TABLE = Pattern.compile("\\b(?:Assessments|PolicyTable)\\b");
    private static final Pattern OTHER_THAN_ONE = Pattern.compile(
            "\\b(?:exists|forall|accumulate|acc|collect|from|groupby|eval|Object)\\b|\\bnot\\b(?!\\s+[a-z])");
    private static final Pattern NEW_FACT = Pattern.compile("\\b(?:insert\\w*|update|modify|drools|get\\w*Runtime)\\b");

    private static final Pattern REMARK = Pattern.compile("\\bfindings\\s*\\.\\s*(?:warn|note)\\s*\\(");
    private static final Pattern OTHER_THAN_REMARK = Pattern.compile(
            "\\bfindings\\b(?!\\s*\\.\\s*(?:warn|note)\\s*\\()|(?<!\\bfindings\\.(?:warn|note)\\(\\s{0,99})\\bkcontext\\b|\\b(?:delete|retract|halt|throw)\\b");
    private static final Pattern GROUP = Pattern.compile("\\w-group\\b|\\bgroup\\b");

    /** The head of a file and its rules. */
    static List<RuleText> of(RuleFile file) {
        String text = file.text().replace("\r\n", "\n");
        String code = code(text);
        List<RuleText> parts = new ArrayList<>();
        int from = 0;
        String name = "";
        for (MatchResult rule : RULE.matcher(code).results().toList()) {
            parts.add(part(file, name, text, code, from, rule.start()));
            from = rule.start();
            int group = rule.group(1) == null ? 2 : 1;
            name = text.substring(rule.start(group), rule.end(group));
        }
        parts.add(part(file, name, text, code, from, text.length()));
        return parts;
    }

    private static RuleText part(RuleFile file, String name, String text, String code, int from, int to) {
        return new RuleText(
                file.name(), name, 1 + lines(text, from), text.substring(from, to), code.substring(from, to));
    }

    boolean isHead() {
        return name.isEmpty();
    }

    /** Whether a head has no kinds of facts and no questions of its own. */
    boolean declaresNothing() {
        return !has(DECLARATION, 0, text.length());
    }

    /** See {@link RuleFile#judgesEachAlone}. */
    boolean judgesEachAlone() {
        List<MatchResult> candidates = find(CANDIDATE, when(), then()).toList();
        return !has(INHERITANCE, 0, when())
                && candidates.size() == (has(ALL_OR_TABLE, when(), then()) ? 0 : 1)
                && !has(OTHER_THAN_ONE, when(), then())
                && !has(NEW_FACT, then(), text.length())
                && find(DELETION, then(), text.length())
                        .allMatch(deleted -> candidates.stream()
                                .anyMatch(one -> deleted.group(1).equals(one.group(1))));
    }

    /** See {@link RuleFile#remarks}. */
    boolean onlyRemarks() {
        return judgesEachAlone()
                && has(REMARK, then(), text.length())
                && !has(GROUP, 0, when())
                && !has(OTHER_THAN_REMARK, then(), text.length());
    }

    private boolean has(Pattern pattern, int from, int to) {
        return find(pattern, from, to).findAny().isPresent();
    }

    /** The head in another package, or the rule behind another head in one line; its lines are where they are in the file. */
    String inPackage(String other, String imports) {
        if (!isHead()) {
            return "package " + other + "; " + imports + "\n".repeat(line - 1) + text;
        }
        Matcher found = PACKAGE.matcher(code);
        return found.find() ? text.substring(0, found.end(1)) + other + text.substring(found.end()) : text;
    }

    /** Where what the rule asks begins; without {@code when}, where what it does begins. */
    int when() {
        int when = find("when", 0);
        return when < 0 ? then() : when + "when".length();
    }

    /** Where what the rule does begins; the end of the text where there is no such thing. */
    int then() {
        int then = find("then", 0);
        return then < 0 ? text.length() : then + "then".length();
    }

    /** Where a word stands in the code, from an offset on; -1 where it does not. */
    int find(String word, int from) {
        Matcher found = Pattern.compile("(?<![\\p{L}\\p{N}_$])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}_$])")
                .matcher(code);
        return found.find(from) ? found.start() : -1;
    }

    /** Everything in the code between two offsets that looks so. */
    Stream<MatchResult> find(Pattern pattern, int from, int to) {
        return pattern.matcher(code.substring(0, to)).results().filter(found -> found.start() >= from);
    }

    /** The text that a group of what was found in the code stands for, quoted words in full. */
    String text(MatchResult found, int group) {
        return text.substring(found.start(group), found.end(group));
    }

    /** What a head imports: {@code quartermaster.estimate.Fit}, {@code java.util.*}, {@code static java.lang.Math.max}. */
    Stream<String> imports() {
        return find(IMPORT, 0, text.length()).map(found -> found.group(1));
    }

    int lastCharacter() {
        return Math.max(0, code.stripTrailing().length() - 1);
    }

    int lineOf(int offset) {
        return line + lines(text, offset);
    }

    Problem problem(String code, String message, int offset) {
        return new Problem(code, message, new Place.Line(file, lineOf(offset)));
    }

    private static String code(String text) {
        return QUOTED_OR_COMMENT.matcher(text).replaceAll(found -> {
            String quote = found.group().substring(0, 1);
            if (quote.equals("/")) {
                return found.group().replaceAll("[^\n]", " ");
            }
            boolean closed = found.group().length() > 1 && found.group().endsWith(quote);
            String dots = "·".repeat(found.group().length() - (closed ? 2 : 1));
            return quote + dots + (closed ? quote : "");
        });
    }

    private static int lines(String text, int end) {
        return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
