package quartermaster.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.json.JsonText;

@Command(
        name = "config",
        description =
                "Prints what is set for serve, and where: quartermaster.yaml, the environment's QM_*, or by default.",
        footer = {
            "",
            "quartermaster.yaml of the current folder, or the file that QM_CONFIG names, has the options of serve without the",
            "hyphens before them (port: 8080); QM_PORT says more than it, and --port more than both.",
            "",
            "Example:",
            "  quartermaster config show"
        })
final class ConfigCommand extends Subcommand {
    private static final Pattern SECRET =
            Pattern.compile("(?i)(?<=://)[^/@\\s]*(?=@)|(?<=(?:password|secret|token)=)[^&\\s]+");

    @Parameters(paramLabel = "show", arity = "1", description = "What to do: show.")
    private @Nullable String action;

    @Mixin
    private final JsonOption json = new JsonOption();

    /** @param from empty where it is the default */
    private record Row(String name, @Nullable String value, String from) {}

    @Override
    public Integer call() throws CommandFailure {
        if (!"show".equals(action)) {
            throw CommandFailure.usage("Found " + action + "; expected: config show.");
        }
        List<Row> rows = new ArrayList<>();
        for (OptionSpec option : root().configurable()) {
            String name = option.longestName().replaceFirst("^-+", "");
            Optional<Configuration.Setting> set = root().configuration().find(name);
            Object initial = option.initialValue();
            rows.add(new Row(
                    name,
                    set.map(Configuration.Setting::value)
                            .map(ConfigCommand::masked)
                            .orElse(initial == null || initial.toString().equals("[]") ? null : initial.toString()),
                    set.map(Configuration.Setting::from).orElse("")));
        }
        if (json.wanted) {
            console().print(JsonText.of(rows.stream().map(ConfigCommand::fields).toList()));
            return ExitCode.FINE;
        }
        TextTable table = new TextTable(0, Column.left("Option"), Column.left("Value"), Column.left("From"));
        rows.forEach(each -> table.add(
                Style.PLAIN,
                "",
                each.name(),
                each.value() == null ? "–" : each.value(),
                each.from().isEmpty() ? "default" : each.from()));
        table.lines(console(), 0).forEach(console()::print);
        return ExitCode.FINE;
    }

    /** Nobody needs to see a password to know that there is one. */
    static String masked(String value) {
        return SECRET.matcher(value).replaceAll("…");
    }

    private static Map<String, @Nullable Object> fields(Row row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("option", row.name());
        fields.put("value", row.value());
        fields.put("from", row.from().isEmpty() ? "default" : row.from());
        return fields;
    }
}
