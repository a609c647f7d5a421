package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;

/** Numbers that make no sense in a request, all at once. */
final class RequestChecks {
    private final List<Problem> problems = new ArrayList<>();

    private RequestChecks() {}

    static List<Problem> of(DecisionRequest request) {
        RequestChecks checks = new RequestChecks();
        RequestField limit = RequestFields.get("limit");
        RequestFields.ALL.stream()
                .filter(each -> each.isNumber() && each != limit)
                .forEach(each -> checks.within(each.in(request), each, each.pointer()));
        for (int i = 0; i < request.constraints().owned().size(); i++) {
            Integer devices = request.constraints().owned().get(i).devices();
            checks.within(devices, RequestFields.ofCandidate("devices"), "/constraints/owned/" + i + "/devices");
        }
        for (int i = 0; i < request.candidates().size(); i++) {
            Candidate candidate = request.candidates().get(i);
            String at = "/candidates/" + i;
            RequestFields.OF_CANDIDATES.stream()
                    .filter(RequestField::isNumber)
                    .forEach(each -> checks.within(Records.get(candidate, each.path()), each, at + each.pointer()));
        }
        checks.within(request.limit(), limit, limit.pointer());
        return checks.problems;
    }

    private void within(@Nullable Object number, RequestField field, String at) {
        if (number instanceof Number found) {
            within(found.doubleValue(), field.least(), field.most(), at, field.counted());
        }
    }

    private void within(double value, double least, double most, String at, String unit) {
        if (Double.isNaN(value) || value < least || value > most) {
            String message =
                    "Found " + plain(value) + "; expected " + plain(least) + " to " + plain(most) + " (" + unit + ").";
            problems.add(new Problem("out-of-range", message, new Place.Pointer(at)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,.0f", value)
                : Double.toString(value);
    }
}
