package quartermaster.decision.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.decision.Assessment;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Says in the words of rules what the compiler says of one in its own, and where. */
final class RuleMessages {
    static final String CODE = "rule-does-not-build";

    private static final Pattern UNKNOWN_CLASS = Pattern.compile("Unable to find class: (\\S+)");
    private static final Pattern EXPRESSION = Pattern.compile(
            "Unable to (?:parse left part of expression|Analyse Expression):?\\s+(.*?):?\\s*", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("(?:Unknown field|Method) (\\S+) on class (?:\\S*\\.)?(\\w+)");
    private static final Pattern JAVA = Pattern.compile(
            "Unable to parse consequence caused by: \\(line (\\d+),col \\d+\\) Parse error\\.\\s*Found\\s+\"(.*?)\"(?:\\s*<\\w+>)?\\s*,"
                    + "\\s*expected(?: one of)?\\s*(.*)");
    private static final Pattern PREDICATE = Pattern.compile("Predicate '(.*)' must be a Boolean expression");
    private static final Pattern COERCE = Pattern.compile("Cannot coerce String (.*) to (\\S+)!");
    private static final Pattern UNRESOLVED =
            Pattern.compile("([\\w$.]+) cannot be resolved(?: to a (?:variable|type)| or is not a field)?");
    private static final Pattern NO_METHOD =
            Pattern.compile("The method (\\w+)\\(.*\\) is undefined for the type (\\w+)");
    private static final Pattern ARGUMENTS = Pattern.compile(
            "The method (\\w+)\\((.*)\\) in the type (\\w+) is not applicable for the arguments \\((.*)\\)");
    private static final Pattern COMPARED =
            Pattern.compile("The method \\w+IndexedBy\\(.*arguments \\(Class<(\\w+)>.*, (\\w+)\\)");

    private final RuleText head;
    private final RuleText rule;

    RuleMessages(RuleText head, RuleText rule) {
        this.head = head;
        this.rule = rule;
    }

    /**
     * @param message of the compiler, without what follows its first line
     * @param generated whether it speaks of a class that was made of what the rule does
     */
    Problem explain(String message, boolean generated) {
        return unknownClass(message)
                .or(() -> expression(message))
                .or(() -> field(message))
                .or(() -> java(message))
                .or(() -> value(message))
                .or(() -> compared(message))
                .or(() -> unresolved(message))
                .or(() -> method(message))
                .or(() -> arguments(message))
                .orElseGet(() -> generated
                        ? problem("The Java of this rule is wrong: " + message, firstDone())
                        : problem(message, 0));
    }

    private Optional<Problem> unknownClass(String message) {
        return match(UNKNOWN_CLASS, message).map(found -> noFact(found.group(1)));
    }

    private Problem noFact(String name) {
        return problem("There is no fact " + name + "." + RuleWords.hint(name, RuleWords.facts()), place(name));
    }

    private Optional<Problem> expression(String message) {
        return match(EXPRESSION, message).map(found -> {
            String expression = found.group(1).strip();
            RuleExpression in = new RuleExpression(head, rule, expression);
            return in.unknownWord()
                    .map(unknown -> problem(unknown.message(), unknown.offset()))
                    .orElseGet(() -> problem("Found (" + expression + "), which cannot be understood.", in.offset()));
        });
    }

    private Optional<Problem> field(String message) {
        return match(FIELD, message).map(found -> {
            String name = found.group(1);
            String type = found.group(2);
            String hint = RuleWords.find(type)
                    .map(known -> RuleWords.hint(name, RuleWords.properties(known)))
                    .orElse("");
            return problem(type + " has no " + name + "." + hint, place(name));
        });
    }

    /** What a rule does is Java; the line is counted from its {@code then}. */
    private Optional<Problem> java(String message) {
        return match(JAVA, message)
                .map(found -> RuleSyntax.brackets(rule).orElseGet(() -> {
                    String word = found.group(2).replace("\\\"", "\"");
                    boolean semicolon = word.equals("}") && found.group(3).contains("\";\"");
                    String comma = found.group(3).contains("\",\"") ? " Maybe a comma is missing before it." : "";
                    String says = semicolon
                            ? "A semicolon is missing at the end of what the rule does."
                            : "Found (" + word + "), which cannot stand here." + comma;
                    int line = rule.lineOf(rule.then()) + Integer.parseInt(found.group(1)) - 1;
                    return new Problem(
                            CODE, says, new Place.Line(rule.file(), Math.min(line, rule.lineOf(lastCharacter()))));
                }));
    }

    private Optional<Problem> value(String message) {
        Optional<Problem> predicate = match(PREDICATE, message)
                .map(found -> problem(
                        "Found (" + found.group(1) + "), which is neither true nor false."
                                + (found.group(1).matches("\\d+") ? " Maybe a decimal comma: write a dot." : ""),
                        new RuleExpression(head, rule, found.group(1)).offset()));
        return predicate.or(() -> match(COERCE, message)
                .map(found -> problem(
                        "Found (\"" + found.group(1) + "\"), but " + expected(found.group(2)) + " is expected.",
                        Math.max(0, rule.findQuoted(found.group(1))))));
    }

    private static String expected(String type) {
        return type.equalsIgnoreCase("boolean") ? "true or false" : "a number or a constant (" + type + ")";
    }

    /** A property that is compared with a value of another type. */
    private Optional<Problem> compared(String message) {
        return match(COMPARED, message).map(found -> {
            String type = found.group(1);
            String constants = RuleWords.find(type)
                    .filter(Class::isEnum)
                    .map(known -> " Allowed: " + type + "."
                            + String.join(", " + type + ".", RuleWords.properties(known)) + ".")
                    .orElse("");
            int offset = propertyOf(type);
            return problem("A " + type + " is compared with a " + found.group(2) + "." + constants, offset);
        });
    }

    private int propertyOf(String type) {
        Matcher compared = Pattern.compile("(\\w+)\\s*[=!]=\\s*\"").matcher(rule.code());
        while (compared.find()) {
            Optional<Class<?>> found = RuleWords.typeOf(Assessment.class, compared.group(1));
            if (found.filter(each -> each.getSimpleName().equals(type)).isPresent()) {
                return compared.start();
            }
        }
        return 0;
    }

    private Optional<Problem> unresolved(String message) {
        return match(UNRESOLVED, message).map(found -> {
            String name = found.group(1);
            if (rule.find(name, 0) < 0 && rule.findQuoted(name) >= 0) {
                return problem(
                        "Found (\"" + name + "\"), a text where a number or a constant is expected.",
                        rule.findQuoted(name));
            }
            boolean property = message.contains("not a field") || rule.code().contains("." + name);
            if (property && RuleWords.properties(Assessment.class).contains(name)) {
                return problem(
                        "Write " + name + "(): in what a rule does, a property is asked for with brackets.",
                        doing(name));
            }
            return problem("There is no " + name + " here." + known(name), doing(name));
        });
    }

    /** What it may have been: a name that the rule gives, the two that are always there, or a class. */
    private String known(String name) {
        Set<String> names = new LinkedHashSet<>(RuleExpression.bindings(rule));
        if (name.startsWith("$")) {
            return names.isEmpty()
                    ? " Write " + name + " : before the fact that it means."
                    : RuleWords.hint(name, names);
        }
        names.addAll(List.of("findings", "kcontext"));
        return Ids.nearest(name, RuleExpression.imports(head))
                .filter(near -> Ids.nearest(name, names).isEmpty())
                .map(near -> " Did you mean " + near + "?")
                .orElseGet(() -> RuleWords.hint(name, names));
    }

    private Optional<Problem> method(String message) {
        return match(NO_METHOD, message).map(found -> {
            String name = found.group(1);
            String type = found.group(2);
            List<String> known = new ArrayList<>();
            RuleWords.find(type).ifPresent(each -> known.addAll(RuleWords.calls(each)));
            String owner = type.equals("Findings") ? "findings" : type;
            return problem(
                    owner + " has no " + name + "()." + (known.isEmpty() ? "" : RuleWords.hint(name, known)),
                    doing(name));
        });
    }

    private Optional<Problem> arguments(String message) {
        return match(ARGUMENTS, message).map(found -> {
            String takes = switch (found.group(1)) {
                case "reject", "warn", "note" -> "kcontext, the Assessment, a remedy, a message and its values";
                case "score" -> "kcontext, the Assessments, the PolicyTable";
                default -> found.group(2).isEmpty() ? "nothing" : found.group(2);
            };
            String owner = found.group(3).equals("Findings") ? "findings." : "";
            return problem(
                    owner + found.group(1) + " takes (" + takes + "); found (" + found.group(4) + ").",
                    doing(found.group(1)));
        });
    }

    /** Where a word stands in what the rule does, or anywhere in the rule. */
    private int doing(String name) {
        int there = rule.find(name, Math.min(rule.then(), rule.code().length()));
        return there >= 0 ? there : place(name);
    }

    private int place(String name) {
        return Math.max(0, rule.find(name, 0));
    }

    /** Where the first word of what the rule does stands. */
    private int firstDone() {
        String done = rule.code().substring(rule.then());
        return Math.min(rule.then() + done.length() - done.stripLeading().length(), lastCharacter());
    }

    private int lastCharacter() {
        return rule.code().stripTrailing().length();
    }

    private static Optional<Matcher> match(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.lookingAt() && (pattern != EXPRESSION || matcher.matches())
                ? Optional.of(matcher)
                : Optional.empty();
    }

    private Problem problem(String message, int offset) {
        return new Problem(CODE, message, rule.at(offset));
    }
}
