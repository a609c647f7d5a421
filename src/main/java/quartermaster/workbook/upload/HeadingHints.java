package quartermaster.workbook.upload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;

/** How to call what a heading may mean, where it says too little to be read. */
final class HeadingHints {
    private static final String NOTHING = "If it should count, write it below one of the template's headings.";
    private static final Map<Pattern, String> HINTS = hints();

    private HeadingHints() {}

    /** A sentence, for every heading. */
    static String of(String heading) {
        return HINTS.entrySet().stream()
                .filter(each -> each.getKey().matcher(heading).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(NOTHING);
    }

    /** The same of a column that has nothing but money. */
    static String ofMoney(String heading) {
        String hint = of(heading);
        return hint.equals(NOTHING) ? of("price") : hint;
    }

    private static Map<Pattern, String> hints() {
        Map<Pattern, String> hints = new LinkedHashMap<>();
        hints.put(
                Pattern.compile("(?i)latency|response time|\\bsla\\b"),
                "If it is the wait for the first token, call it " + header("workload.maxTimeToFirstTokenSeconds")
                        + ".");
        hints.put(
                Pattern.compile("(?i)ttft|first token"),
                "Call it " + header("workload.maxTimeToFirstTokenSeconds") + ".");
        hints.put(
                Pattern.compile("(?i)\\btpot\\b|\\bitl\\b"),
                "Write its inverse, tokens a second of one user, as " + header("workload.minDecodeTokensPerSecond")
                        + ".");
        hints.put(
                Pattern.compile("(?i)\\b(?:vision|images?|multimodal)\\b"),
                "If pictures must be read, call it " + header("workload.modality") + " and write image.");
        hints.put(
                Pattern.compile("(?i)\\b(?:owned|vorhanden)\\b"),
                "What is there already is \"owned\" in " + ofCandidate("acquisition") + ".");
        hints.put(
                Pattern.compile("(?i)budget"),
                "Call it " + header("budget.monthlyUsd") + " or " + header("budget.purchaseUsd") + ".");
        hints.put(
                Pattern.compile("(?i)(?:requests|req|calls|queries) ?(?:/|per|a|an) ?\\w"),
                "Call it " + header("workload.requestsPerSecond") + " or " + header("workload.requestsPerDay")
                        + ", and give it so.");
        hints.put(
                Pattern.compile("(?i)nodes?\\b|servers|machines|hosts|boxes|units|total gpus"),
                "If so many copies of the model run side by side, call it " + ofCandidate("replicas") + "; "
                        + ofCandidate("devices") + " are those of one copy.");
        hints.put(
                Pattern.compile("(?i)users|requests"),
                "Call it " + header("workload.concurrency") + " if these are requests at the same time, "
                        + header("workload.namedUsers") + " if they are all who may use it.");
        hints.put(
                Pattern.compile("(?i)tokens? ?(?:/|per) ?s|tok/s|tps|throughput|speed"),
                "If each user must see so much, call it " + header("workload.minDecodeTokensPerSecond") + ".");
        hints.put(
                Pattern.compile("(?i)price|cost|reserved|preis|kosten|prix|rent|hourly|spot|on-demand|[$€£]"),
                "Prices are those of one device in US dollars: " + ofCandidate("priceUsd") + " to buy it, "
                        + ofCandidate("pricePerHourUsd") + " to rent it.");
        return hints;
    }

    private static String header(String path) {
        return of(RequestFields.get(path));
    }

    private static String ofCandidate(String name) {
        return of(RequestFields.ofCandidate(name));
    }

    private static String of(RequestField field) {
        return "\"" + field.header() + "\"";
    }
}
