package quartermaster.cli;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quartermaster.unit.Imported;

@Command(
        name = "serve",
        description = "Answers over HTTP until it is stopped.",
        footer = {"", "Example:", "  quartermaster serve --port 8080"})
final class ServeCommand extends Subcommand {
    private static final Pattern HOST_NAME = Pattern.compile("[\\w.-]+|\\[[\\p{XDigit}:.]+]");

    @Option(names = "--port", paramLabel = "N", description = "0 takes any free one (default: 8080).")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: 127.0.0.1, which only this machine reaches).")
    private String host = "127.0.0.1";

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            description = "Another name by which it is reached, for example through a proxy; may be repeated."
                    + " Requests to other names than these and this machine's own are refused.")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--keep-decisions",
            paramLabel = "DAYS",
            description = "Deletes decisions that are older (default: keeps all). Versions are always kept.")
    private @Nullable Integer keepDecisions;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Path folder = root().workspace();
        Imported<@Nullable String> started = start(folder);
        String address = started.value();
        if (address == null) {
            throw Commands.broken(folder, started.problems());
        }
        started.problems().forEach(problem -> console().say("Not in force: " + problem));
        console().say("Listening on " + address + " (Ctrl-C stops it).");
        new CountDownLatch(1).await();
        return ExitCode.FINE;
    }

    private Imported<@Nullable String> start(Path folder) throws CommandFailure {
        if (keepDecisions != null && keepDecisions < 1) {
            throw CommandFailure.usage("--keep-decisions (" + keepDecisions + ") must be 1 or more days.");
        }
        requireHostNames();
        Duration keep = keepDecisions == null ? null : Duration.ofDays(keepDecisions);
        try {
            return program().service().start(folder, new Program.Listening(host, port, allowedHosts), keep);
        } catch (RuntimeException e) {
            if (Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                    .noneMatch(cause -> cause instanceof IOException || cause instanceof UnresolvedAddressException)) {
                throw e;
            }
            throw CommandFailure.usage("Cannot listen on " + host + ":" + port + " (" + e.getMessage()
                    + ").\nMaybe another program does; choose another port with --port N.");
        }
    }

    private void requireHostNames() throws CommandFailure {
        for (String name : allowedHosts) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw CommandFailure.usage("--allowed-host (" + name
                        + ") must be a name without scheme and port, such as quartermaster.example.");
            }
        }
    }
}
