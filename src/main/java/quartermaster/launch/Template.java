package quartermaster.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text with placeholders in braces, filled from {@link Facts}; empty where one of them has no value. */
record Template(String text) {
    /** The words of the command, as a list of YAML or JSON: of manifests only. */
    static final String COMMAND_WORDS = "commandWords";

    private static final int LINE = 72;
    private static final int INDENT = 2; // of what goes on with a value, as YAML has it
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final Pattern PLAIN_YAML = Pattern.compile("[A-Za-z0-9_./-]+");

    List<String> placeholders() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /** One word of a command for each word of the text, whatever the values hold. */
    Optional<List<String>> words(Facts facts) {
        if (!isKnown(facts)) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(text.strip().split("\\s+"))
                .map(word -> PLACEHOLDER
                        .matcher(word)
                        .replaceAll(found -> Matcher.quoteReplacement(first(facts, found.group(1)))))
                .toList());
    }

    /** A remark in one line: nothing in it can begin a command. */
    Optional<String> remark(Facts facts) {
        return words(facts).map(words -> String.join(" ", words));
    }

    /** A file in YAML or JSON, in which values that could be taken for something else are quoted. */
    Optional<String> filled(Facts facts) {
        return manifest(facts, List.of());
    }

    /** A manifest, in which values that could be taken for something else are quoted. */
    Optional<String> manifest(Facts facts, List<String> command) {
        if (!isKnown(facts)) {
            return Optional.empty();
        }
        return Optional.of(text.lines()
                .map(line -> PLACEHOLDER
                        .matcher(line)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                found.group(1).equals(COMMAND_WORDS)
                                        ? list(command, indent(line) + INDENT)
                                        : yaml(first(facts, found.group(1))))))
                .collect(Collectors.joining("\n")));
    }

    /** In lines that are not too long to be read. */
    private static String list(List<String> words, int indent) {
        StringBuilder lines = new StringBuilder("[");
        int used = 0;
        for (String word : words.stream().map(Template::json).toList()) {
            String separator =
                    lines.length() == 1 ? "" : used + word.length() > LINE ? ",\n" + " ".repeat(indent) : ", ";
            used = separator.contains("\n") ? word.length() : used + separator.length() + word.length();
            lines.append(separator).append(word);
        }
        return lines.append(']').toString();
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** Letters, digits and hyphens, as names of objects in a cluster must be. */
    static String plainName(String id) {
        String plain = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() ? "model" : plain.substring(0, Math.min(plain.length(), 63));
    }

    boolean isKnown(Facts facts) {
        return placeholders().stream()
                .allMatch(name ->
                        name.equals(COMMAND_WORDS) || !facts.values(name).isEmpty());
    }

    private static String first(Facts facts, String name) {
        return facts.values(name).get(0);
    }

    private static String yaml(String value) {
        return PLAIN_YAML.matcher(value).matches() ? value : json(value);
    }

    private static String json(String text) {
        List<String> characters = new ArrayList<>();
        text.chars()
                .forEach(c -> characters.add(
                        c == '"' || c == '\\'
                                ? "\\" + (char) c
                                : c < ' ' ? String.format(Locale.ROOT, "\\u%04x", c) : String.valueOf((char) c)));
        return "\"" + String.join("", characters) + "\"";
    }
}
