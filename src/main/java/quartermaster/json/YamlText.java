package quartermaster.json;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;

/** Maps, lists, texts, numbers, truth values and nulls as YAML, for people: texts stand in quotes as in JSON. */
public final class YamlText {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_$/][\\w$/{}.-]*");
    private static final Pattern TAKEN = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    public static String of(Map<String, ?> document) {
        YamlText yaml = new YamlText();
        yaml.map(document, "");
        return yaml.text.toString();
    }

    private void map(Map<?, ?> map, String indent) {
        map.forEach((key, value) -> {
            text.append(indent).append(key(String.valueOf(key))).append(':');
            value(value, indent + STEP);
        });
    }

    private static String key(String key) {
        return PLAIN_KEY.matcher(key).matches() && !TAKEN.matcher(key).matches() ? key : JsonText.of(key);
    }

    /** After a key, on its line or below it. */
    private void value(@Nullable Object value, String indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('\n');
            map(map, indent);
        } else if (value instanceof Collection<?> list && !list.isEmpty()) {
            text.append('\n');
            for (Object each : list) {
                text.append(indent).append('-');
                element(each, indent + STEP);
            }
        } else {
            text.append(' ')
                    .append(value instanceof Enum<?> choice ? JsonText.of(Choice.id(choice)) : JsonText.of(value))
                    .append('\n');
        }
    }

    /** A map begins on the line of its dash. */
    private void element(@Nullable Object value, String indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            int begin = text.length();
            map(map, indent);
            text.replace(begin, begin + indent.length(), " ");
        } else {
            value(value, indent);
        }
    }
}
