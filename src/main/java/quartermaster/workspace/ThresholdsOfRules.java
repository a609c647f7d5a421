package quartermaster.workspace;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.decision.rules.RuleFile;

/** Which thresholds each rule compares with, as its text says. */
final class ThresholdsOfRules {
    private static final Pattern RULE_OR_THRESHOLD =
            Pattern.compile("^\\s*rule\\s+\"([^\"]+)\"|Threshold\\(\\s*name\\s*==\\s*\"([^\"]+)\"", Pattern.MULTILINE);

    private ThresholdsOfRules() {}

    static Map<String, Set<String>> in(WorkspaceFiles files) {
        Map<String, Set<String>> byRule = new HashMap<>();
        for (RuleFile file : files.rules()) {
            Matcher found = RULE_OR_THRESHOLD.matcher(file.text());
            String rule = "";
            while (found.find()) {
                if (found.group(1) != null) {
                    rule = found.group(1);
                } else {
                    byRule.computeIfAbsent(rule, any -> new TreeSet<>()).add(found.group(2));
                }
            }
        }
        return byRule;
    }
}
