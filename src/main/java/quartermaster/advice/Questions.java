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
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.Named;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.request.Candidate;
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
    private static final String PEOPLE = "workload.namedUsers";
    private static final Set<String> OF_SERVING = Set.of(
            "workload.concurrency", "workload.inputTokens", "workload.contextTokens", "workload.sharedPrefixTokens");
    private static final Set<String> OF_WAITING =
            Set.of("workload.maxTimeToFirstTokenSeconds", "workload.minDecodeTokensPerSecond");

    private static final String MODEL = "workload.model";
    private static final String PRECISION = "workload.quantization";
    private static final double LIKE_BITS = 0.5; // formats of four bits differ by less in what their scales take
    private static final String PREFIX = "workload.sharedPrefixTokens";
    private static final String DATA = "constraints.dataMustStay";
    private static final String WEEKS = "constraints.availableWithinWeeks";

    /** What hangs on an answer; the change and the winner are null where only the cost does. */
    private record Effect(
            String because,
            @Nullable Object flipsAt,
            @Nullable Candidate candidate) {
        static Effect of(String because) {
            return new Effect(because, null, null);
        }
    }

    /**
     * As an expert asks, see {@link RequestField#askedAs()}: first whether somebody else may serve it, how much of the prompt
     * repeats, and whether people or requests are meant; of these, what can change the winner or what it costs.
     */
    List<Question> inOrder() {
        Map<String, Assumption> assumed = decision.assumptions().stream()
                .collect(Collectors.toMap(Assumption::field, each -> each, (one, other) -> one));
        Set<String> unsaid = unsaid(decision.asked());
        List<Question> asked = new ArrayList<>();
        RequestFields.ALL.stream()
                .filter(each -> !each.question().isEmpty())
                .sorted(Comparator.comparing((RequestField row) -> !isWhichOfThem(row))
                        .thenComparingInt(RequestField::askedAs))
                .forEach(row -> {
                    String field = row.path();
                    if (field.equals(PEOPLE)) {
                        people(row).ifPresent(asked::add);
                    } else if (!isIdle(field) && (assumed.containsKey(field) || unsaid.contains(field))) {
                        effect(field, assumed.get(field))
                                .map(it -> new Question(field, asked(row), it.because(), it.flipsAt(), it.candidate()))
                                .ifPresent(asked::add);
                    }
                });
        return List.copyOf(asked);
    }

    /** Where models are compared because nobody said which, that comes first. */
    private boolean isWhichOfThem(RequestField row) {
        return row.path().equals(MODEL) && trials.comparesModels();
    }

    /** No API trains a model of one's own: there, data that may leave let a machine be rented. */
    private String asked(RequestField row) {
        boolean training = decision.request().workload().fineTuning() != null;
        return training && row.path().equals(DATA)
                ? "May data leave the house, so that a machine could be rented for the run?"
                : row.question();
    }

    private Optional<Effect> effect(String field, @Nullable Assumption assumed) {
        double farthest = Math.log(trials.limit(Threshold.FARTHEST_QUESTION));
        Optional<Flip> flip = flips.stream()
                .filter(each -> each.field().equals(field) && each.size() <= farthest && !each.isCoinFlip())
                .min(Comparator.comparingDouble(Flip::size));
        Optional<Effect> besides = switch (field) {
            case PREFIX -> repeatedPrompt();
            case WEEKS -> soon();
            default -> anyway(field).map(Effect::of);
        };
        if (flip.isEmpty()) {
            return besides;
        }
        boolean isTold = field.equals(PRECISION) && besides.isPresent(); // with all others
        Optional<String> flips = flip.map(each ->
                isTold && assumed != null ? "Assumed: " + assumed(flip.get(), assumed) + "." : because(each, assumed));
        String because = Stream.of(flips, besides.map(Effect::because))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return Optional.of(new Effect(
                because,
                flip.map(Flip::to).orElse(null),
                flip.map(Questions::candidate).orElse(null)));
    }

    private static @Nullable Candidate candidate(Flip flip) {
        Candidate then = flip.candidate();
        Recommendation becomes = flip.becomes();
        return then == null || becomes == null ? then : candidate(then, becomes);
    }

    /** A hosted API by its name. */
    private static Candidate candidate(Candidate then, Recommendation becomes) {
        return then.hardware().equals(HostedApi.KIND)
                ? then.with("hardware", becomes.assessment().hardware().id())
                : then;
    }

    /** A prefix that all share is read once: then less hardware may do, or another one. */
    private Optional<Effect> repeatedPrompt() {
        Integer prompt = decision.request().workload().inputTokens();
        if (prompt == null || prompt < 2) {
            return Optional.empty();
        }
        int repeated = (int) Math.round(prompt * trials.limit(Threshold.REPEATED_PROMPT) / 100);
        Optional<ChangedRequests.Winner> then = trials.winnerOrToday(Records.with(decision.asked(), PREFIX, repeated));
        String says = String.format(
                Locale.ROOT, "Nothing was said; if %,d of the %,d tokens of a prompt repeat: ", repeated, prompt);
        return isToday(then) ? cheaper(says, then) : Optional.of(changed(says, repeated, then));
    }

    /** What is bought takes its time. */
    private Optional<Effect> soon() {
        int weeks = (int) Math.round(trials.limit(Threshold.WEEKS_BRIDGED));
        Optional<ChangedRequests.Winner> then = trials.winnerOrToday(Records.with(decision.asked(), WEEKS, weeks));
        String says = String.format(Locale.ROOT, "Nothing was said; if it is needed within %,d weeks: ", weeks);
        return isToday(then) ? Optional.empty() : Optional.of(changed(says, weeks, then));
    }

    private boolean isToday(Optional<ChangedRequests.Winner> then) {
        return ChangedRequests.contender(then).equals(ChangedRequests.contender(trials.winner()));
    }

    private static Effect changed(String says, Object to, Optional<ChangedRequests.Winner> then) {
        String wins = then.map(each -> DeploymentWords.how(each.recommendation().assessment()))
                .orElse("nothing is suitable");
        return new Effect(
                says + wins + ".",
                to,
                then.map(each -> candidate(each.candidate(), each.recommendation()))
                        .orElse(null));
    }

    private Optional<Effect> cheaper(String says, Optional<ChangedRequests.Winner> then) {
        Double now = monthly(trials.winner());
        Double less = monthly(then);
        boolean matters =
                now != null && less != null && 100 * (now - less) > trials.limit(Threshold.COST_THAT_MATTERS) * now;
        return !matters
                ? Optional.empty()
                : Optional.of(Effect.of(says
                        + String.format(
                                Locale.ROOT,
                                "%s does it, for $%,.0f a month instead of $%,.0f.",
                                DeploymentWords.how(
                                        then.orElseThrow().recommendation().assessment()),
                                less,
                                now)));
    }

    private static @Nullable Double monthly(Optional<ChangedRequests.Winner> of) {
        return of.map(each -> each.recommendation().assessment().monthlyUsd()).orElse(null);
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
        fields.add(asked.constraints().dataMustStay() || asked.constraints().offline() ? null : DATA);
        fields.add(
                asked.budget().monthlyUsd() == null && asked.budget().purchaseUsd() == null
                        ? "budget.monthlyUsd"
                        : null);
        fields.add(
                asked.workload().maxTimeToFirstTokenSeconds() == null ? "workload.maxTimeToFirstTokenSeconds" : null);
        fields.add(asked.workload().sharedPrefixTokens() == null ? PREFIX : null);
        fields.add(asked.constraints().availableWithinWeeks() == null ? WEEKS : null);
        return fields.stream().filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** A number of users may mean people: then far fewer come at the same time. */
    private Optional<Question> people(RequestField row) {
        Integer said = decision.asked().workload().concurrency();
        WorkloadType type = decision.request().workload().type();
        boolean unclear = (type == WorkloadType.INTERNAL_TOOL || type == WorkloadType.PRODUCTION)
                && decision.asked().workload().namedUsers() == null;
        if (said == null || said < trials.limit(Threshold.PEOPLE) || !unclear) {
            return Optional.empty();
        }
        DecisionRequest asPeople =
                Records.with(Records.with(decision.asked(), "workload.concurrency", null), "workload.namedUsers", said);
        Optional<ChangedRequests.Winner> asked = trials.winnerOrToday(asPeople);
        if (isToday(asked) && cheaper("", asked).isEmpty()) {
            return Optional.empty();
        }
        String then = asked.map(each ->
                        DeploymentWords.how(each.recommendation().assessment()) + (isToday(asked) ? " does it" : ""))
                .orElse("nothing is suitable");
        return Optional.of(new Question(
                PEOPLE,
                row.question(),
                String.format(
                        Locale.ROOT,
                        "%,d is taken as requests at the same time; if it is people, far fewer come at once: %s.",
                        said,
                        then),
                null,
                null));
    }

    static String because(Flip flip, @Nullable Assumption assumption) {
        String now = assumption == null ? "Nothing was said" : "Assumed: " + assumed(flip, assumption);
        return now + "; " + FieldWords.condition(flip) + ": " + flip.outcome() + ".";
    }

    /** By the name that the field uses, where the change starts from what is assumed. */
    private static String assumed(Flip flip, Assumption assumption) {
        boolean isNamed = flip.from() instanceof Named row && row.id().equals(assumption.value());
        return FieldWords.assumed(flip.field(), isNamed ? flip.from() : assumption.value());
    }

    /** What is asked whether the winner hangs on it or not: people mean different things by leaving it out. */
    private Optional<String> anyway(String field) {
        return switch (field) {
            case MODEL -> Optional.of(compared());
            case "workload.quantization" -> precisions();
            case DATA -> hosting.map(each -> "If it may, a hosted API does it for less: " + each.inWords() + ".");
            default -> Optional.empty();
        };
    }

    private String compared() {
        if (!trials.comparesModels()) {
            return "Which model it is decides what fits.";
        }
        return decision.recommended()
                .map(each -> "Nothing was said: the models of the catalogue are compared, and "
                        + each.assessment().model().name() + " comes first.")
                .orElse("Nothing was said, and no model of the catalogue is suitable.");
    }

    /** More bits are, whatever they take; fewer only where they cost less. What an API answers with is its affair. */
    static boolean isWorthKnowing(@Nullable Recommendation then, @Nullable Assessment now) {
        if (then == null || now == null) {
            return now == null ? then != null : !now.isHosted();
        }
        Double usd = then.assessment().monthlyUsd();
        Double today = now.monthlyUsd();
        double more = then.assessment().quantization().weightBits()
                - now.quantization().weightBits();
        return !now.isHosted()
                && !then.assessment().isHosted()
                && (more > LIKE_BITS || usd != null && today != null && usd < today);
    }

    private Optional<String> precisions() {
        Map<String, List<String>> precisions = new LinkedHashMap<>(); // by what wins
        Assessment now =
                trials.winner().map(each -> each.recommendation().assessment()).orElse(null);
        String best = now == null ? "" : DeploymentWords.how(now);
        for (Flip each : outcomes.getOrDefault(PRECISION, List.of())) {
            Recommendation then = each.becomes();
            if (!isWorthKnowing(then, now)) {
                continue;
            }
            String wins = then == null ? "nothing is suitable" : DeploymentWords.how(then.assessment());
            if (wins.equals(best)) {
                continue;
            }
            precisions.computeIfAbsent(wins, key -> new ArrayList<>()).add(FieldWords.value(PRECISION, each.to()));
        }
        String effects = precisions.entrySet().stream()
                .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
                .collect(Collectors.joining("; "));
        return effects.isEmpty() ? Optional.empty() : Optional.of("At other precisions: " + effects + ".");
    }
}
