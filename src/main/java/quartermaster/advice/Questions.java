package quartermaster.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.estimate.Assumption;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** Which of the things that were not said to ask first. */
record Questions(
        Decision decision,
        ChangedRequests trials,
        List<Flip> flips,
        Map<String, List<Flip>> outcomes,
        Optional<Hosting> hosting) {
    private static final Set<String> OF_SERVING =
            Set.of("workload.concurrency", "workload.inputTokens", "workload.contextTokens");
    private static final Set<String> OF_WAITING =
            Set.of("workload.maxTimeToFirstTokenSeconds", "workload.minDecodeTokensPerSecond");

    private record Asked(Question question, double size) {}

    /** Most decisive first: what changes the winner with the smallest change. */
    List<Question> inOrder() {
        Map<String, Assumption> assumed = decision.assumptions().stream()
                .collect(Collectors.toMap(Assumption::field, each -> each, (one, other) -> one));
        Set<String> unsaid = unsaid(decision.asked());
        double farthest = Math.log(trials.limit(Threshold.FARTHEST_QUESTION));
        double askedAnyway = Math.log(trials.limit(Threshold.ASKED_ANYWAY));
        List<Asked> asked = new ArrayList<>();
        RequestFields.ALL.stream()
                .filter(each -> !each.question().isEmpty())
                .sorted(Comparator.comparingInt(RequestField::askedAs))
                .forEach(row -> {
                    String field = row.path();
                    if (isIdle(field) || (!assumed.containsKey(field) && !unsaid.contains(field))) {
                        return;
                    }
                    Optional<Flip> flip = flips.stream()
                            .filter(each -> each.field().equals(field) && each.size() <= farthest)
                            .min(Comparator.comparingDouble(Flip::size));
                    Optional<String> anyway = anyway(field);
                    if (flip.isPresent() || anyway.isPresent()) {
                        String because = Stream.of(flip.map(each -> because(each, assumed.get(field))), anyway)
                                .flatMap(Optional::stream)
                                .collect(Collectors.joining(" "));
                        asked.add(new Asked(
                                new Question(
                                        field,
                                        row.question(),
                                        because,
                                        flip.map(Flip::to).orElse(null),
                                        flip.map(Flip::candidate).orElse(null)),
                                flip.map(Flip::size).orElse(askedAnyway)));
                    }
                });
        return Stream.concat(people().stream(), asked.stream())
                .sorted(Comparator.comparingDouble(Asked::size))
                .map(Asked::question)
                .toList();
    }

    /** What nobody waits for while a model is trained, or in a batch, need not be asked. */
    private boolean isIdle(String field) {
        boolean training = decision.request().workload().fineTuning() != null;
        boolean batch = decision.request().workload().type() == WorkloadType.BATCH;
        return (training && OF_SERVING.contains(field)) || ((training || batch) && OF_WAITING.contains(field));
    }

    private static Set<String> unsaid(DecisionRequest asked) {
        List<@Nullable String> fields = new ArrayList<>();
        fields.add(asked.skills() == null ? "team.skills" : null);
        fields.add(
                asked.constraints().dataMustStay() || asked.constraints().offline()
                        ? null
                        : "constraints.dataMustStay");
        fields.add(
                asked.budget().monthlyUsd() == null && asked.budget().purchaseUsd() == null
                        ? "budget.monthlyUsd"
                        : null);
        fields.add(
                asked.workload().maxTimeToFirstTokenSeconds() == null ? "workload.maxTimeToFirstTokenSeconds" : null);
        return fields.stream().filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** A number of users may mean people: then far fewer come at the same time. */
    private Optional<Asked> people() {
        Integer said = decision.asked().workload().concurrency();
        boolean unclear = decision.request().workload().type() == WorkloadType.INTERNAL_TOOL
                && decision.asked().workload().namedUsers() == null;
        if (said == null || said < trials.limit(Threshold.PEOPLE) || !unclear) {
            return Optional.empty();
        }
        DecisionRequest asPeople =
                Records.with(Records.with(decision.asked(), "workload.concurrency", null), "workload.namedUsers", said);
        String then = trials.winner(asPeople)
                .map(each -> DeploymentWords.how(each.recommendation().assessment()) + " wins")
                .orElse("nothing is suitable");
        Question question = new Question(
                "workload.namedUsers",
                "Are these people, or requests at the same time?",
                String.format(
                        Locale.ROOT,
                        "%,d is taken as requests at the same time; if it is people, far fewer come at once: %s.",
                        said,
                        then),
                null,
                null);
        return Optional.of(new Asked(question, 0));
    }

    private static String because(Flip flip, @Nullable Assumption assumption) {
        String now = assumption == null
                ? "Nothing was said"
                : "Assumed: " + FieldWords.value(flip.field(), assumption.value());
        String then = flip.becomes() == null
                ? "nothing is suitable"
                : DeploymentWords.how(flip.becomes().assessment()) + " wins";
        return now + "; " + FieldWords.condition(flip) + ": " + then + ".";
    }

    /** What is asked whether the winner hangs on it or not: people mean different things by leaving it out. */
    private Optional<String> anyway(String field) {
        return switch (field) {
            case "workload.model" -> Optional.of("Which model it is decides what fits.");
            case "workload.quantization" -> precisions();
            case "constraints.dataMustStay" ->
                hosting.map(each -> "If it may, a hosted API does it for less: " + each.inWords() + ".");
            default -> Optional.empty();
        };
    }

    private Optional<String> precisions() {
        Map<String, List<String>> precisions = new LinkedHashMap<>(); // by what wins
        for (Flip each : outcomes.getOrDefault("workload.quantization", List.of())) {
            Recommendation then = each.becomes();
            String wins = then == null ? "nothing is suitable" : DeploymentWords.how(then.assessment());
            precisions.computeIfAbsent(wins, key -> new ArrayList<>()).add(String.valueOf(each.to()));
        }
        String best = trials.winner()
                .map(each -> DeploymentWords.how(each.recommendation().assessment()))
                .orElse("");
        if (precisions.keySet().equals(Set.of(best))) {
            return Optional.of("At other precisions the same wins.");
        }
        String effects = precisions.entrySet().stream()
                .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
                .collect(Collectors.joining("; "));
        return effects.isEmpty() ? Optional.empty() : Optional.of("At other precisions: " + effects + ".");
    }
}
