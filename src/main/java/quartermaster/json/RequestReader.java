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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.HostedApi;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.InlineModel;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.request.RequestSource;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;

/** Reads requests from JSON: one, or a batch of them, with everything that is wrong with each. */
public final class RequestReader {
    private static final int MOST_REQUESTS = 1_000;
    static final int MOST_CANDIDATES = 10_000;
    private static final int MOST_OWNED = 1_000;
    private static final int MOST_CHOICES = 100;
    private static final int MOST_TEXTS = 100;
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

    /** @throws BadJsonException when it is not JSON at all, or not one value */
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
        Workload workload = record(Workload.class, "workload", fields.object("workload"));
        Budget budget = record(Budget.class, "budget", fields.object("budget"));
        JsonFields team = fields.object("team");
        Set<Skill> skills = skills(team);
        Constraints constraints = record(Constraints.class, "constraints", fields.object("constraints"));
        List<Candidate> candidates = candidates(fields);
        LocalDate asOf = (LocalDate) value(RequestFields.get("asOf"), fields);
        Explain explain = (Explain) value(RequestFields.get("explain"), fields);
        Integer limit = (Integer) value(RequestFields.get("limit"), fields);
        fields.reportUnknown();
        return new DecisionRequest(
                workload.type() == null ? workload.with("type", WorkloadType.EVALUATION) : workload, // a stand-in
                budget,
                skills,
                constraints,
                candidates,
                asOf == null ? today : asOf,
                explain == null ? Explain.SUMMARY : explain,
                limit == null ? DecisionRequest.DEFAULT_LIMIT : limit);
    }

    @SuppressWarnings("unchecked") // as its row says
    private @Nullable Set<Skill> skills(JsonFields team) {
        Set<Skill> skills = (Set<Skill>) value(RequestFields.get("team.skills"), team);
        team.reportUnknown();
        return skills;
    }

    private <R extends Record> R record(Class<R> type, String path, JsonFields fields) {
        return record(type, path, RequestFields.ALL, fields);
    }

    /** @param fields those of the object that stands at the path */
    private <R extends Record> R record(Class<R> type, String path, List<RequestField> rows, JsonFields fields) {
        Map<String, JsonFields> parts = new HashMap<>(); // by path, e.g. workload.fineTuning
        R record = new RequestSource() {
            @Override
            public @Nullable Object value(RequestField field) {
                String above =
                        field.path().substring(0, Math.max(0, field.path().lastIndexOf('.')));
                return RequestReader.this.value(
                        field, above.equals(path) ? fields : parts.computeIfAbsent(above, at -> part(at, fields)));
            }

            @Override
            public boolean has(String at) {
                return fields.value(at.substring(at.lastIndexOf('.') + 1)) != null;
            }
        }.read(type, path, rows);
        parts.values().forEach(JsonFields::reportUnknown);
        fields.reportUnknown();
        return record;
    }

    private static JsonFields part(String at, JsonFields fields) {
        return fields.object(at.substring(at.lastIndexOf('.') + 1));
    }

    private @Nullable Object value(RequestField field, JsonFields fields) {
        String name = field.name();
        Object value = switch (field.kind()) {
            case TEXT -> fields.text(name);
            case MODEL -> fields.value(name) instanceof Map ? inlineModel(name, fields) : fields.text(name);
            case WHOLE_NUMBER -> fields.integer(name);
            case NUMBER, POSITIVE_NUMBER, SHARE -> fields.number(name);
            case YES_NO -> fields.yesNoOrNull(name);
            case CHOICE -> fields.choice(field.requireChoices(), name);
            case CHOICES -> fields.choices(field.requireChoices(), name, MOST_CHOICES);
            case MODELS ->
                fields.value(name) instanceof String one && !one.isBlank()
                        ? List.of(one.strip())
                        : fields.texts(name, MOST_TEXTS);
            case TEXTS -> fields.texts(name, MOST_TEXTS);
            case MACHINES -> owned(name, fields);
            case DATE -> fields.date(name);
        };
        if (field.required()) {
            fields.reportMissing(name, missing(field));
        }
        return value;
    }

    private static String missing(RequestField field) {
        int dot = field.path().indexOf('.');
        return dot < 0
                ? "Field " + field.name() + " is missing."
                : "The " + field.path().substring(0, dot) + "'s " + field.name() + " is missing. "
                        + Ids.allowed(Choice.ids(field.requireChoices()));
    }

    /** The catalogue checks the fields; here they only become texts, numbers and truth values. */
    private @Nullable InlineModel inlineModel(String name, JsonFields workload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<?, ?> given = workload.value(name) instanceof Map<?, ?> object ? object : Map.of();
        if (given.size() > MOST_MODEL_FIELDS) {
            workload.report("too-many", name, "Found " + given.size() + " fields of a model.");
            return null;
        }
        for (Map.Entry<?, ?> entry : given.entrySet()) {
            Object value = entry.getValue();
            String field = String.valueOf(entry.getKey());
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                fields.put(field, list.stream().map(String::valueOf).collect(Collectors.joining("; ")));
            } else if (value instanceof Map || value instanceof List) {
                String found = "Found " + JsonFields.described(value) + "; expected a text or a number.";
                problems.add("wrong-type", found, JsonTree.child(workload.at(name), field));
            } else if (value != null) {
                fields.put(field, value);
            }
        }
        return new InlineModel(fields);
    }

    private List<Constraints.Owned> owned(String name, JsonFields constraints) {
        List<Constraints.Owned> owned = new ArrayList<>();
        List<?> list = constraints.list(name, MOST_OWNED);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String hardware && !hardware.isBlank()) {
                owned.add(new Constraints.Owned(hardware.strip(), null));
            } else {
                owned.add(machines(JsonFields.of(list.get(i), constraints.at(name) + "/" + i, problems)));
            }
        }
        return owned;
    }

    private static Constraints.Owned machines(JsonFields fields) {
        Constraints.Owned owned = new Constraints.Owned(fields.requiredText("hardware"), fields.integer("devices"));
        fields.reportUnknown();
        return owned;
    }

    /** A hosted API has no hardware: its offer names it, or none is meant in particular. */
    private static Object hosted(Object candidate) {
        if (!(candidate instanceof Map<?, ?> said)
                || said.get("hardware") != null
                || !(said.get("acquisition") instanceof String way)
                || Choice.find(Acquisition.class, way).orElse(null) != Acquisition.API) {
            return candidate;
        }
        Map<Object, Object> named = new LinkedHashMap<>(said);
        named.put("hardware", said.get("offer") instanceof String offer ? offer : HostedApi.KIND);
        return named;
    }

    private List<Candidate> candidates(JsonFields request) {
        List<Candidate> candidates = new ArrayList<>();
        List<?> list = request.list("candidates", MOST_CANDIDATES);
        for (int i = 0; i < list.size(); i++) {
            JsonFields fields = JsonFields.of(hosted(list.get(i)), request.at("candidates") + "/" + i, problems);
            Candidate read = record(Candidate.class, "", RequestFields.OF_CANDIDATES, fields);
            candidates.add(read.hardware() == null ? read.with("hardware", "") : read); // a stand-in
        }
        return candidates;
    }
}
