package quartermaster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import quartermaster.access.Keys;
import quartermaster.cli.Commands;
import quartermaster.cli.Program;

/**
 * Goes once through what a start needs: scores the example workbook, and serves one answer. {@link ClassArchive} makes an archive of
 * the classes that it loads. Its one argument is a folder of its own for what is written.
 */
final class WarmUp {
    private static final String REQUEST = "{\"workload\": {\"type\": \"internal-tool\", \"concurrency\": 4}}";

    /** Unlike 1, by which Java itself ends where it makes no such archives, this ends the build. */
    private static final int FAILED = 3;

    private static final int TRIES = 5;

    private WarmUp() {}

    public static void main(String[] args) {
        try {
            goThrough(Path.of(args[0]));
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            System.exit(FAILED);
        }
        System.exit(0);
    }

    private static void goThrough(Path own) throws IOException {
        Path folder = Files.createDirectories(own).toAbsolutePath();
        Path workspace = folder.resolve("workspace");
        Program program = Quartermaster.program(folder, workspace);
        run(program, "template", "-o", folder.resolve("template.xlsx").toString()); // lays out a workspace
        Path example = workspace.resolve("spreadsheets").resolve("candidates.xlsx");
        run(
                program,
                "decide",
                example.toString(),
                "-o",
                folder.resolve("scored.xlsx").toString());
        System.gc(); // so that rules are loaded as in a second start, and not shared with what was decided before
        Program.Listening here = new Program.Listening("127.0.0.1", 0, List.of(), Keys.NONE, false, null, null);
        String address = program.service()
                .start(workspace, here, new Program.Keeping(null, null, false))
                .value();
        answer(address + "/decide", TRIES);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void run(Program program, String... command) {
        if (Commands.run(program, command) != 0) {
            throw new IllegalStateException(String.join(" ", command) + " fails.");
        }
    }

    private static void answer(String address, int tries) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(REQUEST.getBytes(StandardCharsets.UTF_8));
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_GATEWAY_TIMEOUT && tries > 1) {
            answer(address, tries - 1); // others use the machine, too
            return;
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IllegalStateException("POST /decide is answered with " + status + ".");
        }
        connection.getInputStream().readAllBytes();
    }
}
