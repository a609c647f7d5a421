package quartermaster.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.Console;
import quartermaster.decision.engine.Decider;
import quartermaster.unit.Imported;

/** Runs commands and keeps what they said; the repository's own workspace is loaded once for all. */
public final class Terminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path current;
    private final Path copies;
    private String input = "";
    private Program.Service service =
            (folder, listening, keep) -> new Imported<>(listening.host() + ":" + listening.port(), List.of());
    private boolean colours;
    private int width = Console.WIDTH;
    private boolean rulesOfRepository;
    private Catalogue catalogue = TestWorkspace.catalogue();

    Terminal(Path current, Path copies) {
        this.current = current;
        this.copies = copies;
    }

    public static Terminal inRepository() {
        return new Terminal(TestWorkspace.FOLDER, TestWorkspace.FOLDER.resolve("target/no-copies"));
    }

    public Terminal withInput(String text) {
        input = text;
        return this;
    }

    /** Decides with the repository's rules whatever the folder holds: compiling them takes seconds. */
    Terminal withRulesOfRepository() {
        rulesOfRepository = true;
        return this;
    }

    Terminal withCatalogue(Catalogue other) {
        catalogue = other;
        return this;
    }

    Terminal withService(Program.Service other) {
        service = other;
        return this;
    }

    Terminal withColours() {
        colours = true;
        return this;
    }

    Terminal withWidth(int characters) {
        width = characters;
        return this;
    }

    public int run(String... args) {
        Console console = console();
        Program program = new Program(
                "test",
                console,
                new Workspaces(current, copies),
                new Shared(rulesOfRepository, catalogue),
                service,
                () -> TestWorkspace.NOW);
        return Commands.run(program, args);
    }

    Console console() {
        return new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                colours,
                () -> width);
    }

    /** What a folder holds that the repository's own workspace holds, too, is there already. */
    private record Shared(boolean rulesOfRepository, Catalogue catalogue) implements Program.Loader {
        @Override
        public Imported<Decider> load(Path folder) {
            return rulesOfRepository || folder.equals(TestWorkspace.FOLDER)
                    ? new Imported<>(TestWorkspace.decider(), List.of())
                    : TestWorkspace.load(folder);
        }

        @Override
        public Imported<Catalogue> catalogue(Path folder) {
            return folder.equals(TestWorkspace.FOLDER)
                    ? new Imported<>(catalogue, List.of())
                    : TestWorkspace.catalogue(folder);
        }
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
