package quartermaster.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
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
import quartermaster.json.DecisionWriter;
import quartermaster.json.JsonText;
import quartermaster.json.PreviewWriter;
import quartermaster.json.RequestReader;
import quartermaster.json.SweepReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.workbook.score.SweepTable;
import quartermaster.workspace.InForce;

/** Decisions over HTTP. It listens from {@link #start} to {@link #close}. */
public final class Server implements AutoCloseable {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final int MOST_SWEPT = 100_000; // points
    private static final Duration SWEEP_PATIENCE = Duration.ofSeconds(10);

    private final InForce inForce;
    private final Clock clock;
    private final Limits limits;
    private final HostAndOrigin hostAndOrigin;
    private final AdmissionGate sweeps = new AdmissionGate(1, SWEEP_PATIENCE);
    private final Path uploadFolder;
    private final WorkbookRoutes workbooks;
    private final KnowledgeRoutes knowledge;
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
        this.inForce = inForce;
        this.clock = clock;
        this.limits = limits;
        this.hostAndOrigin = new HostAndOrigin(names);
        this.uploadFolder = temporaryFolder();
        this.workbooks = new WorkbookRoutes(inForce, scoring, template, clock, limits, uploadFolder);
        this.knowledge = new KnowledgeRoutes(inForce, clock, limits, uploadFolder, recalibrate);
        this.startedAt = clock.instant();
        this.javalin = Javalin.create(this::configure);
    }

    /** Listens where only this machine can reach it. Port 0 takes any that is free. */
    public Server start(int port) {
        return start(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    public Server start(String host, int port) {
        javalin.start(host, port);
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
        deleteFolder(uploadFolder);
        inForce.close();
    }

    Path uploadFolder() {
        return uploadFolder;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.concurrency.useVirtualThreads = Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setStopTimeout(limits.stopTimeout().toMillis());
        });
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.routes.before(ctx -> {
            ctx.header("X-Content-Type-Options", "nosniff");
            ctx.header("Cache-Control", "no-store");
            hostAndOrigin.check(ctx);
        });
        config.routes.post("/decide", this::decide);
        config.routes.post("/sweeps", this::sweep);
        config.routes.get("/health/live", ctx -> json(ctx, Map.of("status", "live")));
        config.routes.get("/health/ready", this::ready);
        config.routes.get("/status", this::status);
        workbooks.register(config, this::decider);
        knowledge.register(config);
        new DecisionList(inForce).register(config);
        new PageRoutes().register(config);
        Failures.register(config);
    }

    private void decide(Context ctx) throws Exception {
        requireJson(ctx);
        Decider decider = decider(ctx);
        Timing timing = new Timing();
        RequestReader.Sent sent = RequestReader.read(Bodies.read(ctx.req(), limits.jsonBytes()), today());
        requireLittleEnough(sent, decider);
        timing.end("read");
        InputStream answer = sent.isBatch()
                ? batch(decider, sent.requests())
                : bytes(advised(decider, sent.requests().get(0), timing));
        timing.end("write");
        ctx.header("Server-Timing", timing.header());
        ctx.contentType(MediaTypes.JSON).result(answer);
    }

    private void requireLittleEnough(RequestReader.Sent sent, Decider decider) {
        RequestedWork work = new RequestedWork(decider, limits);
        for (int i = 0; i < sent.requests().size(); i++) {
            Imported<@Nullable DecisionRequest> read = sent.requests().get(i);
            if (read.value() != null && read.isClean()) {
                work.add(read.value(), sent.isBatch() ? "/" + i : "", 1);
            }
        }
        work.requireWithinLimits();
    }

    /** Of each request no more is held than its answer's text, and that in its own piece. */
    private InputStream batch(Decider decider, List<Imported<@Nullable DecisionRequest>> requests) {
        List<InputStream> pieces = new ArrayList<>();
        for (Imported<@Nullable DecisionRequest> request : requests) {
            pieces.add(bytes(pieces.isEmpty() ? "[" : ","));
            pieces.add(bytes(decided(decider, request)));
        }
        pieces.add(bytes(pieces.isEmpty() ? "[]" : "]"));
        return new SequenceInputStream(Collections.enumeration(pieces));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String decided(Decider decider, Imported<@Nullable DecisionRequest> request) {
        long begun = System.nanoTime();
        Imported<@Nullable Decision> decided = decider.decide(request);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        String answer = DecisionWriter.writeElement(decided);
        if (decided.value() != null) {
            inForce.history().record(decided.value(), answer, took);
        }
        return answer;
    }

    /** The answer to one request, with what follows from it unless nothing is to be explained. */
    private String advised(Decider decider, Imported<@Nullable DecisionRequest> request, Timing timing) {
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
        inForce.history().record(decision, text, took);
        return text;
    }

    /** A line of JSON for each point, as soon as it is decided, and one that says that these were all. */
    private void sweep(Context ctx) throws Exception {
        requireJson(ctx);
        Decider decider = decider(ctx);
        SweepReader.Sent sent = valid(SweepReader.read(Bodies.read(ctx.req(), limits.jsonBytes()), today()));
        Grid grid = valid(Sweep.grid(sent.request(), sent.varied(), MOST_SWEPT));
        RequestedWork eachPoint = new RequestedWork(decider, limits);
        eachPoint.add(sent.request(), "/request", Runtime.getRuntime().availableProcessors());
        eachPoint.requireWithinLimits();
        sweeps.pass(() -> {
            ctx.contentType(MediaTypes.JSON_LINES);
            OutputStream lines = ctx.outputStream();
            Sweep.run(decider, grid, sent.from(), point -> {
                Map<String, @Nullable Object> line = new LinkedHashMap<>();
                line.put("point", point.number());
                line.putAll(SweepTable.named(grid, point));
                return writeLine(lines, line);
            });
            writeLine(lines, Map.of("points", grid.size(), "versions", decider.versions()));
            return grid;
        });
    }

    private static <T> T valid(Imported<@Nullable T> read) {
        T value = read.value();
        if (value == null) {
            throw Refusal.invalid(read.problems());
        }
        return value;
    }

    /** False where nobody listens any more. */
    private static boolean writeLine(OutputStream lines, Map<String, ? extends @Nullable Object> fields) {
        try {
            lines.write((JsonText.of(fields) + "\n").getBytes(StandardCharsets.UTF_8));
            lines.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void ready(Context ctx) {
        Map<String, @Nullable Object> ready = new LinkedHashMap<>();
        ready.put("status", "ready");
        ready.put("versions", decider().versions());
        putNotInForce(ready);
        json(ctx, ready);
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

    private static void requireJson(Context ctx) {
        if (!MediaTypes.isJson(ctx.contentType())) {
            throw Refusal.unsupportedType("Found Content-Type " + ctx.contentType() + "; expected application/json.");
        }
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            throw Refusal.unsupportedType("Found Content-Encoding " + encoding + "; expected none.");
        }
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
