package quartermaster.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.Deployed;
import quartermaster.estimate.Assumption;
import quartermaster.request.DecisionRequest;

/** Which of the things that were not said to ask first. */
final class Questions {
    private static final double FARTHEST = Math.log(8); // nobody is that wrong about what they assume
    private static final double ASKED_ANYWAY = Math.log(4);

    private static final Map<String, String> TEXTS = texts();

    private final Decision decision;
    private final List<Flip> flips;
    private final Map<String, List<Flip>> outcomes;

    private Questions(Decision decision, List<Flip> flips, Map<String, List<Flip>> outcomes) {
        this.decision = decision;
        this.flips = flips;
        this.outcomes = outcomes;
    }

    /** Most decisive first: what changes the winner with the smallest change. */
    static List<Question> of(Decision decision, List<Flip> flips, Map<String, List<Flip>> outcomes) {
        return new Questions(decision, flips, outcomes).questions();
    }

    private record Asked(Question question, double size) {}

    private List<Question> questions() {
        Map<String, Assumption> assumed = decision.assumptions().stream()
                .collect(Collectors.toMap(Assumption::field, each -> each, (one, other) -> one));
        Set<String> unsaid = unsaid(decision.asked());
        List<Asked> asked = new ArrayList<>();
        TEXTS.forEach((field, text) -> {
            if (!assumed.containsKey(field) && !unsaid.contains(field)) {
                return;
            }
            Optional<Flip> flip = flips.stream()
                    .filter(each -> each.field().equals(field) && each.size() <= FARTHEST)
                    .min(Comparator.comparingDouble(Flip::size));
            Optional<String> anyway = anyway(field);
            if (flip.isPresent() || anyway.isPresent()) {
                String because = flip.map(each -> because(each, assumed.get(field)))
                        .orElse("")
                        .concat(anyway.map(each -> (flip.isPresent() ? " " : "") + each)
                                .orElse(""));
                asked.add(new Asked(
                        new Question(
                                field,
                                text,
                                because,
                                flip.map(Flip::to).orElse(null),
                                flip.map(Flip::candidate).orElse(null)),
                        flip.map(Flip::size).orElse(ASKED_ANYWAY)));
            }
        });
        return asked.stream()
                .sorted(Comparator.comparingDouble(Asked::size))
                .map(Asked::question)
                .toList();
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

    private static String because(Flip flip, @Nullable Assumption assumption) {
        String now = assumption == null
                ? "Nothing was said"
                : "Assumed: " + FieldWords.value(flip.field(), assumption.value());
        String then = flip.becomes() == null
                ? "nothing is suitable"
                : Deployed.how(flip.becomes().assessment()) + " wins";
        return now + "; " + FieldWords.condition(flip) + ": " + then + ".";
    }

    /** Two that are asked whether the winner hangs on them or not: people mean different things by leaving them out. */
    private Optional<String> anyway(String field) {
        if (field.equals("workload.model")) {
            return Optional.of("Which model it is decides what fits.");
        }
        if (!field.equals("workload.quantization")) {
            return Optional.empty();
        }
        String effects = outcomes.getOrDefault(field, List.of()).stream()
                .filter(each -> each.becomes() != null)
                .map(each -> each.to() + ": "
                        + Deployed.how(Objects.requireNonNull(each.becomes()).assessment()))
                .collect(Collectors.joining("; "));
        return effects.isEmpty() ? Optional.empty() : Optional.of("What wins at other precisions: " + effects + ".");
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("workload.model", "Which model?");
        texts.put(
                "workload.concurrency",
                "How many requests come at the same time at the peak? That is not how many people may use it.");
        texts.put("workload.quantization", "Which precision is good enough?");
        texts.put("constraints.dataMustStay", "May data leave the house?");
        texts.put("workload.inputTokens", "How long are the prompts?");
        texts.put("workload.contextTokens", "How long does a conversation or a document get?");
        texts.put("team.skills", "What does the team know?");
        texts.put("budget.monthlyUsd", "What may it cost a month?");
        texts.put("budget.utilization", "What share of the time will it be busy?");
        texts.put("budget.horizonMonths", "Over how many months is a purchase written off?");
        texts.put("workload.maxTimeToFirstTokenSeconds", "How long may a user wait for the first token?");
        texts.put("workload.minDecodeTokensPerSecond", "How fast must it write for each user?");
        return texts;
    }
}
