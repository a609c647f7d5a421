package quartermaster.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.Console;
import quartermaster.decision.engine.Decider;
import quartermaster.quality.KindOfWork;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workspace.Workspace;

/** The command {@code quartermaster} and what its commands share. */
@Command(
        name = "quartermaster",
        mixinStandardHelpOptions = true,
        description = "Says which hardware should carry an AI workload, and why.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  quartermaster decide spreadsheets/candidates.xlsx -o scored.xlsx",
            "  quartermaster estimate --model llama-3.1-70b --hardware h100-sxm --devices 2",
            "  quartermaster serve --port 8080",
            "",
            "Exit codes: 0 fine, 1 nothing suitable or a check failed, 2 usage, 3 input unreadable,",
            "4 rules do not compile or the workspace is broken, 5 a preference among the cases does not hold."
        })
public final class Commands implements Runnable {
    private static final String CONFIGURABLE = "serve"; // whose options may be set beside the command line

    private final Program program;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder with rules/ and spreadsheets/ (default: the current folder when it is one,"
                    + " else a copy in ~/.quartermaster).")
    private @Nullable Path workspace;

    private @Nullable Path workspaceSet; // beside the command line
    private List<OptionSpec> configurable = List.of();
    private @Nullable Configuration configuration;

    private Commands(Program program) {
        this.program = program;
    }

    /** Runs one command and returns its exit code. */
    public static int run(Program program, String... args) {
        CommandLine line = of(program, args);
        Commands root = line.getCommand();
        try {
            root.configure(line);
        } catch (CommandFailure e) {
            program.console().complain(String.valueOf(e.getMessage()));
            return e.exitCode();
        }
        return line.execute(args);
    }

    /** Reading what each command can be told takes longer than many a command: where one is named first, the rest are left out. */
    private static CommandLine of(Program program, String... given) {
        Commands root = new Commands(program);
        CommandLine line = new CommandLine(root);
        Map<String, Supplier<Subcommand>> all = subcommands();
        boolean isNamed = given.length > 0 && all.containsKey(given[0]);
        all.forEach((name, command) -> {
            if (!isNamed || name.equals(given[0]) || name.equals(CONFIGURABLE)) {
                line.addSubcommand(command.get());
            }
        });
        line.registerConverter(WorkloadType.class, text -> chosen(WorkloadType.class, text));
        line.registerConverter(KindOfWork.class, text -> chosen(KindOfWork.class, text));
        line.setOut(program.console().out()).setErr(program.console().err());
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(program.console().colours() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(100).setUsageHelpAutoWidth(false).setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, args) -> root.refuse(problem));
        line.setExecutionExceptionHandler((problem, at, parsed) -> root.fail(problem));
        String version = "quartermaster " + program.version();
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(each -> each.getCommandSpec().version(version));
        return line;
    }

    /** Every command by its name, in the order in which they are listed. */
    static Map<String, Supplier<Subcommand>> subcommands() {
        Map<String, Supplier<Subcommand>> all = new LinkedHashMap<>();
        all.put("decide", DecideCommand::new);
        all.put("estimate", EstimateCommand::new);
        all.put("check", CheckCommand::new);
        all.put("preview", PreviewCommand::new);
        all.put("rescore", RescoreCommand::new);
        all.put("log", LogCommand::new);
        all.put("calibrate", CalibrateCommand::new);
        all.put("accuracy", AccuracyCommand::new);
        all.put("sweep", SweepCommand::new);
        all.put("models", ModelsCommand::new);
        all.put("template", TemplateCommand::new);
        all.put("import-model", ImportModelCommand::new);
        all.put("import-measurements", ImportMeasurementsCommand::new);
        all.put("import-api-prices", ImportApiPricesCommand::new);
        all.put("import-offers", ImportOffersCommand::new);
        all.put("import-quality", ImportQualityCommand::new);
        all.put("cat", CatCommand::new);
        all.put(CONFIGURABLE, ServeCommand::new);
        all.put("mcp", McpCommand::new);
        all.put("backup", BackupCommand::new);
        all.put("restore", RestoreCommand::new);
        all.put("config", ConfigCommand::new);
        return all;
    }

    private static <E extends Enum<E>> E chosen(Class<E> kinds, String text) {
        return Choice.find(kinds, text)
                .orElseThrow(() -> new TypeConversionException(
                        "\"" + text + "\" is no kind of work." + Ids.hint(text, Choice.ids(kinds))));
    }

    /** What is set beside the command line, for the workspace and for {@code serve}. */
    private void configure(CommandLine line) throws CommandFailure {
        CommandLine serve = line.getSubcommands().get(CONFIGURABLE);
        configurable = serve.getCommandSpec().options().stream()
                .filter(each -> !each.usageHelp() && !each.versionHelp())
                .toList();
        List<String> known = configurable.stream()
                .map(each -> each.longestName().replaceFirst("^-+", ""))
                .toList();
        configuration = Configuration.read(program.workspaces().current(), System.getenv(), known);
        serve.setDefaultValueProvider(configuration);
        configuration.find("workspace").ifPresent(each -> workspaceSet = Path.of(each.value()));
    }

    /** Options that may be set beside the command line. */
    List<OptionSpec> configurable() {
        return configurable;
    }

    Configuration configuration() {
        return Objects.requireNonNull(configuration);
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Name a command: " + names(spec) + ".");
        }
    }

    Program program() {
        return program;
    }

    Console console() {
        return program.console();
    }

    Path workspace() throws CommandFailure {
        return program.workspaces().find(namedWorkspace(), console());
    }

    /** Where an empty folder that was named becomes a workspace. */
    Path workspaceOrNew() throws CommandFailure {
        return program.workspaces().findOrLayOut(namedWorkspace(), console());
    }

    private @Nullable Path namedWorkspace() {
        return workspace == null ? workspaceSet : workspace;
    }

    /** What the workspace decides with. */
    Decider decider() throws CommandFailure {
        return sound(workspace(), program.loader()::load);
    }

    /** The catalogue of the workspace, whatever its rules are. */
    Catalogue catalogue() throws CommandFailure {
        return sound(workspace(), program.loader()::catalogue);
    }

    private static <T> T sound(Path folder, Function<Path, Imported<@Nullable T>> loader) throws CommandFailure {
        Imported<@Nullable T> loaded = loader.apply(folder);
        T value = loaded.value();
        if (value == null) {
            throw broken(folder, loaded.problems());
        }
        return value;
    }

    static CommandFailure broken(Path folder, List<Problem> problems) {
        boolean rules = problems.stream().anyMatch(each -> each.at().isIn(Workspace.RULES));
        boolean sheets = problems.stream().anyMatch(each -> !each.at().isIn(Workspace.RULES));
        String what = rules && sheets
                ? "The rules and the spreadsheets have problems"
                : rules ? "The rules do not compile" : "The spreadsheets cannot be read";
        String message = what + " in the workspace " + folder + ":";
        return new CommandFailure(ExitCode.BROKEN_WORKSPACE, message, problems);
    }

    private int refuse(ParameterException problem) {
        CommandSpec at = problem.getCommandLine().getCommandSpec();
        console().complain(message(problem, at));
        console().say("Try: " + at.qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String message(ParameterException problem, CommandSpec at) {
        // Looked at first: a required option is often missing because it was misspelt.
        List<String> unmatched = problem instanceof UnmatchedArgumentException it
                ? it.getUnmatched()
                : problem.getCommandLine().getUnmatchedArguments();
        if (unmatched.isEmpty()) {
            return String.valueOf(problem.getMessage());
        }
        String text = unmatched.get(0);
        if (text.startsWith("-")) {
            List<String> names = new ArrayList<>();
            at.options().forEach(option -> names.addAll(List.of(option.names())));
            return "There is no option " + text + "." + hint(text.replaceFirst("=.*", ""), names);
        }
        if (!at.subcommands().isEmpty()) {
            return "There is no command " + text + "."
                    + hint(text, List.copyOf(at.subcommands().keySet()));
        }
        return "Found \"" + text + "\" where nothing more is expected.";
    }

    private static String hint(String text, List<String> names) {
        return Ids.nearest(text, names)
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
    }

    private static String names(CommandSpec spec) {
        return String.join(", ", spec.subcommands().keySet());
    }

    private int fail(Exception problem) throws Exception {
        if (problem instanceof CommandFailure failure) {
            console().complain(String.valueOf(failure.getMessage()));
            return failure.exitCode();
        }
        throw problem;
    }
}
