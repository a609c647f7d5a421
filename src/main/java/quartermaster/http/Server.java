package quartermaster.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.router.InternalRouter;
import io.javalin.router.ParsedEndpoint;
import io.javalin.security.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.http.guard.Door;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Limits;
import quartermaster.http.guard.SlowClients;
import quartermaster.http.visit.AccessLog;
import quartermaster.http.visit.Metrics;
import quartermaster.http.visit.Visits;
import quartermaster.workspace.InForce;

/** Decisions over HTTP. It listens from {@link #start} to {@link #close}. */
public final class Server implements AutoCloseable {
    private static final String REFERENCES_PER_CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final int IDLE_WHERE_ALL_ARE_TAKEN_MILLIS = 1_000;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

    static {
        // Else Jetty asks all of Java's management how long a reference is: a twentieth of the start.
        if (System.getProperty(REFERENCES_PER_CACHE_LINE) == null) {
            System.setProperty(REFERENCES_PER_CACHE_LINE, "16");
        }
    }

    private final InForce inForce;
    private final Clock clock;
    private final Limits limits;
    private final Guard guard;
    private final @Nullable Integer healthPort;
    private @Nullable HealthPort health;
    private final AccessLog accessLog;
    private final Keeping keeping;
    private final Metrics metrics = new Metrics();
    private final CostlyWork costly;
    private final SlowClients slow;
    private final Bodies bodies;
    private final Path uploadFolder;
    private final DecideRoutes deciding;
    private final StatusRoutes status;
    private final RescoreRoutes rescores;
    private final Repeats repeats;
    private final WorkbookRoutes workbooks;
    private final KnowledgeRoutes knowledge;
    private final AssistantRoute assistants;
    private final Javalin javalin;

    /**
     * @param inForce gives the version to decide with; it is closed with the server
     * @param recalibrate gives a catalogue whose measurements differ from those in force constants that fit them
     * @param clock for {@code asOf} where a request does not say
     * @param door by which it is reached, and by whom
     */
    public Server(
            InForce inForce,
            WorkbookScoring scoring,
            Function<Catalogue, byte[]> template,
            BiFunction<byte[], Catalogue, byte[]> recalibrate,
            Clock clock,
            Limits limits,
            Door door) {
        this.inForce = inForce;
        this.clock = clock;
        this.limits = limits;
        this.guard = new Guard(door);
        this.healthPort = door.healthPort();
        this.accessLog = new AccessLog(door.accessLog());
        this.keeping = new Keeping(inForce.history());
        this.uploadFolder = temporaryFolder();
        this.costly = new CostlyWork(limits);
        this.slow = new SlowClients(limits.load());
        this.bodies = new Bodies(limits, uploadFolder, slow);
        this.repeats = new Repeats(clock, inForce.history().ledger());
        this.deciding = new DecideRoutes(inForce, clock, limits, bodies, costly, keeping, repeats);
        this.status = new StatusRoutes(inForce, clock, metrics, costly, keeping);
        this.rescores = new RescoreRoutes(inForce, clock, bodies, costly);
        this.workbooks = new WorkbookRoutes(
                inForce, scoring, template, clock, limits, uploadFolder, bodies, costly, rescores, repeats);
        this.knowledge = new KnowledgeRoutes(
                inForce,
                clock,
                bodies,
                costly,
                recalibrate,
                new Approvals(door.twoPersons(), inForce.history().ledger(), clock));
        this.assistants = new AssistantRoute(inForce, clock, limits, bodies, costly, keeping);
        this.javalin = Javalin.create(this::configure);
        answerHead();
        javalin.jettyServer().server(); // made now, while something else may still be read, and not at the start
    }

    /** Listens where only this machine can reach it. Port 0 takes any that is free. */
    public Server start(int port) {
        return start(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    public Server start(String host, int port) {
        javalin.start(host, port);
        if (healthPort != null) {
            health = startHealth(host, healthPort);
        }
        return this;
    }

    public int port() {
        return javalin.port();
    }

    /** Takes no more requests and lets those that run come to their end. */
    @Override
    public void close() {
        javalin.stop();
        workbooks.close();
        rescores.close();
        assistants.close();
        costly.close();
        slow.close();
        closeHealth();
        accessLog.close();
        deleteFolder(uploadFolder);
        inForce.close();
    }

    Path uploadFolder() {
        return uploadFolder;
    }

    private HealthPort startHealth(String host, int port) {
        try {
            return new HealthPort(host, port, status.onHealthPort()).start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + host + ":" + port + ".", e);
        } catch (Exception e) {
            throw new IllegalStateException("The port for health cannot be opened.", e);
        }
    }

    private void closeHealth() {
        HealthPort open = health;
        if (open != null) {
            open.close();
        }
    }

    /** Where it says how it is, if it has such a port. */
    Optional<Integer> healthPort() {
        return Optional.ofNullable(health).map(HealthPort::port);
    }

    /** Every route as {@code GET /rules}. */
    List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(each -> each.endpoint)
                .filter(each -> METHODS.contains(each.method.name()))
                .map(each -> each.method.name() + " " + each.path)
                .toList();
    }

    /** As GET, without the body, which the server underneath leaves out. */
    private void answerHead() {
        InternalRouter router = javalin.unsafe.internalRouter;
        for (ParsedEndpoint each : router.allHttpHandlers()) {
            if (each.endpoint.method == HandlerType.GET) {
                Roles roles = each.endpoint.metadata(Roles.class);
                router.addHttpEndpoint(Endpoint.Companion.create(HandlerType.HEAD, each.endpoint.path)
                        .addMetadata(roles == null ? new Roles(Set.of()) : roles)
                        .handler(each.endpoint.handler));
            }
        }
    }

    CostlyWork costly() {
        return costly;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.concurrency.useVirtualThreads = Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
        config.jetty.modifyServer(server -> {
            Visits visits = new Visits(metrics, accessLog, clock);
            server.setHandler(new GracefulHandler(visits));
            server.setStopTimeout(limits.stopTimeout().toMillis());
            NetworkConnectionLimit connections =
                    new NetworkConnectionLimit(limits.load().connections(), server);
            connections.setEndPointIdleTimeout(IDLE_WHERE_ALL_ARE_TAKEN_MILLIS);
            server.addBean(connections);
            slow.watch(server, visits);
        });
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        guard.register(config);
        deciding.register(config);
        status.register(config);
        workbooks.register(config, deciding::decider);
        rescores.register(config);
        new ApiRoutes().register(config);
        knowledge.register(config);
        new VersionRoutes(inForce, costly).register(config);
        new KeptDecisionRoutes(inForce, costly).register(config);
        assistants.register(config);
        new DecisionList(inForce).register(config);
        new PageRoutes().register(config);
        new LookupRoutes(inForce, clock, costly).register(config);
        repeats.register(config);
        EntityTags.register(config);
        bodies.register(config);
        Failures.register(config);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("quartermaster-uploads-");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary folder can be made for uploads.", e);
        }
    }

    private static void deleteFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return; // nothing else was in there but what a system may clear away
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder " + folder + " cannot be removed.", e);
        }
    }
}
