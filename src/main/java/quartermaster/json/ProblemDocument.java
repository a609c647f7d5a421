package quartermaster.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * Why something was refused, as RFC 9457 wants it told.
 *
 * @param type a URI that names the kind of problem
 * @param title the kind in words, always the same
 * @param detail what it was this time
 * @param errors every single problem; at least one
 */
public record ProblemDocument(String type, String title, int status, String detail, List<Problem> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPES = "urn:quartermaster:problem:";
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    public ProblemDocument {
        errors = List.copyOf(errors);
    }

    /** A problem of the whole request, which its code names. */
    public static ProblemDocument of(int status, String code, String title, String detail) {
        return new ProblemDocument(
                TYPES + code, title, status, detail, List.of(new Problem(code, detail, new Place.Pointer(""))));
    }

    /** One of {@link #of(int, String, String, String)}, from its JSON. */
    public static ProblemDocument parse(String json) {
        try {
            if (JsonTree.read(json.getBytes(StandardCharsets.UTF_8), "a problem", new ProblemList())
                    instanceof Map<?, ?> found) {
                return of(
                        Integer.parseInt(String.valueOf(found.get("status"))),
                        String.valueOf(found.get("type")).replace(TYPES, ""),
                        String.valueOf(found.get("title")),
                        String.valueOf(found.get("detail")));
            }
            throw new IllegalArgumentException("This is no problem: " + json);
        } catch (BadJsonException e) {
            throw new IllegalArgumentException("This is no problem: " + json, e);
        }
    }

    /** Text that is not JSON. */
    public static ProblemDocument of(BadJsonException e) {
        String detail = String.valueOf(e.getMessage());
        Problem problem = new Problem("bad-json", detail, new Place.Pointer(e.at()));
        return new ProblemDocument(TYPES + "bad-json", "Not JSON", BAD_REQUEST, detail, List.of(problem));
    }

    /** A request that is understood and wrong. */
    public static ProblemDocument invalid(List<Problem> problems) {
        String detail = problems.size() == 1
                ? problems.get(0).message()
                : "The request has " + problems.size() + " problems; all are listed under errors.";
        return new ProblemDocument(TYPES + "invalid-request", "Invalid request", UNPROCESSABLE, detail, problems);
    }

    public String toJson() {
        return JsonText.of(this);
    }
}
