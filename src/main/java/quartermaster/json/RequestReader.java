package quartermaster.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.InlineModel;
import quartermaster.request.Skill;
import quartermaster.request.Use;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;

/** Reads requests from JSON: one, or a batch of them, with everything that is wrong with each. */
public final class RequestReader {
    private static final int MOST_REQUESTS = 1_000;
    private static final int MOST_CANDIDATES = 10_000;
    private static final int MOST_OWNED = 1_000;
    private static final int MOST_SKILLS = 100;
    private static final int MOST_MODEL_FIELDS = 200;
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final ProblemList problems;
    private final LocalDate today;

    private RequestReader(ProblemList problems, LocalDate today) {
        this.problems = problems;
        this.today = today;
    }

    /**
     * What was sent.
     *
     * @param requests one, or those of the batch in their order; null where a request has problems, whose places are
     *     JSON pointers from the request's own root
     * @param isBatch whether they stood in an array
     */
    public record Sent(List<Imported<@Nullable DecisionRequest>> requests, boolean isBatch) {
        public Sent {
            requests = List.copyOf(requests);
        }
    }

    /**
     * What was understood of each request, with its problems; nothing where there is no object.
     *
     * @param today {@code asOf} of requests that do not say theirs
     * @throws BadJsonException when it is not JSON at all
     */
    public static Sent read(byte[] json, LocalDate today) throws BadJsonException {
        try (JsonParser parser = JSON.createParser(json)) {
            return read(parser, today);
        } catch (JsonProcessingException e) {
            throw BadJsonException.of(e);
        } catch (IOException e) {
            throw new BadJsonException("The bytes are no text in UTF-8.", 1, 1, "");
        }
    }

    public static Sent read(String json, LocalDate today) throws BadJsonException {
        return read(json.getBytes(StandardCharsets.UTF_8), today);
    }

    private static Sent read(JsonParser parser, LocalDate today) throws IOException, BadJsonException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new BadJsonException("Found nothing; expected a request.", 1, 1, "");
        }
        Sent sent = first == JsonToken.START_ARRAY
                ? batch(parser, today)
                : new Sent(List.of(requestAt(parser, today)), false);
        if (parser.nextToken() != null) {
            int line = parser.currentTokenLocation().getLineNr();
            int column = parser.currentTokenLocation().getColumnNr();
            throw new BadJsonException("Found more after the end; expected one object or one array.", line, column, "");
        }
        return sent;
    }

    private static Sent batch(JsonParser parser, LocalDate today) throws IOException {
        List<Imported<@Nullable DecisionRequest>> requests = new ArrayList<>();
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++count > MOST_REQUESTS) {
                parser.skipChildren();
            } else {
                requests.add(requestAt(parser, today));
            }
        }
        return count > MOST_REQUESTS ? tooMany(count) : new Sent(requests, true);
    }

    private static Sent tooMany(int count) {
        ProblemList problems = new ProblemList();
        problems.add("too-many", "Found " + count + " requests; expected " + MOST_REQUESTS + " at most.", "");
        return new Sent(List.of(Imported.nothing(problems.toList())), false);
    }

    private static Imported<@Nullable DecisionRequest> requestAt(JsonParser parser, LocalDate today)
            throws IOException {
        ProblemList problems = new ProblemList();
        Object tree = JsonTree.read(parser, problems);
        DecisionRequest request = new RequestReader(problems, today).request(JsonFields.of(tree, "", problems));
        return tree instanceof Map ? new Imported<>(request, problems.toList()) : Imported.nothing(problems.toList());
    }

    private DecisionRequest request(JsonFields fields) {
        Workload workload = workload(fields.object("workload"));
        Budget budget = budget(fields.object("budget"));
        Set<Skill> skills = skills(fields.object("team"));
        Constraints constraints = constraints(fields.object("constraints"));
        List<Candidate> candidates = candidates(fields);
        LocalDate asOf = fields.date("asOf");
        Explain explain = fields.choice(Explain.class, "explain");
        Integer limit = fields.integer("limit");
        fields.reportUnknown();
        return new DecisionRequest(
                workload,
                budget,
                skills,
                constraints,
                candidates,
                asOf == null ? today : asOf,
                explain == null ? Explain.SUMMARY : explain,
                limit == null ? DecisionRequest.DEFAULT_LIMIT : limit);
    }

    private Workload workload(JsonFields fields) {
        String name = fields.text("name");
        WorkloadType type = type(fields);
        boolean inline = fields.value("model") instanceof Map;
        Workload workload = new Workload(
                name,
                type,
                inline ? null : fields.text("model"),
                inline ? inlineModel(fields) : null,
                fields.text("quantization"),
                fields.text("kvCacheQuantization"),
                fields.integer("inputTokens"),
                fields.integer("outputTokens"),
                fields.integer("contextTokens"),
                fields.integer("sharedPrefixTokens"),
                fields.integer("concurrency"),
                fields.integer("namedUsers"),
                fields.integer("requestsPerDay"),
                fields.number("minDecodeTokensPerSecond"),
                fields.number("maxTimeToFirstTokenSeconds"),
                fields.value("fineTuning") == null ? null : fineTuning(fields.object("fineTuning")),
                fields.choice(Use.class, "use"));
        fields.reportUnknown();
        return workload;
    }

    /** The one thing that every request must say; a stand-in where it does not. */
    private static WorkloadType type(JsonFields fields) {
        WorkloadType type = fields.choice(WorkloadType.class, "type");
        fields.reportMissing("type", "The workload's type is missing. " + Ids.allowed(Choice.ids(WorkloadType.class)));
        return type == null ? WorkloadType.EVALUATION : type;
    }

    /** The catalogue checks the fields; here they only become texts, numbers and truth values. */
    private @Nullable InlineModel inlineModel(JsonFields workload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<?, ?> given = workload.value("model") instanceof Map<?, ?> object ? object : Map.of();
        if (given.size() > MOST_MODEL_FIELDS) {
            workload.report("too-many", "model", "Found " + given.size() + " fields of a model.");
            return null;
        }
        for (Map.Entry<?, ?> entry : given.entrySet()) {
            Object value = entry.getValue();
            String field = String.valueOf(entry.getKey());
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                fields.put(field, list.stream().map(String::valueOf).collect(Collectors.joining("; ")));
            } else if (value instanceof Map || value instanceof List) {
                String found = "Found " + JsonFields.described(value) + "; expected a text or a number.";
                problems.add("wrong-type", found, JsonTree.child(workload.at("model"), field));
            } else if (value != null) {
                fields.put(field, value);
            }
        }
        return new InlineModel(fields);
    }

    private static FineTuning fineTuning(JsonFields fields) {
        FineTuning run = new FineTuning(
                fields.choice(FineTuningMethod.class, "method"),
                fields.integer("batch"),
                fields.integer("sequenceTokens"));
        fields.reportUnknown();
        return run;
    }

    private static Budget budget(JsonFields fields) {
        Budget budget = new Budget(
                fields.number("purchaseUsd"),
                fields.number("monthlyUsd"),
                fields.integer("horizonMonths"),
                fields.number("utilization"),
                fields.number("electricityUsdPerKwh"));
        fields.reportUnknown();
        return budget;
    }

    private static @Nullable Set<Skill> skills(JsonFields team) {
        Set<Skill> skills = team.choices(Skill.class, "skills", MOST_SKILLS);
        team.reportUnknown();
        return skills;
    }

    private Constraints constraints(JsonFields fields) {
        Constraints constraints = new Constraints(
                fields.yesNo("offline"),
                fields.yesNo("dataMustStay"),
                fields.yesNo("mobile"),
                fields.integer("availableWithinWeeks"),
                fields.yesNo("allowProjected"),
                owned(fields),
                fields.choice(Acquisition.class, "acquisition"));
        fields.reportUnknown();
        return constraints;
    }

    private List<Constraints.Owned> owned(JsonFields constraints) {
        List<Constraints.Owned> owned = new ArrayList<>();
        List<?> list = constraints.list("owned", MOST_OWNED);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String hardware && !hardware.isBlank()) {
                owned.add(new Constraints.Owned(hardware.strip(), null));
            } else {
                owned.add(machines(JsonFields.of(list.get(i), constraints.at("owned") + "/" + i, problems)));
            }
        }
        return owned;
    }

    private static Constraints.Owned machines(JsonFields fields) {
        Constraints.Owned owned = new Constraints.Owned(fields.requiredText("hardware"), fields.integer("devices"));
        fields.reportUnknown();
        return owned;
    }

    private List<Candidate> candidates(JsonFields request) {
        List<Candidate> candidates = new ArrayList<>();
        List<?> list = request.list("candidates", MOST_CANDIDATES);
        for (int i = 0; i < list.size(); i++) {
            candidates.add(candidate(JsonFields.of(list.get(i), request.at("candidates") + "/" + i, problems)));
        }
        return candidates;
    }

    private static Candidate candidate(JsonFields fields) {
        Candidate candidate = new Candidate(
                fields.requiredText("hardware"),
                fields.integer("devices"),
                fields.integer("replicas"),
                fields.choice(Acquisition.class, "acquisition"),
                fields.text("offer"),
                fields.text("engine"),
                fields.text("quantization"),
                fields.number("priceUsd"));
        fields.reportUnknown();
        return candidate;
    }
}
