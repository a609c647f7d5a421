package quartermaster.decision.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** What is wrong with the form of a rule; of each rule the first mistake, for the others may only follow from it. */
final class RuleSyntax {
    static final String CODE = "rule-not-readable";

    private static final List<String> KEYWORDS =
            List.of("rule", "when", "then", "end", "import", "global", "package", "salience", "not", "exists");
    private static final Pattern FOUND =
            Pattern.compile("input '(.*)'(?: in (?:rule|query)| expecting|$)", Pattern.DOTALL);
    private static final Pattern BARE_NAME = Pattern.compile("^\\s*rule\\s+([^\"\\s]*[^\"\\s\\w]\\S*)");
    private static final Pattern BEFORE_NAME = Pattern.compile("(?m)^[ \\t]*(\\p{L}+)[ \\t]+\"");
    private static final Pattern CURLY = Pattern.compile("[“”„«»‘’]");

    private final RuleText head;
    private final RuleText rule;
    private String found = ""; // what the parser did not expect

    private RuleSyntax(RuleText head, RuleText rule) {
        this.head = head;
        this.rule = rule;
    }

    /** @param rule of that file, or the head itself */
    static Optional<Problem> firstMistake(RuleText head, RuleText rule) {
        return new RuleSyntax(head, rule).firstMistake();
    }

    private Optional<Problem> firstMistake() {
        Optional<Integer> mistaken = parse();
        if (mistaken.isEmpty()) {
            return Optional.empty();
        }
        return openQuote()
                .or(this::curlyQuote)
                .or(this::almostRule)
                .or(this::bareName)
                .or(this::bracket)
                .or(this::missingEnd)
                .or(() -> Optional.of(token(mistaken.get())));
    }

    /** The line of the first mistake that the parser sees. */
    private Optional<Integer> parse() {
        DrlParser parser = new DrlParser();
        try {
            parser.parse(false, rule.isHead() ? rule.text() : rule.behind(head));
        } catch (DroolsParserException e) {
            found = String.valueOf(e.getMessage());
            return Optional.of(rule.line());
        }
        for (DroolsError error : parser.getErrors()) {
            Matcher input = FOUND.matcher(error.getMessage());
            found = input.find() ? input.group(1) : error.getMessage();
            return Optional.of(error instanceof ParserError syntax ? syntax.getRow() : rule.line());
        }
        return Optional.empty();
    }

    private Optional<Problem> openQuote() {
        String[] lines = rule.code().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].chars().filter(c -> c == '"').count() % 2 == 1) {
                return Optional.of(
                        problem("A quotation mark is missing: there is an odd number of them.", rule.line() + i));
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> curlyQuote() {
        Matcher curly = CURLY.matcher(rule.code());
        return curly.find()
                ? Optional.of(problem(
                        "Found (" + curly.group() + "); rules take straight quotation marks: \".",
                        rule.lineOf(curly.start())))
                : Optional.empty();
    }

    /** What follows it is no rule of its own then, and the parser blames something else. */
    private Optional<Problem> almostRule() {
        Matcher word = BEFORE_NAME.matcher(rule.code());
        while (word.find()) {
            if (!word.group(1).equals("rule")
                    && Ids.nearest(word.group(1), List.of("rule")).isPresent()) {
                return Optional.of(problem(
                        "Found (" + word.group(1) + "), which cannot stand here. Did you mean rule?",
                        rule.lineOf(word.start(1))));
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> bareName() {
        Matcher bare = BARE_NAME.matcher(rule.text());
        return !rule.isHead() && bare.find()
                ? Optional.of(problem(
                        "Found (rule " + bare.group(1) + "); write the name in quotation marks: rule \"" + bare.group(1)
                                + "\".",
                        rule.line()))
                : Optional.empty();
    }

    /** Brackets that do not pair, in what the rule asks or in what it does. */
    private Optional<Problem> bracket() {
        int then = rule.then();
        return bracket(0, then).or(() -> bracket(then, rule.text().length()));
    }

    private Optional<Problem> bracket(int from, int to) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = from; i < to; i++) {
            char c = rule.code().charAt(i);
            if (c == '(') {
                open.push(i);
            } else if (c == ')' && open.isEmpty()) {
                return Optional.of(problem("There is one ) too many.", rule.lineOf(i)));
            } else if (c == ')') {
                open.pop();
            }
        }
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(problem("A ) is missing: this ( is never closed.", rule.lineOf(unclosed(open))));
    }

    /** The one that was opened last is most likely the one that somebody forgot to close. */
    private static int unclosed(Deque<Integer> open) {
        return open.getFirst();
    }

    private Optional<Problem> missingEnd() {
        if (rule.isHead()
                || Pattern.compile("(?m)(^|;|\\s)end\\s*$").matcher(rule.code()).find()) {
            return Optional.empty();
        }
        int last = rule.code().stripTrailing().length();
        return Optional.of(problem(
                "The rule \"" + rule.name() + "\", which begins at line " + rule.line() + ", has no end.",
                rule.lineOf(last)));
    }

    private Problem token(int line) {
        boolean noThen = !rule.isHead() && rule.find("then", 0) < 0;
        boolean noWhen = !rule.isHead() && rule.find("when", 0) < 0;
        String cure = cure();
        if (!cure.isEmpty()) {
            return problem(cure, line);
        }
        Optional<String> near = Ids.nearest(found, KEYWORDS).filter(word -> !word.equals(found) && found.length() > 2);
        if (near.isEmpty() && (noThen || noWhen)) {
            String missing = noThen ? "then" : "when";
            return problem("The rule \"" + rule.name() + "\" has no " + missing + " before (" + found + ").", line);
        }
        String hint = near.map(word -> " Did you mean " + word + "?").orElse("");
        return problem("Found (" + shown(found) + "), which cannot stand here." + hint, line);
    }

    private String cure() {
        return switch (found) {
            case "=" -> "Found (=); write == to compare.";
            case "and", "or" -> "Found (" + found + "); within the brackets write && or a comma for and, || for or.";
            case ")" -> "A value is missing before a closing bracket, or what stands before it is not one.";
            default -> "";
        };
    }

    private static String shown(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.isEmpty() || line.equals("<eof>") ? "the end of the file" : line;
    }

    private Problem problem(String message, int line) {
        return new Problem(CODE, message, new Place.Line(rule.file(), line));
    }

    /** What is wrong with the brackets alone. */
    static Optional<Problem> brackets(RuleText rule) {
        return new RuleSyntax(rule, rule).bracket();
    }
}
