package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.advice.ModelLadder;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.JsonText;
import quartermaster.json.KnowledgeWriter;
import quartermaster.json.LadderWriter;
import quartermaster.quality.KindOfWork;
import quartermaster.request.Constraints.Owned;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.workbook.upload.RequestCells;
import quartermaster.workspace.InForce;

/** What there is by name, which models a machine runs, and what whoever asks may do. */
record LookupRoutes(InForce inForce, Clock clock, CostlyWork costly) {
    private static final int MOST_DEVICES = 1024;
    private static final int MOST_TOKENS = 100_000_000;

    void register(JavalinConfig config) {
        config.routes.get("/names", this::names, Needs.DECIDE);
        config.routes.get("/models", this::ladder, Needs.DECIDE);
        config.routes.get("/access", LookupRoutes::access, Needs.KEY);
    }

    private void names(Context ctx) {
        Decider decider = inForce.now().decider();
        ctx.header("ETag", "\"" + decider.versions().catalogue() + "\"");
        MediaTypes.giveJson(ctx, KnowledgeWriter.names(decider.catalogue()));
    }

    private void ladder(Context ctx) throws Exception {
        String hardware = ctx.queryParam("hardware");
        if (hardware == null || hardware.isBlank()) {
            throw Refusal.invalidParameter("hardware", "", "the id or name of a machine");
        }
        Integer devices = whole(ctx, "devices", MOST_DEVICES);
        Owned named = RequestCells.named(
                        hardware, devices, inForce.now().decider().catalogue())
                .orElseThrow(() -> Refusal.invalidParameter(
                        "devices", String.valueOf(devices), "the count that hardware says, or none"));
        ModelLadder.Asked asked = new ModelLadder.Asked(
                named.hardware(),
                Objects.requireNonNull(named.devices()),
                use(ctx.queryParam("use")),
                whole(ctx, "contextTokens", MOST_TOKENS),
                ctx.queryParam("engine"),
                LocalDate.now(clock));
        Imported<@Nullable ModelLadder> found =
                costly.run(ctx, turn -> ModelLadder.of(inForce.now().decider().asLongAs(turn::check), asked));
        ModelLadder ladder = found.value();
        if (ladder == null) {
            throw Refusal.invalid(found.problems());
        }
        MediaTypes.giveJson(ctx, LadderWriter.write(ladder));
    }

    private static KindOfWork use(@Nullable String text) {
        return text == null
                ? KindOfWork.CHAT
                : Choice.find(KindOfWork.class, text)
                        .orElseThrow(() ->
                                Refusal.invalidParameter("use", text, String.join(", ", Choice.ids(KindOfWork.class))));
    }

    private static @Nullable Integer whole(Context ctx, String name, int most) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw Refusal.invalidParameter(name, text, "a whole number from 1 to " + most);
        }
        return Integer.parseInt(text);
    }

    /** Where there are no keys, everybody may everything. */
    private static void access(Context ctx) {
        List<String> may = Stream.of(Role.values())
                .filter(role -> Guard.may(ctx, role))
                .map(Choice::id)
                .toList();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", Guard.actor(ctx));
        fields.put("may", may);
        MediaTypes.giveJson(ctx, JsonText.of(fields));
    }
}
