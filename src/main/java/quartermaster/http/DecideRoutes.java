package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Advisor;
import quartermaster.advice.Grid;
import quartermaster.advice.Sweep;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Limits;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.http.visit.Timing;
import quartermaster.http.visit.Visit;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.json.SweepReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.workbook.score.SweepTable;
import quartermaster.workspace.InForce;

/** Requests decided, one or many at a time, and swept. */
final class DecideRoutes {
    private static final int MOST_SWEPT = 100_000; // points
    private static final int SWEEPS_AT_ONCE = 8; // in turns

    private final InForce inForce;
    private final Clock clock;
    private final Limits limits;
    private final Repeats repeats;
    private final Bodies bodies;
    private final CostlyWork costly;
    private final Keeping keeping;
    private final AdmissionGate sweeps = new AdmissionGate(SWEEPS_AT_ONCE, Duration.ZERO);
    private final Held answers;

    DecideRoutes(
            InForce inForce,
            Clock clock,
            Limits limits,
            Bodies bodies,
            CostlyWork costly,
            Keeping keeping,
            Repeats repeats) {
        this.inForce = inForce;
        this.clock = clock;
        this.limits = limits;
        this.repeats = repeats;
        this.bodies = bodies;
        this.costly = costly;
        this.keeping = keeping;
        this.answers = new Held(limits.answerBytes());
    }

    void register(JavalinConfig config) {
        config.routes.post("/decide", this::decide, Needs.DECIDE);
        config.routes.post("/sweeps", this::sweep, Needs.DECIDE);
    }

    private void decide(Context ctx) throws Exception {
        Bodies.requireJson(ctx);
        keeps(ctx); // before any work
        Timing timing = new Timing();
        byte[] body = bodies.json(ctx);
        if (repeats.answers(ctx, body)) {
            return;
        }
        Held.Share held = answers.new Share();
        Visit.of(ctx).atEnd(held::giveBack);
        Answers answered = costly.run(ctx, turn -> {
            Decider decider = decider(ctx).asLongAs(turn::check);
            RequestReader.Sent sent = RequestReader.read(body, today());
            held.take(requireLittleEnough(sent, decider));
            timing.end("read");
            return sent.isBatch()
                    ? new Answers(true, batch(decider, sent.requests(), turn, ctx))
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
            Decider decider, List<Imported<@Nullable DecisionRequest>> requests, Turn turn, Context ctx)
            throws InterruptedException {
        boolean isWanted = keeps(ctx);
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
                            : answered(isWanted, decided.value(), text, took, ctx));
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
        return answered(keeps(ctx), decision, text, took, ctx);
    }

    private Answered answered(boolean isWanted, Decision decision, String text, Duration took, Context ctx) {
        return isWanted ? keeping.begin(decision, text, took, Guard.actor(ctx)) : Answered.passing(text);
    }

    /** Whether the answer stays: {@code ?keep=false} asks for one that nobody will look for. */
    private static boolean keeps(Context ctx) {
        String asked = ctx.queryParam("keep");
        if (asked == null || asked.equals("true")) {
            return true;
        }
        if (asked.equals("false")) {
            return false;
        }
        throw Refusal.invalidParameter("keep", asked, "true or false");
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

    /** The version that {@code ?version=} names, else the one in force. */
    Decider decider(Context ctx) {
        String version = ctx.queryParam("version");
        return (version == null ? inForce.now() : inForce.version(version)).decider();
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
