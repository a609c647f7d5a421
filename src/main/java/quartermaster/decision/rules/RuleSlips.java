package quartermaster.decision.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import quartermaster.decision.Findings;
import quartermaster.decision.RuleSource;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;

/**
 * What the compiler lets pass and nobody means, or names without a line: two rules of one name, another package or global,
 * a source that is lost ({@code @sorce}), numbers and constants as text ({@code budgetUsedPercent > "100"}).
 */
final class RuleSlips {
    private static final String PACKAGE = "package quartermaster.rules";
    static final String GLOBAL = "global " + Findings.class.getName() + " findings";
    private static final String SHORT_GLOBAL = "global " + Findings.class.getSimpleName() + " findings";
    private static final String SOURCE = "source";

    private static final Pattern DECLARED = Pattern.compile("(?m)^[ \\t]*((package|global)[ \\t]+\\w[^\n;]*)");
    private static final Pattern ANNOTATION = Pattern.compile("@(\\w+)\\s*(\\(\\s*\"|)");
    private static final Pattern COMPARED = Pattern.compile("([A-Za-z_][\\w.]*)\\s*(?:[=!<>]=|[<>])\\s*\"([^\"]*)\"");

    private RuleSlips() {}

    static List<Problem> of(List<RuleFile> files) {
        List<Problem> slips = twoOfOneName(files);
        files.stream()
                .flatMap(file -> RuleText.of(file).stream())
                .flatMap(RuleSlips::of)
                .forEach(slips::add);
        return slips;
    }

    /** In the head of a file, or in a rule. */
    static Stream<Problem> of(RuleText part) {
        return part.isHead()
                ? part.find(DECLARED, 0, part.text().length()).flatMap(found -> declared(part, found).stream())
                : Stream.concat(
                        part.find(ANNOTATION, 0, part.when()).flatMap(found -> annotation(part, found).stream()),
                        part.find(COMPARED, 0, part.then()).flatMap(found -> compared(part, found).stream()));
    }

    private static List<Problem> twoOfOneName(List<RuleFile> files) {
        List<Problem> slips = new ArrayList<>();
        Map<String, RuleSource> first = new HashMap<>();
        for (RuleSource rule :
                files.stream().flatMap(file -> file.rules().stream()).toList()) {
            RuleSource other = first.putIfAbsent(rule.name(), rule);
            if (other != null) {
                String message = "The rule \"" + rule.name() + "\" stands at " + other.at() + " already.";
                slips.add(new Problem("rule-twice", message, rule.at().toString()));
            }
        }
        return slips;
    }

    private static Optional<Problem> declared(RuleText head, MatchResult found) {
        String expected = found.group(2).equals("package") ? PACKAGE : GLOBAL;
        String words = found.group(1).strip().replaceAll("[ \t]+", " ");
        return words.equals(expected) || words.equals(SHORT_GLOBAL)
                ? Optional.empty()
                : slip(head, found, "Found (" + words + "); expected " + expected + ".");
    }

    private static Optional<Problem> annotation(RuleText rule, MatchResult found) {
        String name = found.group(1);
        if (name.equals(SOURCE)) {
            return found.group(2).isEmpty()
                    ? slip(rule, found, "Write the source in quotation marks: @source(\"who says so\").")
                    : Optional.empty();
        }
        return Ids.nearest(name, List.of(SOURCE)).isPresent()
                ? slip(rule, found, "Found (@" + name + "), which says nothing here. Did you mean @source?")
                : Optional.empty();
    }

    private static Optional<Problem> compared(RuleText rule, MatchResult found) {
        String property = found.group(1);
        String asked = typeOf(property).map(RuleSlips::withoutQuotes).orElse("");
        return asked.isEmpty()
                ? Optional.empty()
                : slip(rule, found, "Found (\"" + rule.text(found, 2) + "\"), but " + property + " is " + asked);
    }

    /** What to write instead of a text; empty where a text may be what is wanted. */
    private static String withoutQuotes(Class<?> type) {
        if (type.isEnum()) {
            String name = type.getSimpleName() + ".";
            return "a constant. Allowed: " + name + String.join(", " + name, RuleWords.properties(type)) + ".";
        }
        if (type == boolean.class) {
            return "true or false: write it without quotation marks.";
        }
        boolean number = type.isPrimitive() || Number.class.isAssignableFrom(type);
        return number ? "a number: write one without quotation marks." : "";
    }

    /** The type of a property of some fact, or of a property of a property: {@code hardware.memoryGiB}. */
    private static Optional<Class<?>> typeOf(String path) {
        return RuleWords.facts().stream()
                .flatMap(fact -> RuleWords.find(fact).stream())
                .flatMap(fact -> RuleWords.typeOf(fact, path).stream())
                .findFirst();
    }

    private static Optional<Problem> slip(RuleText part, MatchResult found, String message) {
        return Optional.of(part.problem(RuleMessages.CODE, message, found.start(1)));
    }
}
