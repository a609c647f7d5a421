package quartermaster.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.access.Issuer;
import quartermaster.access.Keys;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.unit.Imported;
import quartermaster.workspace.InForce;

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
            split = ",",
            paramLabel = "NAME",
            description = "Another name by which it is reached, for example through a proxy; may be repeated."
                    + " Requests to other names than these and this machine's own are refused.")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "Lines of name, SHA-256 of a key and roles (decide, read, edit, operate). Requests without one of"
                            + " these keys are refused. Without the option whoever reaches the service may do everything.")
    private @Nullable String keys;

    @Option(
            names = "--issuer",
            paramLabel = "NAME",
            description =
                    "Who issues tokens (JWT) that serve as keys: their iss, e.g. https://login.example/realms/staff.")
    private @Nullable String issuer;

    @Option(
            names = "--issuer-keys",
            paramLabel = "FILE|URL",
            description =
                    "Its public keys (JWKS): a file, or the address where it publishes them. Only an address is asked for"
                            + " over the network.")
    private @Nullable String issuerKeys;

    @Option(
            names = "--audience",
            paramLabel = "NAME",
            description =
                    "What a token's aud must have, so that none for another service is taken (default: quartermaster).")
    private String audience = "quartermaster";

    @Option(
            names = "--roles-claim",
            paramLabel = "PATH",
            description = "Where a token has its roles, e.g. realm_access.roles (default: roles).")
    private String rolesClaim = "roles";

    @Option(
            names = "--name-claim",
            paramLabel = "PATH",
            description = "What its owner is called by in all that is kept (default: sub).")
    private String nameClaim = "sub";

    @Option(
            names = "--two-persons",
            fallbackValue = "true",
            description =
                    "What lets others win than cases want is put in force only when the owner of a second key agrees.")
    private boolean twoPersons;

    @Option(
            names = "--insecure",
            fallbackValue = "true",
            description = "Listens where others reach it, though it has no keys.")
    private boolean insecure;

    @Option(
            names = "--health-port",
            paramLabel = "N",
            description = "Another port, with its own threads, that only says how the service is (default: none).")
    private @Nullable Integer healthPort;

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description = "Adds a line of JSON for each request; - for standard error (default: none).")
    private @Nullable String accessLog;

    @Option(
            names = "--keep-decisions",
            paramLabel = "DAYS",
            description = "Deletes decisions that are older (default: keeps all). Versions are always kept.")
    private @Nullable Integer keepDecisions;

    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Option(
            names = "--publish-folder",
            fallbackValue = "true",
            description = "With a database: what stands in the workspace takes the place of what is in force there, if"
                    + " its cases hold. Without it the workspace counts only where nothing is in force yet.")
    private boolean publishFolder;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Path folder = root().workspaceOrNew();
        Imported<@Nullable String> started = start(folder);
        String address = started.value();
        if (address == null) {
            refuseWithoutDatabase(started);
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
        Keys known = keys();
        requireKeysForOthers(known);
        if (twoPersons && known.isEmpty()) {
            throw CommandFailure.usage("--two-persons needs keys: without them nobody is told from anybody else.\n"
                    + "Name keys with --keys FILE.");
        }
        DatabaseAddress shared = database.address();
        if (publishFolder && shared == null) {
            throw CommandFailure.usage(
                    "--publish-folder is for a database; without one the folder is what is in force.");
        }
        Program.Keeping keeping = new Program.Keeping(
                keepDecisions == null ? null : Duration.ofDays(keepDecisions), shared, publishFolder);
        try {
            return program()
                    .service()
                    .start(
                            folder,
                            new Program.Listening(host, port, allowedHosts, known, twoPersons, healthPort, accessLog),
                            keeping);
        } catch (RuntimeException e) {
            if (Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                    .noneMatch(cause -> cause instanceof IOException || cause instanceof UnresolvedAddressException)) {
                throw e;
            }
            throw CommandFailure.usage("Cannot listen on " + host + ":" + port + " (" + e.getMessage()
                    + ").\nMaybe another program does; choose another port with --port N.");
        }
    }

    private static void refuseWithoutDatabase(Imported<@Nullable String> started) throws CommandFailure {
        if (started.problems().stream().anyMatch(each -> each.code().equals(InForce.NO_DATABASE))) {
            throw CommandFailure.unreadable(started.problems().get(0).message());
        }
    }

    private Keys keys() throws CommandFailure {
        Keys own = ownKeys();
        if ((issuer == null) != (issuerKeys == null)) {
            throw CommandFailure.usage("--issuer and --issuer-keys belong together: name both, or none.");
        }
        return issuer == null || issuerKeys == null
                ? own
                : own.and(issuer(new Issuer.Settings(issuer, audience, issuerKeys, rolesClaim, nameClaim)));
    }

    private Issuer issuer(Issuer.Settings settings) throws CommandFailure {
        Imported<@Nullable Issuer> read = Issuer.isRemote(settings.keys())
                ? Issuer.remote(settings)
                : Issuer.local(
                        settings, new String(FileAccess.read(program(), settings.keys()), StandardCharsets.UTF_8));
        Issuer value = read.value();
        if (value == null) {
            throw new CommandFailure(ExitCode.UNREADABLE, "The issuer's keys cannot be used:", read.problems());
        }
        return value;
    }

    private Keys ownKeys() throws CommandFailure {
        if (keys == null) {
            return Keys.NONE;
        }
        String text = new String(FileAccess.read(program(), keys), StandardCharsets.UTF_8);
        Imported<@Nullable Keys> read = Keys.parse(text, keys);
        Keys value = read.value();
        if (value == null) {
            throw new CommandFailure(ExitCode.UNREADABLE, "The keys cannot be used:", read.problems());
        }
        return value;
    }

    /** Whoever reaches an address of a network is not known: he has to have a key, or somebody has to want it so. */
    private void requireKeysForOthers(Keys known) throws CommandFailure {
        if (known.isEmpty() && !insecure && !isLoopback(host)) {
            throw CommandFailure.usage("Others reach " + host + ", and there are no keys: whoever does may publish.\n"
                    + "Name keys with --keys FILE, or say --insecure if something else keeps others away.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true; // nothing listens there: that is said when it is tried
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
