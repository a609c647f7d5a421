package quartermaster;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.cli.Commands;
import quartermaster.cli.Program;
import quartermaster.cli.Workspaces;
import quartermaster.cli.report.Console;
import quartermaster.http.Server;
import quartermaster.http.guard.Door;
import quartermaster.http.guard.Limits;
import quartermaster.unit.Imported;
import quartermaster.workbook.score.ScoredWorkbook;
import quartermaster.workbook.template.Template;
import quartermaster.workspace.InForce;
import quartermaster.workspace.Recalibration;
import quartermaster.workspace.Workspace;

/** The program: wires everything by hand and hands over to the command line. */
public final class Quartermaster {
    private static final String VERSION = version();

    /**
     * How often a method is called by reflection before Java 17 makes a class for it: after the usual 15, a start makes nearly two
     * hundred that it uses for a moment.
     */
    private static final String CALLS_BEFORE_A_CLASS = "sun.reflect.inflationThreshold";

    private Quartermaster() {}

    public static void main(String[] args) {
        if (System.getProperty(CALLS_BEFORE_A_CLASS) == null) {
            System.setProperty(CALLS_BEFORE_A_CLASS, "500");
        }
        Path home = Path.of(System.getProperty("user.home"), ".quartermaster", VERSION);
        System.exit(Commands.run(program(Path.of("").toAbsolutePath(), home), args));
    }

    /**
     * The program.
     *
     * @param current folder that it runs in
     * @param home for a copy of the workspace, where the current folder is none
     */
    static Program program(Path current, Path home) {
        return new Program(
                VERSION,
                Console.ofSystem(),
                new Workspaces(current, home),
                folder -> Workspace.load(folder, VERSION, Instant::now),
                Quartermaster::serve,
                Instant::now);
    }

    private static Imported<@Nullable String> serve(Path folder, Program.Listening listening, Program.Keeping keeping) {
        String host = listening.host();
        List<String> names = Stream.concat(Stream.of(host), listening.allowedHosts().stream())
                .toList();
        Clock clock = Clock.system(ZoneId.systemDefault());
        InForce inForce = new InForce(folder, VERSION, clock, keeping.database());
        CompletableFuture<Server> made = CompletableFuture.supplyAsync(
                () -> // while the workspace is read
                new Server(
                                inForce,
                                ScoredWorkbook::score,
                                Template::write,
                                Recalibration::of,
                                clock,
                                Limits.USUAL,
                                new Door(
                                        names,
                                        listening.keys(),
                                        listening.twoPersons(),
                                        listening.healthPort(),
                                        listening.accessLog())));
        inForce.start();
        Server server = made.join();
        if (inForce.decider() == null) {
            server.close();
            return Imported.nothing(inForce.problems());
        }
        if (keeping.decisions() != null) {
            inForce.keepingDecisions(keeping.decisions());
        }
        if (keeping.publishFolder()) {
            inForce.publishFolder();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stopping"));
        server.start(host, listening.port());
        String address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
        return new Imported<>(address, inForce.problems());
    }

    /** As the jar's manifest has it, or where there is no jar, as in the image, a property. */
    private static String version() {
        String version = Quartermaster.class.getPackage().getImplementationVersion();
        return version == null ? System.getProperty("quartermaster.version", "development") : version;
    }
}
