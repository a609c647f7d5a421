package quartermaster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.catalogue.model.Derivation;
import quartermaster.catalogue.model.ImportedModel;
import quartermaster.cli.report.Console;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.Words;
import quartermaster.json.BadJsonException;
import quartermaster.json.JsonText;
import quartermaster.modelfile.BadGgufException;
import quartermaster.modelfile.GgufModelReader;
import quartermaster.modelfile.ModelConfigReader;
import quartermaster.modelfile.ModelTerms;
import quartermaster.unit.Imported;
import quartermaster.unit.Numbers;
import quartermaster.unit.Problem;

@Command(
        name = "import-model",
        sortOptions = false,
        description = "Makes a row of the sheet Models from a model's config.json or from the header of its GGUF file."
                + " Nothing is downloaded.",
        footer = {
            "",
            "Examples:",
            "  quartermaster import-model Qwen3-30B-A3B/config.json --licence Apache-2.0",
            "  quartermaster import-model model-Q4_K_M.gguf --id my-model --json"
        })
final class ImportModelCommand extends Subcommand {
    private static final long LARGEST_CONFIG = 16 << 20;
    private static final int MARGIN = 2;
    private static final int MAGIC_BYTES = 4;

    @Parameters(
            paramLabel = "FILE",
            description = "config.json of the Hugging Face hub, or a folder with one, or a GGUF file; - is a config on"
                    + " standard input.")
    private @Nullable String file;

    @Option(names = "--id", paramLabel = "ID", description = "Default: made of the name.")
    private @Nullable String id;

    @Option(names = "--name", paramLabel = "NAME", description = "Default: what the file or its folder is called.")
    private @Nullable String name;

    @Option(
            names = {"--licence", "--license"},
            paramLabel = "TEXT",
            description = "Default: what a GGUF file says; a config says nothing.")
    private @Nullable String licence;

    @ArgGroup
    private Form form = new Form();

    /** How the row is printed. */
    static final class Form {
        @Option(names = "--json", description = "Prints the row as a request names it: for \"model\" in a workload.")
        private boolean json;

        @Option(names = "--tsv", description = "Prints headers and row, tab-separated: to paste into the sheet.")
        private boolean tsv;
    }

    @Override
    public Integer call() throws CommandFailure {
        ImportedModel model = read(required(file));
        Console console = console();
        if (form.json) {
            console.print(JsonText.of(model.fields()));
        } else if (form.tsv) {
            console.print(String.join("\t", ImportedModel.COLUMNS));
            console.print(
                    model.row().values().stream().map(ImportModelCommand::cell).collect(Collectors.joining("\t")));
        } else {
            table(model);
        }
        explain(model);
        return ExitCode.FINE;
    }

    private ImportedModel read(String named) throws CommandFailure {
        Imported<@Nullable ImportedModel> imported;
        try {
            imported = named.equals(FileAccess.STANDARD_INPUT) ? standardInput() : file(named);
        } catch (BadJsonException | BadGgufException e) {
            throw refused(named, List.of(), e.getMessage());
        } catch (IOException e) {
            throw refused(named, List.of(), e.toString());
        }
        ImportedModel model = imported.value();
        if (model == null) {
            throw refused(named, imported.problems(), null);
        }
        return model;
    }

    private static CommandFailure refused(String named, List<Problem> problems, @Nullable String because) {
        String source = named.equals(FileAccess.STANDARD_INPUT) ? "Standard input" : named;
        String what = source + " cannot be imported:" + (because == null ? "" : "\n  " + because);
        return new CommandFailure(ExitCode.UNREADABLE, what, problems);
    }

    private Imported<@Nullable ImportedModel> standardInput() throws IOException, BadJsonException, CommandFailure {
        byte[] bytes = console().in().readNBytes((int) LARGEST_CONFIG + 1);
        if (GgufModelReader.isGguf(bytes)) {
            throw CommandFailure.unreadable("A GGUF file must be named, not piped in.");
        }
        return ModelConfigReader.read(checked(bytes), terms("standard input", "imported-model"));
    }

    private Imported<@Nullable ImportedModel> file(String named)
            throws IOException, BadJsonException, BadGgufException, CommandFailure {
        Path given = program().workspaces().current().resolve(named).normalize();
        Path path = Files.isDirectory(given) ? given.resolve("config.json") : given;
        if (!Files.isRegularFile(path)) {
            throw CommandFailure.unreadable("There is no file " + path + ".");
        }
        String called = String.valueOf(path.getFileName());
        byte[] beginning;
        try (InputStream in = Files.newInputStream(path)) {
            beginning = in.readNBytes(MAGIC_BYTES);
        }
        if (GgufModelReader.isGguf(beginning) || called.toLowerCase(Locale.ROOT).endsWith(".gguf")) {
            return GgufModelReader.read(path, terms(called, null));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return ModelConfigReader.read(
                    checked(in.readNBytes((int) LARGEST_CONFIG + 1)), terms(called, nameOf(path, called)));
        }
    }

    private static byte[] checked(byte[] bytes) throws CommandFailure {
        if (bytes.length > LARGEST_CONFIG) {
            String most = (LARGEST_CONFIG >> 20) + " MiB";
            throw CommandFailure.unreadable("A config is never longer than " + most + "; this file is.");
        }
        return bytes;
    }

    /** A file that is called as all configs are is told by its folder. */
    private static String nameOf(Path path, String called) {
        Path folder = path.toAbsolutePath().getParent();
        boolean common = called.equals("config.json") && folder != null && folder.getFileName() != null;
        return common ? Objects.requireNonNull(folder).getFileName() + ".json" : called;
    }

    /** @param fallback the name of a file that tells what nothing else does */
    private ModelTerms terms(String source, @Nullable String fallback) {
        return ModelTerms.of(source, fallback, id, name, licence, program().today());
    }

    private void table(ImportedModel model) {
        TextTable table = new TextTable(MARGIN, TextTable.Column.left("Field"), TextTable.Column.yielding("Value"));
        for (Map.Entry<String, @Nullable Object> entry : model.row().entrySet()) {
            if (entry.getValue() != null) {
                table.add(Style.PLAIN, "", entry.getKey(), cell(entry.getValue()));
            }
        }
        table.lines(console(), MARGIN).forEach(console()::print);
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof Number number) {
            return Numbers.plain(number.doubleValue());
        }
        return value == null ? "" : value.toString().replaceAll("\\s+", " ");
    }

    private void explain(ImportedModel model) {
        Console console = console();
        explain(console, "Derived:", model.derivations(), false);
        explain(console, "Assumed, to be checked:", model.derivations(), true);
    }

    private static void explain(Console console, String title, List<Derivation> derivations, boolean assumed) {
        List<Derivation> these =
                derivations.stream().filter(each -> each.assumed() == assumed).toList();
        if (these.isEmpty()) {
            return;
        }
        console.say(console.styled(assumed ? Style.CAREFUL : Style.BOLD, title));
        for (Derivation each : these) {
            List<String> lines = Words.wrap(each.column() + ": " + each.because(), Console.WIDTH - 2 * MARGIN);
            for (int i = 0; i < lines.size(); i++) {
                console.say(" ".repeat(i == 0 ? MARGIN : 2 * MARGIN) + lines.get(i));
            }
        }
    }
}
