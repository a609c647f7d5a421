package quartermaster.decision.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that a rule asks and that cannot be understood: which of its words is unknown? */
final class RuleExpression {
    private static final Pattern WORD = Pattern.compile("(?<![\\p{L}\\p{N}_$.])[\\p{L}_$][\\p{L}\\p{N}_$]*");
    private static final Pattern BINDING = Pattern.compile("(\\$?[\\p{L}_][\\p{L}\\p{N}_]*)\\s*:(?!:)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^[ \\t]*import\\s+(?:static\\s+)?([\\w.]+)");
    private static final Pattern FACT = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_.]*)\\s*$");
    private static final Set<String> LANGUAGE = Set.of(
            "true",
            "false",
            "null",
            "this",
            "not",
            "in",
            "matches",
            "contains",
            "memberOf",
            "instanceof",
            "exists",
            "and",
            "or",
            "new",
            "str",
            "soundslike",
            "excludes",
            "eval",
            "from",
            "forall",
            "over",
            "before",
            "after");

    private final RuleText head;
    private final RuleText rule;
    private final String expression;
    private final int offset;

    RuleExpression(RuleText head, RuleText rule, String expression) {
        this.head = head;
        this.rule = rule;
        this.expression = expression;
        this.offset = offset(rule, expression);
    }

    /** @param offset in the rule's text */
    record Unknown(String message, int offset) {}

    /** Where it stands in the rule's text; at its beginning if that cannot be told. */
    int offset() {
        return Math.max(0, offset);
    }

    Optional<Unknown> unknownWord() {
        Matcher words = WORD.matcher(RuleText.blank(expression));
        while (words.find()) {
            String word = words.group();
            boolean binds = RuleText.blank(expression).substring(words.end()).matches("(?s)\\s*:(?!:).*");
            if (!binds && !LANGUAGE.contains(word)) {
                Optional<String> message = unknown(word);
                if (message.isPresent()) {
                    return message.map(text -> new Unknown(text, place(word)));
                }
            }
        }
        return Optional.empty();
    }

    /** Names that a rule gives to what it finds. */
    static Set<String> bindings(RuleText rule) {
        Set<String> bindings = new LinkedHashSet<>();
        Matcher matcher = BINDING.matcher(rule.code().substring(0, rule.then()));
        while (matcher.find()) {
            bindings.add(matcher.group(1));
        }
        return bindings;
    }

    /** The classes that the head of a file imports, without their packages. */
    static List<String> imports(RuleText head) {
        List<String> imports = new ArrayList<>();
        Matcher matcher = IMPORT.matcher(head.code());
        while (matcher.find()) {
            imports.add(matcher.group(1).substring(matcher.group(1).lastIndexOf('.') + 1));
        }
        return imports;
    }

    private Optional<String> unknown(String word) {
        Set<String> bindings = bindings(rule);
        List<String> imports = imports(head);
        Optional<Class<?>> fact = fact();
        if (bindings.contains(word)
                || imports.contains(word)
                || fact.filter(type -> RuleWords.properties(type).contains(word))
                        .isPresent()) {
            return Optional.empty();
        }
        if (word.startsWith("$")) {
            return Optional.of("There is no " + word + " in this rule." + RuleWords.hint(word, bindings));
        }
        if (Character.isUpperCase(word.charAt(0))) {
            return Optional.of("Nothing that is called " + word + " is imported." + RuleWords.hint(word, imports));
        }
        return fact.map(type -> "There is no property " + word + " of " + type.getSimpleName() + "."
                + RuleWords.hint(word, RuleWords.properties(type)));
    }

    /** The fact in whose brackets the expression stands. */
    private Optional<Class<?>> fact() {
        int depth = 0;
        for (int i = offset - 1; i >= 0; i--) {
            char c = rule.code().charAt(i);
            depth += c == ')' ? 1 : 0;
            if (c == '(' && depth-- == 0) {
                Matcher name = FACT.matcher(rule.code().substring(0, i));
                Optional<Class<?>> found = name.find() ? RuleWords.find(name.group(1)) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
                depth = 0;
            }
        }
        return Optional.empty();
    }

    private int place(String word) {
        int there = rule.find(word, offset());
        return there >= 0 ? there : Math.max(0, rule.find(word, 0));
    }

    /** The compiler writes expressions with spaces of its own. */
    private static int offset(RuleText rule, String expression) {
        StringBuilder loose = new StringBuilder();
        for (String token : expression.split("\\s+|(?<=[()!<>=,.+*/|&-])|(?=[()!<>=,.+*/|&-])", -1)) {
            loose.append(token.isEmpty() ? "" : Pattern.quote(token) + "\\s*");
        }
        Matcher matcher = Pattern.compile(
                        (Character.isLetterOrDigit(expression.charAt(0)) ? "(?<![\\w$])" : "") + loose)
                .matcher(rule.text());
        return matcher.find() ? matcher.start() : -1;
    }
}
