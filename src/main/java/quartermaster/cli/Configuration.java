package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * What is set beside the command line: {@code quartermaster.yaml} says less than the environment's {@code QM_*}, and that less
 * than options. Only {@code --workspace} and the options of {@code serve} can be set so.
 */
final class Configuration implements IDefaultValueProvider {
    static final String FILE = "quartermaster.yaml";
    private static final String FILE_VARIABLE = "QM_CONFIG";
    private static final Pattern LINE = Pattern.compile("(?<name>[a-z][a-z-]*)\\s*:(?:\\s+(?<value>.*))?");
    private static final Pattern ITEM = Pattern.compile("\\s+-\\s+(?<value>.*)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]*)\"|'([^']*)'");

    private final Map<String, String> environment;
    private final Map<String, Setting> fromFile;

    /** @param from where it stands: a line of the file, or a variable */
    record Setting(String value, String from) {}

    private Configuration(Map<String, String> environment, Map<String, Setting> fromFile) {
        this.environment = environment;
        this.fromFile = fromFile;
    }

    /**
     * The file that {@code QM_CONFIG} names, else the one in the current folder if there is one.
     *
     * @param known names of options that may be set
     */
    static Configuration read(Path current, Map<String, String> environment, Collection<String> known)
            throws CommandFailure {
        String named = environment.get(FILE_VARIABLE);
        Path file = current.resolve(named == null ? FILE : named);
        if (named == null && !Files.exists(file)) {
            return new Configuration(environment, Map.of());
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREADABLE, "The configuration " + file + " cannot be read (" + e + ").");
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, Setting> settings = parse(text, file.toString(), known, problems);
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitCode.UNREADABLE, "The configuration cannot be used:", problems);
        }
        return new Configuration(environment, settings);
    }

    /** Lines of name and value, or of a name with a list below it: as much of YAML as this needs. */
    private static Map<String, Setting> parse(
            String text, String file, Collection<String> known, List<Problem> problems) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        String list = null;
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("(^|\\s)#.*$", "").stripTrailing();
            Place at = new Place.Line(file, i + 1);
            Matcher item = ITEM.matcher(line);
            Matcher named = LINE.matcher(line);
            if (line.isBlank() || line.equals("---")) {
                continue;
            }
            if (list != null && item.matches()) {
                String value = plain(item.group("value"));
                settings.merge(
                        list,
                        new Setting(value, at.toString()),
                        (one, other) -> new Setting(
                                one.value().isEmpty() ? other.value() : one.value() + "," + other.value(), one.from()));
            } else if (!named.matches()) {
                problems.add(
                        new Problem("unreadable", "Found " + Problem.quoted(line) + "; expected name: value.", at));
            } else if (!known.contains(named.group("name"))) {
                String name = named.group("name");
                problems.add(
                        new Problem("unknown-field", "There is no option --" + name + "." + Ids.hint(name, known), at));
            } else if (settings.containsKey(named.group("name"))) {
                problems.add(new Problem("duplicate-key", named.group("name") + " stands here more than once.", at));
            } else {
                String value = named.group("value");
                list = value == null ? named.group("name") : null;
                settings.put(named.group("name"), new Setting(value == null ? "" : plain(value), at.toString()));
            }
        }
        return settings;
    }

    private static String plain(String value) {
        Matcher quoted = QUOTED.matcher(value.strip());
        if (quoted.matches()) {
            return quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
        }
        return value.strip();
    }

    /** {@code QM_HEALTH_PORT} for {@code health-port}. */
    static String variable(String name) {
        return "QM_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** What is set for an option, by its name without hyphens before it. */
    Optional<Setting> find(String name) {
        String value = environment.get(variable(name));
        return value == null
                ? Optional.ofNullable(fromFile.get(name))
                : Optional.of(new Setting(value, variable(name)));
    }

    @Override
    public @Nullable String defaultValue(ArgSpec spec) {
        return spec instanceof OptionSpec option
                ? find(option.longestName().replaceFirst("^-+", ""))
                        .map(Setting::value)
                        .orElse(null)
                : null;
    }
}
