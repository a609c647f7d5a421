package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.assistant.Assistant;
import quartermaster.assistant.Caller;
import quartermaster.assistant.ToolFailure;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Limits;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.http.visit.Visit;
import quartermaster.request.DecisionRequest;
import quartermaster.workspace.InForce;

/** The Model Context Protocol over streamable HTTP, without sessions: a message in, its answer out. */
final class AssistantRoute implements AutoCloseable {
    private static final String VERSION = "MCP-Protocol-Version";
    private static final int ACCEPTED = 202;

    private final Supplier<Assistant> make;
    private @Nullable Assistant assistant; // made when somebody first asks: its library is a large one
    private final Limits limits;
    private final Bodies bodies;
    private final CostlyWork costly;
    private final Keeping keeping;

    AssistantRoute(InForce inForce, Clock clock, Limits limits, Bodies bodies, CostlyWork costly, Keeping keeping) {
        this.make = () -> new Assistant(inForce, inForce.program(), clock);
        this.limits = limits;
        this.bodies = bodies;
        this.costly = costly;
        this.keeping = keeping;
    }

    void register(JavalinConfig config) {
        config.routes.post("/mcp", this::message, Needs.KEY);
    }

    private void message(Context ctx) throws Exception {
        Bodies.requireJson(ctx);
        String version = ctx.header(VERSION);
        if (version != null && !Assistant.PROTOCOL_VERSIONS.contains(version)) {
            throw Refusal.badMessage("Found " + VERSION + " " + version + "; expected one of "
                    + String.join(", ", Assistant.PROTOCOL_VERSIONS) + ".");
        }
        String message = new String(bodies.json(ctx), StandardCharsets.UTF_8);
        Optional<String> answer;
        try {
            answer = assistant().answer(message, new Client(ctx));
        } catch (Assistant.BadMessageException e) {
            throw Refusal.badMessage(String.valueOf(e.getMessage()));
        }
        if (answer.isEmpty()) {
            ctx.status(ACCEPTED);
            return;
        }
        MediaTypes.giveJson(ctx, answer.get());
    }

    private synchronized Assistant assistant() {
        Assistant made = assistant == null ? make.get() : assistant;
        assistant = made;
        return made;
    }

    @Override
    public synchronized void close() {
        if (assistant != null) {
            assistant.close();
        }
    }

    /** Whoever sent a request. */
    private final class Client implements Caller {
        private final Context ctx;

        Client(Context ctx) {
            this.ctx = ctx;
        }

        @Override
        public @Nullable String name() {
            return Guard.actor(ctx);
        }

        @Override
        public boolean may(Role role) {
            return Guard.may(ctx, role);
        }

        @Override
        public <T> T inTurn(Work<T> work) throws Exception {
            try {
                return costly.run(ctx, turn -> work.with(turn::check));
            } catch (Refusal e) {
                throw failure(e);
            }
        }

        @Override
        public <T> T inLongTurn(Work<T> work) throws Exception {
            try {
                return costly.runLong(ctx, turn -> work.with(turn::pause));
            } catch (Refusal e) {
                throw failure(e);
            }
        }

        @Override
        public void requireLittleEnough(Decider decider, DecisionRequest request) throws ToolFailure {
            RequestedWork work = new RequestedWork(decider, limits);
            work.add(request, "", 1);
            try {
                work.requireWithinLimits();
            } catch (Refusal e) {
                throw failure(e);
            }
        }

        @Override
        public boolean keep(Decision decision, String answer, Duration took) {
            Visit.of(ctx).setDecision(decision.id());
            return keeping.keep(decision, answer, took, name());
        }

        /** The model reads it: a status alone would tell it nothing. */
        private static ToolFailure failure(Refusal refused) {
            return new ToolFailure(refused.document().errors());
        }
    }
}
