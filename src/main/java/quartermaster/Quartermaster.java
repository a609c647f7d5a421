package quartermaster;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import quartermaster.cli.Commands;
import quartermaster.cli.Console;
import quartermaster.cli.Program;
import quartermaster.cli.Workspaces;
import quartermaster.decision.Decider;
import quartermaster.http.Limits;
import quartermaster.http.Server;
import quartermaster.workbook.ScoredWorkbook;
import quartermaster.workbook.Template;
import quartermaster.workbook.Workspace;

/** The program: wires everything by hand and hands over to the command line. */
public final class Quartermaster {
    private static final String VERSION = version();

    private Quartermaster() {}

    public static void main(String[] args) {
        Workspaces workspaces = new Workspaces(
                Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home"), ".quartermaster", VERSION));
        Program program = new Program(
                VERSION,
                Console.ofSystem(),
                workspaces,
                folder -> Workspace.load(folder, VERSION, Instant::now),
                Quartermaster::serve,
                Instant::now);
        System.exit(Commands.run(program, args));
    }

    private static String serve(Decider decider, String host, int port) {
        Server server = new Server(
                        () -> decider,
                        ScoredWorkbook::score,
                        Template::write,
                        Clock.system(ZoneId.systemDefault()),
                        Limits.USUAL)
                .start(host, port);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stopping"));
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
    }

    /** As the jar's manifest has it. */
    private static String version() {
        String version = Quartermaster.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
