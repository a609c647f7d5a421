package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.http.guard.Needs;
import quartermaster.json.JsonText;
import quartermaster.ledger.Activation;
import quartermaster.ledger.KeptVersion;
import quartermaster.ledger.PastVersion;
import quartermaster.unit.Choice;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workspace.InForce;
import quartermaster.workspace.VersionDifference;
import quartermaster.workspace.Workspace;

/** The versions that were in force, and what changed between them. */
record VersionRoutes(InForce inForce, CostlyWork costly) {
    private static final int MOST_ACTIVATIONS = 1_000; // that are told

    void register(JavalinConfig config) {
        config.routes.get("/versions", this::versions, Needs.READ);
        config.routes.get("/versions/{id}/changes", costly.inTurn(this::changes), Needs.READ);
    }

    private void versions(Context ctx) {
        String now = inForce.now().decider().versions().workspace();
        Map<String, List<Activation>> activations =
                inForce.history().ledger().newestActivations(MOST_ACTIVATIONS).stream()
                        .collect(Collectors.groupingBy(Activation::versionId));
        List<Map<String, @Nullable Object>> versions = inForce.history().ledger().versions().stream()
                .map(each -> version(
                        each, now, activations.getOrDefault(each.version().id(), List.of())))
                .toList();
        MediaTypes.giveJson(ctx, JsonText.of(Map.of("versions", versions)));
    }

    private static Map<String, @Nullable Object> version(PastVersion past, String now, List<Activation> activations) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", past.version().id());
        fields.put("inForce", past.version().id().equals(now));
        fields.put("createdAt", past.version().createdAt());
        fields.put("lastActivatedAt", past.lastActivated());
        fields.put("origin", past.version().origin().name().toLowerCase(Locale.ROOT));
        fields.put("reason", past.version().reason());
        fields.put("actor", past.version().actor());
        fields.put("catalogue", past.version().catalogue());
        fields.put("rules", past.version().rules());
        fields.put("program", past.version().program());
        fields.put(
                "activations",
                activations.stream().map(VersionRoutes::activation).toList());
        fields.put("files", past.version().manifest().files());
        return fields;
    }

    private static Map<String, @Nullable Object> activation(Activation activation) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("at", activation.at());
        fields.put("origin", Choice.id(activation.origin()));
        fields.put("reason", activation.reason());
        fields.put("actor", activation.actor());
        return fields;
    }

    /**
     * What changed from the version {@code ?since=}; else from this one to the one in force, and to that one from the one
     * before it.
     */
    private void changes(Context ctx) throws UnreadableWorkbookException {
        Workspace.Loaded asked = inForce.version(ctx.pathParam("id"));
        Workspace.Loaded now = inForce.now();
        String since = ctx.queryParam("since");
        if (since == null && KnowledgeRoutes.id(asked).equals(KnowledgeRoutes.id(now))) {
            since = inForce.history()
                    .before(KnowledgeRoutes.id(now))
                    .map(KeptVersion::id)
                    .orElse(KnowledgeRoutes.id(now));
        }
        Workspace.Loaded before = since == null ? asked : inForce.version(since);
        Workspace.Loaded after = since == null ? now : asked;
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("from", KnowledgeRoutes.id(before));
        answer.put("to", KnowledgeRoutes.id(after));
        answer.put("changes", VersionDifference.of(before.files(), after.files()));
        MediaTypes.giveJson(ctx, JsonText.of(answer));
    }
}
