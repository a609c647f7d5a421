package quartermaster.json;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.VariedField;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;

/** Reads what to sweep: {@code {"request": {…}, "vary": {"concurrency": "1..512"}, "from": 0}}. */
public final class SweepReader {
    private static final String REQUEST = "request";
    private static final String VARY = "vary";
    private static final String FROM = "from";
    private static final Set<String> FIELDS = Set.of(REQUEST, VARY, FROM);

    private SweepReader() {}

    /**
     * What was sent.
     *
     * @param from the first point that is wanted
     */
    public record Sent(DecisionRequest request, List<VariedField> varied, int from) {
        public Sent {
            varied = List.copyOf(varied);
        }
    }

    /**
     * What is to be swept, or every problem with it.
     *
     * @param today {@code asOf} of a request that does not say its own
     * @throws BadJsonException when it is not JSON at all
     */
    public static Imported<@Nullable Sent> read(byte[] json, LocalDate today) throws BadJsonException {
        ProblemList problems = new ProblemList();
        Object tree = JsonTree.read(json, "what to sweep", problems);
        if (!(tree instanceof Map<?, ?> sent)) {
            problems.add("wrong-type", "Expected an object with request and vary.", "");
            return Imported.nothing(problems.toList());
        }
        for (Object key : sent.keySet()) {
            if (!FIELDS.contains(key)) {
                String message = "There is no field " + key + "." + Ids.hint(String.valueOf(key), List.copyOf(FIELDS));
                problems.add("unknown-field", message, JsonTree.child("", String.valueOf(key)));
            }
        }
        DecisionRequest request = request(sent.get(REQUEST), today, problems);
        List<VariedField> varied = varied(sent.get(VARY), problems);
        int from = from(sent.get(FROM), problems);
        return request == null || !problems.isEmpty()
                ? Imported.nothing(problems.toList())
                : new Imported<>(new Sent(request, varied, from), List.of());
    }

    private static @Nullable DecisionRequest request(@Nullable Object value, LocalDate today, ProblemList problems)
            throws BadJsonException {
        if (!(value instanceof Map)) {
            problems.add("missing-value", "Expected the request to vary, as POST /decide takes it.", "/" + REQUEST);
            return null;
        }
        Imported<@Nullable DecisionRequest> read =
                RequestReader.read(JsonText.of(value), today).requests().get(0);
        read.problems().forEach(each -> problems.add(each.at(each.at().in("/" + REQUEST))));
        return read.value();
    }

    private static List<VariedField> varied(@Nullable Object value, ProblemList problems) {
        List<VariedField> varied = new ArrayList<>();
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((field, values) -> {
                String name = String.valueOf(field);
                varied.add(new VariedField(name, values, new Place.Pointer("/" + VARY).child(name)));
            });
        } else if (value != null) {
            problems.add("wrong-type", "Expected an object of fields with their values.", "/" + VARY);
        }
        return varied;
    }

    private static int from(@Nullable Object value, ProblemList problems) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        problems.add(
                "wrong-type", "Expected the number of the first point that is wanted, counted from 0.", "/" + FROM);
        return 0;
    }
}
