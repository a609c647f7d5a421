package quartermaster.decision.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.RuleSource;
import quartermaster.decision.Step;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;

/**
 * A file of rules as text.
 *
 * @param name as places name it, e.g. {@code rules/fit.drl}
 */
public record RuleFile(String name, String text) {
    private static final Pattern RULE = Pattern.compile("^\\s*rule\\s+(?:\"([^\"]+)\"|([\\w-]+))");
    private static final Pattern SOURCE = Pattern.compile("@source\\s*\\(\\s*\"([^\"]*)\"\\s*\\)");

    private static final Pattern THRESHOLD = Pattern.compile("Threshold\\s*\\([^)]*?\\bname\\s*==\\s*\"([^\"]+)\"");
    private static final Pattern LINE_COMMENT = Pattern.compile("(?m)//.*$");

    /** The thresholds that rules of the file compare with, each with the first line that names it. */
    public Map<String, Place> thresholds() {
        String code = LINE_COMMENT.matcher(withoutBlockComments(text)).replaceAll("");
        Map<String, Place> thresholds = new LinkedHashMap<>();
        for (Matcher found = THRESHOLD.matcher(code); found.find(); ) {
            long linesAbove = code.substring(0, found.start())
                    .chars()
                    .filter(each -> each == '\n')
                    .count();
            thresholds.putIfAbsent(found.group(1), new Place.Line(name, (int) linesAbove + 1));
        }
        return thresholds;
    }

    /** A byte order mark, as some editors write it, is no part of the rules. */
    public RuleFile {
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Every rule of the file with the line of its name; comments are passed over. */
    public List<RuleSource> rules() {
        List<RuleSource> rules = new ArrayList<>();
        String[] lines = withoutBlockComments(text).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher matcher = RULE.matcher(lines[i].replaceFirst("(//|#).*", ""));
            if (matcher.find()) {
                String rule = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                rules.add(new RuleSource(rule, new Place.Line(name, i + 1), step().orElse(null), source(lines, i)));
            }
        }
        return rules;
    }

    private Optional<Step> step() {
        String base = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.drl$", "");
        return Choice.find(Step.class, base);
    }

    /** The {@code @source} between a rule's name and its conditions. */
    private static @Nullable String source(String[] lines, int from) {
        for (int i = from; i < lines.length && !lines[i].strip().equals("when"); i++) {
            Matcher matcher = SOURCE.matcher(lines[i]);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    /** The same text with block comments blanked, line by line, so that line numbers stay. */
    private static String withoutBlockComments(String text) {
        Matcher matcher = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL).matcher(text);
        return matcher.replaceAll(found -> found.group().replaceAll("[^\n]", " "));
    }
}
