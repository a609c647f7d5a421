package quartermaster.pricefile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts and numbers of a small TOML file, by table: all that a model of models.dev needs. Lists are left out. */
final class Toml {
    private static final Pattern TABLE = Pattern.compile("\\[([\\w.-]+)]\\s*(?:#.*)?");
    private static final Pattern TEXT = Pattern.compile("([\\w-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*(?:#.*)?");
    private static final Pattern NUMBER = Pattern.compile(
            "([\\w-]+)\\s*=\\s*([-+]?[\\d_]*[.]?[\\d_]+(?:e[-+]?\\d+)?)\\s*(?:#.*)?", Pattern.CASE_INSENSITIVE);

    private Toml() {}

    /** @return e.g. {@code {name=…, cost={input=0.1}}} */
    static Map<String, Object> tables(String text) {
        Map<String, Object> root = new LinkedHashMap<>();
        Map<String, Object> at = root;
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            Matcher table = TABLE.matcher(line);
            Matcher written = TEXT.matcher(line);
            Matcher number = NUMBER.matcher(line);
            if (table.matches()) {
                at = new LinkedHashMap<>();
                root.put(table.group(1), at);
            } else if (line.startsWith("[")) {
                at = new LinkedHashMap<>(); // a list of tables, such as prices of long prompts
            } else if (written.matches()) {
                at.put(written.group(1), written.group(2) == null ? written.group(3) : written.group(2));
            } else if (number.matches()) {
                at.put(number.group(1), Double.valueOf(number.group(2).replace("_", "")));
            }
        }
        return root;
    }
}
