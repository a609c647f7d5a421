package quartermaster.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Advisor;
import quartermaster.advice.Grid;
import quartermaster.advice.Sweep;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Decision;
import quartermaster.decision.RuleSource;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Door;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Limits;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.http.guard.SlowClients;
import quartermaster.http.visit.AccessLog;
import quartermaster.http.visit.Metrics;
import quartermaster.http.visit.Timing;
import quartermaster.http.visit.Visit;
import quartermaster.http.visit.Visits;
import quartermaster.json.DecisionWriter;
import quartermaster.json.JsonText;
import quartermaster.json.PreviewWriter;
import quartermaster.json.ProblemDocument;
import quartermaster.json.RequestReader;
import quartermaster.json.SweepReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.workbook.score.SweepTable;
import quartermaster.workspace.InForce;
import quartermaster.workspace.WorkspaceRefusal;

/** Decisions over HTTP. It listens from {@link #start} to {@link #close}. */
public final class Server implements AutoCloseable {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final int IDLE_WHERE_ALL_ARE_TAKEN_MILLIS = 1_000;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");
    private static final int OK = 200;
    private static final int MOST_SWEPT = 100_000; // points
    private static final int SWEEPS_AT_ONCE = 8; // in turns

    private final InForce inForce;
    private final Clock clock;
    private final Limits limits;
    private final Guard guard;
    private final @Nullable Integer healthPort;
    private @Nullable HealthPort health;
    private final AccessLog accessLog;
    private final Keeping keeping;
    private final Metrics metrics = new Metrics();
    private final AdmissionGate sweeps = new AdmissionGate(SWEEPS_AT_ONCE, Duration.ZERO);
    private final CostlyWork costly;
    private final SlowClients slow;
    private final Bodies bodies;
    private final Held answers;
    private final Path uploadFolder;
    private final WorkbookRoutes workbooks;
    private final KnowledgeRoutes knowledge;
    private final AssistantRoute assistants;
    private final Instant startedAt;
    private final Javalin javalin;

    /**
     * @param inForce gives the version to decide with; it is closed with the server
     * @param recalibrate gives a catalogue whose measurements differ from those in force constants that fit them
     * @param clock for {@code asOf} where a request does not say
     * @param names by which it is reached, besides those of the loopback address
     */
    public Server(
            InForce inForce,
            WorkbookScoring scoring,
            Function<Catalogue, byte[]> template,
            BiFunction<byte[], Catalogue, byte[]> recalibrate,
            Clock clock,
            Limits limits,
            Collection<String> names) {
        this(inForce, scoring, template, recalibrate, clock, limits, Door.open(names));
    }

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
        this.answers = new Held(limits.answerBytes());
        this.workbooks = new WorkbookRoutes(inForce, scoring, template, clock, limits, uploadFolder, bodies, costly);
        this.knowledge = new KnowledgeRoutes(inForce, clock, bodies, costly, recalibrate);
        this.assistants = new AssistantRoute(inForce, clock, limits, bodies, costly, keeping);
        this.startedAt = clock.instant();
        this.javalin = Javalin.create(this::configure);
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
        Map<String, Supplier<HealthPort.Answer>> answers =
                Map.of("/health/live", Server::live, "/health/ready", this::readiness, "/metrics", this::measured);
        try {
            return new HealthPort(host, port, answers).start();
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

    CostlyWork costly() {
        return costly;
    }

    private static HealthPort.Answer live() {
        return new HealthPort.Answer(OK, MediaTypes.JSON, JsonText.of(Map.of("status", "live")));
    }

    private HealthPort.Answer measured() {
        return new HealthPort.Answer(OK, Metrics.MEDIA_TYPE, metrics.text(samples()));
    }

    private List<Metrics.Sample> samples() {
        return Samples.of(inForce, costly, keeping, clock);
    }

    private HealthPort.Answer readiness() {
        try {
            return new HealthPort.Answer(OK, MediaTypes.JSON, JsonText.of(readyFields()));
        } catch (WorkspaceRefusal e) {
            ProblemDocument problem = Refusal.of(e).document();
            return new HealthPort.Answer(problem.status(), ProblemDocument.MEDIA_TYPE, problem.toJson());
        }
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
        config.routes.post("/decide", this::decide, Needs.DECIDE);
        config.routes.post("/sweeps", this::sweep, Needs.DECIDE);
        config.routes.get("/health/live", ctx -> json(ctx, Map.of("status", "live")), Needs.NOTHING);
        config.routes.get("/health/ready", this::ready, Needs.NOTHING);
        config.routes.get("/status", this::status, Needs.OPERATE);
        byte[] document = ApiDocument.json().getBytes(StandardCharsets.UTF_8);
        config.routes.get(
                "/openapi.json", ctx -> ctx.contentType(MediaTypes.JSON).result(document), Needs.NOTHING);
        config.routes.get(
                "/metrics",
                ctx -> ctx.contentType(Metrics.MEDIA_TYPE)
                        .result(metrics.text(samples()).getBytes(StandardCharsets.UTF_8)),
                Needs.OPERATE);
        workbooks.register(config, this::decider);
        knowledge.register(config);
        assistants.register(config);
        new DecisionList(inForce).register(config);
        new PageRoutes().register(config);
        Failures.register(config);
    }

    private void decide(Context ctx) throws Exception {
        Bodies.requireJson(ctx);
        Timing timing = new Timing();
        byte[] body = bodies.json(ctx);
        Held.Share held = answers.new Share();
        Visit.of(ctx).atEnd(held::giveBack);
        Answers answered = costly.run(ctx, turn -> {
            Decider decider = decider(ctx).asLongAs(turn::check);
            RequestReader.Sent sent = RequestReader.read(body, today());
            held.take(requireLittleEnough(sent, decider));
            timing.end("read");
            return sent.isBatch()
                    ? new Answers(true, batch(decider, sent.requests(), turn, Guard.actor(ctx)))
                    : new Answers(
                            false, List.of(advised(decider, sent.requests().get(0), timing, ctx)));
        });
        List<byte[]> texts = keeping.end(answered.all());
        held.take(texts.stream().mapToLong(each -> each.length).sum());
        InputStream answer = answered.isBatch() ? array(texts) : new ByteArrayInputStream(texts.get(0));
        timing.end("write");
        ctx.header("Server-Timing", timing.header());
        ctx.contentType(MediaTypes.JSON).result(answer);
    }

    /** How long the answers may become. */
    private long requireLittleEnough(RequestReader.Sent sent, Decider decider) {
        RequestedWork work = new RequestedWork(decider, limits);
        for (int i = 0; i < sent.requests().size(); i++) {
            Imported<@Nullable DecisionRequest> read = sent.requests().get(i);
            if (read.value() != null && read.isClean()) {
                work.add(read.value(), sent.isBatch() ? "/" + i : "", 1);
            }
        }
        work.requireWithinLimits();
        return work.answerBytes();
    }

    /** To one request, or to an array of them. */
    private record Answers(boolean isBatch, List<Answered> all) {}

    /** Of each request no more is held than its answer's text. Others are let in between. */
    private List<Answered> batch(
            Decider decider, List<Imported<@Nullable DecisionRequest>> requests, Turn turn, @Nullable String actor)
            throws InterruptedException {
        List<Answered> answers = new ArrayList<>();
        for (Imported<@Nullable DecisionRequest> request : requests) {
            turn.letOthers();
            long begun = System.nanoTime();
            Imported<@Nullable Decision> decided = decider.decide(request);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            String text = DecisionWriter.writeElement(decided);
            answers.add(
                    decided.value() == null
                            ? Answered.problem(text)
                            : keeping.begin(decided.value(), text, took, actor));
        }
        return answers;
    }

    private static InputStream array(List<byte[]> texts) {
        List<InputStream> pieces = new ArrayList<>();
        for (byte[] each : texts) {
            pieces.add(bytes(pieces.isEmpty() ? "[" : ","));
            pieces.add(new ByteArrayInputStream(each));
        }
        pieces.add(bytes(pieces.isEmpty() ? "[]" : "]"));
        return new SequenceInputStream(Collections.enumeration(pieces));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to one request, with what follows from it unless nothing is to be explained. */
    private Answered advised(Decider decider, Imported<@Nullable DecisionRequest> request, Timing timing, Context ctx) {
        long begun = System.nanoTime();
        Imported<@Nullable Decision> answer = decider.decide(request);
        timing.end("decide");
        Decision decision = answer.value();
        if (decision == null) {
            throw Refusal.invalid(answer.problems());
        }
        Advice advice = Advisor.isWanted(decision.asked()) ? new Advisor(decider).of(decision) : null;
        timing.end("advise");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        String text = DecisionWriter.write(decision, advice);
        Visit.of(ctx).setDecision(decision.id());
        return keeping.begin(decision, text, took, Guard.actor(ctx));
    }

    /** A line of JSON for each point, as soon as it is decided, and one that says that these were all. */
    private void sweep(Context ctx) throws Exception {
        Bodies.requireJson(ctx);
        byte[] body = bodies.json(ctx);
        sweeps.pass(() -> costly.runInParts(ctx, turn -> {
            Decider decider = decider(ctx).asLongAs(turn::check);
            SweepReader.Sent sent = valid(SweepReader.read(body, today()));
            Grid grid = valid(Sweep.grid(sent.request(), sent.varied(), MOST_SWEPT));
            RequestedWork eachPoint = new RequestedWork(decider, limits);
            eachPoint.add(sent.request(), "/request", Runtime.getRuntime().availableProcessors());
            eachPoint.requireWithinLimits();
            ctx.contentType(MediaTypes.JSON_LINES);
            LinesOut lines = new LinesOut(ctx.outputStream(), turn);
            Sweep.run(decider, grid, sent.from(), point -> {
                Map<String, @Nullable Object> line = new LinkedHashMap<>();
                line.put("point", point.number());
                line.putAll(SweepTable.named(grid, point));
                return lines.add(line);
            });
            lines.add(Map.of("points", grid.size(), "versions", decider.versions()));
            lines.send();
            return grid;
        }));
    }

    private static <T> T valid(Imported<@Nullable T> read) {
        T value = read.value();
        if (value == null) {
            throw Refusal.invalid(read.problems());
        }
        return value;
    }

    private void ready(Context ctx) {
        json(ctx, readyFields());
    }

    private Map<String, @Nullable Object> readyFields() {
        Map<String, @Nullable Object> ready = new LinkedHashMap<>();
        ready.put("status", "ready");
        ready.put("versions", decider().versions());
        putNotInForce(ready);
        if (inForce.history().ledger().isFailing()) {
            ready.put("ledger", inForce.history().status());
        }
        return ready;
    }

    /** An edit that is not in force is said wherever somebody may look. */
    private void putNotInForce(Map<String, @Nullable Object> fields) {
        InForce.Broken broken = inForce.state().broken();
        if (broken != null) {
            Decider decider = inForce.decider();
            String advice = Remedy.onDisk(
                    !broken.problems().isEmpty(),
                    broken.failedCases(),
                    decider == null ? null : decider.versions().workspace());
            fields.put(
                    "notInForce",
                    PreviewWriter.broken(broken.problems(), broken.failedCases(), broken.since(), advice));
        }
    }

    private void status(Context ctx) {
        Decider decider = inForce.decider();
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("status", decider == null ? "not-ready" : "ready");
        status.put("versions", decider == null ? null : decider.versions());
        status.put("rulesInForce", decider == null ? 0 : decider.rules().rulesInForce());
        status.put(
                "rules",
                decider == null
                        ? List.of()
                        : decider.rules().rules().stream().map(RuleSource::name).toList());
        inForce.building()
                .ifPresent(each ->
                        status.put("beingBuilt", Map.of("files", List.copyOf(each.files()), "since", each.since())));
        putNotInForce(status);
        if (decider != null && !decider.takenFromProgram().isEmpty()) {
            status.put("takenFromProgram", decider.takenFromProgram());
        }
        status.put("ledger", inForce.history().status());
        status.put("startedAt", startedAt);
        status.put("uptimeSeconds", Duration.between(startedAt, clock.instant()).toSeconds());
        json(ctx, status);
    }

    /** The version that {@code ?version=} names, else the one in force. */
    private Decider decider(Context ctx) {
        String version = ctx.queryParam("version");
        return version == null ? decider() : inForce.version(version).decider();
    }

    private Decider decider() {
        return inForce.now().decider();
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static void json(Context ctx, Map<String, ? extends @Nullable Object> fields) {
        json(ctx, JsonText.of(fields));
    }

    private static void json(Context ctx, String json) {
        ctx.contentType(MediaTypes.JSON).result(json.getBytes(StandardCharsets.UTF_8));
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
