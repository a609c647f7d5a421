package quartermaster.decision.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
                ? each(part, DECLARED, part.text().length(), RuleSlips::declared)
                : Stream.concat(
                        each(part, ANNOTATION, part.when(), RuleSlips::annotation),
                        each(part, COMPARED, part.then(), found -> compared(found.group(1), part.text(found, 2))));
    }

    /** @param says what is wrong with what was found; empty where nothing is */
    private static Stream<Problem> each(RuleText part, Pattern pattern, int to, Function<MatchResult, String> says) {
        return part.find(pattern, 0, to)
                .filter(found -> !says.apply(found).isEmpty())
                .map(found -> part.problem(RuleMessages.CODE, says.apply(found), found.start(1)));
    }

    private static List<Problem> twoOfOneName(List<RuleFile> files) {
        List<Problem> slips = new ArrayList<>();
        Map<String, RuleSource> first = new HashMap<>();
        for (RuleSource rule :
                files.stream().flatMap(file -> file.rules().stream()).toList()) {
            RuleSource other = first.putIfAbsent(rule.name(), rule);
            if (other != null) {
                String message = "The rule \"" + rule.name() + "\" stands at " + other.at() + " already.";
                slips.add(new Problem("rule-twice", message, rule.at()));
            }
        }
        return slips;
    }

    private static String declared(MatchResult found) {
        String expected = found.group(2).equals("package") ? PACKAGE : GLOBAL;
        String words = found.group(1).strip().replaceAll("[ \t]+", " ");
        boolean right = words.equals(expected) || words.equals(SHORT_GLOBAL);
        return right ? "" : "Found (" + words + "); expected " + expected + ".";
    }

    private static String annotation(MatchResult found) {
        String name = found.group(1);
        if (name.equals(SOURCE)) {
            return found.group(2).isEmpty() ? "Write the source in quotation marks: @source(\"who says so\")." : "";
        }
        return Ids.nearest(name, List.of(SOURCE)).isPresent()
                ? "Found (@" + name + "), which says nothing here. Did you mean @source?"
                : "";
    }

    private static String compared(String property, String text) {
        String is = RuleWords.typeOf(property).map(RuleSlips::withoutQuotes).orElse("");
        return is.isEmpty() ? "" : "Found (\"" + text + "\"), but " + property + " is " + is;
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
}
