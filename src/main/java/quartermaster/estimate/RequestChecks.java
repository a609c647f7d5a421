package quartermaster.estimate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.FineTuning;
import quartermaster.request.Workload;
import quartermaster.unit.Problem;

/** Numbers that make no sense in a request, all at once. */
final class RequestChecks {
    private static final int MOST_TOKENS = 100_000_000;
    private static final int MOST_USERS = 10_000_000;
    private static final int MOST_DEVICES = 1024;

    private final List<Problem> problems = new ArrayList<>();

    private RequestChecks() {}

    static List<Problem> of(DecisionRequest request) {
        RequestChecks checks = new RequestChecks();
        checks.workload(request.workload());
        checks.budget(request.budget());
        checks.constraints(request.constraints());
        for (int i = 0; i < request.candidates().size(); i++) {
            checks.candidate(request.candidates().get(i), "/candidates/" + i);
        }
        checks.within(request.limit(), 1, 10_000, "/limit", "a whole number");
        return checks.problems;
    }

    private void workload(Workload workload) {
        within(workload.inputTokens(), 1, MOST_TOKENS, "/workload/inputTokens", "tokens");
        within(workload.outputTokens(), 1, MOST_TOKENS, "/workload/outputTokens", "tokens");
        within(workload.contextTokens(), 1, MOST_TOKENS, "/workload/contextTokens", "tokens");
        within(workload.sharedPrefixTokens(), 0, MOST_TOKENS, "/workload/sharedPrefixTokens", "tokens");
        within(workload.concurrency(), 1, MOST_USERS, "/workload/concurrency", "requests");
        within(workload.namedUsers(), 1, MOST_USERS, "/workload/namedUsers", "people");
        within(workload.requestsPerDay(), 1, 1_000_000_000, "/workload/requestsPerDay", "requests");
        within(
                workload.minDecodeTokensPerSecond(),
                0,
                100_000,
                "/workload/minDecodeTokensPerSecond",
                "tokens per second");
        within(workload.maxTimeToFirstTokenSeconds(), 0.001, 86_400, "/workload/maxTimeToFirstTokenSeconds", "seconds");
        FineTuning run = workload.fineTuning();
        if (run != null) {
            within(run.batch(), 1, 100_000, "/workload/fineTuning/batch", "sequences");
            within(run.sequenceTokens(), 1, MOST_TOKENS, "/workload/fineTuning/sequenceTokens", "tokens");
        }
    }

    private void budget(Budget budget) {
        within(budget.purchaseUsd(), 0, 1e12, "/budget/purchaseUsd", "US dollars");
        within(budget.monthlyUsd(), 0, 1e12, "/budget/monthlyUsd", "US dollars");
        within(budget.horizonMonths(), 1, 240, "/budget/horizonMonths", "months");
        within(budget.utilization(), 0.001, 1, "/budget/utilization", "a share of the time");
        within(budget.electricityUsdPerKwh(), 0, 100, "/budget/electricityUsdPerKwh", "US dollars");
    }

    private void constraints(Constraints constraints) {
        within(constraints.availableWithinWeeks(), 0, 1_000, "/constraints/availableWithinWeeks", "weeks");
        for (int i = 0; i < constraints.owned().size(); i++) {
            Integer devices = constraints.owned().get(i).devices();
            within(devices, 1, MOST_DEVICES, "/constraints/owned/" + i + "/devices", "devices");
        }
    }

    private void candidate(Candidate candidate, String at) {
        within(candidate.devices(), 1, MOST_DEVICES, at + "/devices", "devices");
        within(candidate.replicas(), 1, 100_000, at + "/replicas", "replicas");
        within(candidate.priceUsd(), 0, 1e12, at + "/priceUsd", "US dollars");
    }

    private void within(@Nullable Number number, double least, double most, String at, String unit) {
        if (number == null) {
            return;
        }
        double value = number.doubleValue();
        if (Double.isNaN(value) || value < least || value > most) {
            String message =
                    "Found " + plain(value) + "; expected " + plain(least) + " to " + plain(most) + " (" + unit + ").";
            problems.add(new Problem("out-of-range", message, at));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(java.util.Locale.ROOT, "%,.0f", value)
                : Double.toString(value);
    }
}
