package quartermaster.decision.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.decision.Findings;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;

/** What the compiler lets pass and nobody means: another package or global, a source that is lost, numbers as text. */
public final class RuleSlips {
    private static final String PACKAGE = "quartermaster.rules";
    private static final String GLOBAL = "findings";
    private static final List<String> GLOBAL_TYPES = List.of(Findings.class.getName(), Findings.class.getSimpleName());
    private static final String SOURCE = "source";
    private static final List<String> TRUTHS = List.of("true", "false");

    private static final Pattern IN_PACKAGE = Pattern.compile("(?m)^[ \\t]*package[ \\t]+([\\w.]+)");
    private static final Pattern OF_GLOBAL = Pattern.compile("(?m)^[ \\t]*global[ \\t]+([\\w.]+)[ \\t]+(\\w+)");
    private static final Pattern ANNOTATION = Pattern.compile("@(\\w+)\\s*(\\(\\s*\"|)");
    private static final Pattern WHEN = Pattern.compile("\\bwhen\\b");
    private static final Pattern COMPARED = Pattern.compile("([A-Za-z_][\\w.]*)\\s*(==|!=|>=|<=|>|<)\\s*\"([^\"]*)\"");

    private final List<Problem> problems = new ArrayList<>();

    private RuleSlips() {}

    public static List<Problem> of(List<RuleFile> files) {
        RuleSlips slips = new RuleSlips();
        for (RuleFile file : files) {
            List<RuleText> parts = RuleText.of(file);
            slips.head(parts.get(0));
            parts.stream().skip(1).forEach(slips::rule);
        }
        return slips.problems;
    }

    /** The file with the type of its global that was meant, so that its rules are not blamed for it. */
    public static RuleFile mended(RuleFile file) {
        RuleText head = RuleText.of(file).get(0);
        Matcher global = OF_GLOBAL.matcher(head.code());
        return global.find() && !GLOBAL_TYPES.contains(global.group(1))
                ? new RuleFile(
                        file.name(),
                        file.text().replaceFirst(Pattern.quote(global.group(1) + " "), GLOBAL_TYPES.get(0) + " "))
                : file;
    }

    private void head(RuleText head) {
        Matcher declared = IN_PACKAGE.matcher(head.code());
        if (declared.find() && !declared.group(1).equals(PACKAGE)) {
            report(
                    head,
                    declared.start(1),
                    "Found (package " + declared.group(1) + "); expected package " + PACKAGE + ".");
        }
        Matcher global = OF_GLOBAL.matcher(head.code());
        while (global.find()) {
            if (!GLOBAL_TYPES.contains(global.group(1)) || !global.group(2).equals(GLOBAL)) {
                report(
                        head,
                        global.start(1),
                        "Found (global " + global.group(1) + " " + global.group(2) + "); expected global "
                                + GLOBAL_TYPES.get(0) + " " + GLOBAL + ".");
            }
        }
    }

    private void rule(RuleText rule) {
        Matcher when = WHEN.matcher(rule.code());
        int conditions = when.find() ? when.start() : rule.then();
        Matcher annotation = ANNOTATION.matcher(rule.code().substring(0, conditions));
        while (annotation.find()) {
            annotation(rule, annotation);
        }
        Matcher compared = COMPARED.matcher(rule.code().substring(0, rule.then()));
        while (compared.find()) {
            compared(rule, compared);
        }
    }

    private void annotation(RuleText rule, Matcher annotation) {
        String name = annotation.group(1);
        if (name.equals(SOURCE) && annotation.group(2).isEmpty()) {
            report(rule, annotation.start(), "Write the source in quotation marks: @source(\"who says so\").");
        } else if (!name.equals(SOURCE) && Ids.nearest(name, List.of(SOURCE)).isPresent()) {
            report(rule, annotation.start(), "Found (@" + name + "), which says nothing here. Did you mean @source?");
        }
    }

    /** What is in the quotation marks is blanked in the code, and stands in the text. */
    private void compared(RuleText rule, Matcher compared) {
        String found = rule.text().substring(compared.start(3), compared.end(3));
        Class<?> type = typeOf(compared.group(1)).orElse(String.class);
        boolean number = type == int.class || type == double.class || Number.class.isAssignableFrom(type);
        boolean truth = type == boolean.class && TRUTHS.contains(found);
        if (number || truth) {
            report(
                    rule,
                    compared.start(),
                    "Found (\"" + found + "\"), but " + compared.group(1) + " is "
                            + (number ? "a number: write one" : "true or false: write it")
                            + " without quotation marks.");
        }
    }

    /** The type of a property of some fact, or of a property of a property: {@code hardware.memoryGiB}. */
    private static Optional<Class<?>> typeOf(String path) {
        return RuleWords.facts().stream()
                .flatMap(fact -> RuleWords.find(fact).stream())
                .flatMap(fact -> typeOf(fact, path).stream())
                .findFirst();
    }

    private static Optional<Class<?>> typeOf(Class<?> fact, String path) {
        Optional<Class<?>> type = Optional.of(fact);
        for (String property : path.split("\\.", -1)) {
            type = type.flatMap(each -> RuleWords.typeOf(each, property));
        }
        return type;
    }

    private void report(RuleText part, int offset, String message) {
        problems.add(new Problem(RuleMessages.CODE, message, part.at(offset)));
    }
}
