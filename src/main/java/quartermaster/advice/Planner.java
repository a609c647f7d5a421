package quartermaster.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Plan.Stage;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.MemoryKind;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decider;
import quartermaster.decision.Deployed;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.estimate.Cost;
import quartermaster.request.Budget;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Records;

/** Puts the winner into time: what comes before it, what after it, and what tells that it is time. */
final class Planner {
    private static final double WEEKS_WORTH_BRIDGING = 2;
    private static final double WORTH_TRYING = 0.6; // a smaller model should cost at most this share
    private static final String LATE = "lead-time-too-long";

    private final Decider decider;
    private final Trials trials;
    private final List<Flip> flips;
    private final Map<String, List<Flip>> outcomes;

    private Planner(Decider decider, Trials trials, List<Flip> flips, Map<String, List<Flip>> outcomes) {
        this.decider = decider;
        this.trials = trials;
        this.flips = flips;
        this.outcomes = outcomes;
    }

    static @Nullable Plan of(Decider decider, Trials trials, List<Flip> flips, Map<String, List<Flip>> outcomes) {
        Planner planner = new Planner(decider, trials, flips, outcomes);
        return trials.winner()
                .map(winner -> planner.plan(winner.recommendation()))
                .orElseGet(planner::withoutWinner);
    }

    /** Nothing is suitable: what would help. */
    private @Nullable Plan withoutWinner() {
        List<Stage> stages = flips.stream()
                .filter(each -> each.becomes() != null)
                .limit(1)
                .map(each -> new Stage(
                        "Change the request first: " + FieldWords.condition(each) + " " + how(each.becomes())
                                + " does it.",
                        each.becomes(),
                        "now",
                        null,
                        null))
                .toList();
        return stages.isEmpty() ? null : new Plan(stages, null, null, null, null);
    }

    private Plan plan(Recommendation best) {
        List<Stage> stages = new ArrayList<>();
        develop(best).ifPresent(stages::add);
        smallerModel(best).ifPresent(stages::add);
        Optional<Recommendation> awaited = awaited(best);
        Optional<Stage> bridge = bridge(best);
        if (awaited.isPresent()) {
            stages.add(waiting(best, awaited.get()));
            stages.add(arrived(awaited.get(), "delivery"));
        } else if (bridge.isPresent()) {
            stages.add(bridge.get());
            stages.add(arrived(best, "delivery"));
        } else {
            stages.add(main(best, stages.isEmpty() ? "now" : "the first users"));
        }
        Optional<Stage> growth = growth(best);
        growth.ifPresent(stages::add);
        buyLater(best)
                .filter(later -> growth.filter(each -> isSame(each, later)).isEmpty())
                .ifPresent(stages::add);
        Cost cost = comparedWithRenting(best)
                .map(Recommendation::assessment)
                .orElse(best.assessment())
                .cost();
        return new Plan(
                closed(stages),
                cost.breakEvenMonths(),
                cost.breakEvenUtilization(),
                cost.breakEvenAgainst(),
                costOfChoosingWrong(best));
    }

    private static boolean isSame(Stage one, Stage other) {
        return one.with() != null
                && other.with() != null
                && one.with()
                        .assessment()
                        .hardware()
                        .equals(other.with().assessment().hardware())
                && one.with().assessment().acquisition()
                        == other.with().assessment().acquisition();
    }

    /** Each stage ends when the next one begins. */
    private static List<Stage> closed(List<Stage> stages) {
        List<Stage> closed = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Stage each = stages.get(i);
            String until = i + 1 < stages.size() ? stages.get(i + 1).from() : null;
            closed.add(new Stage(each.does(), each.with(), each.from(), until, each.trigger()));
        }
        return closed;
    }

    private Stage main(Recommendation best, String from) {
        Assessment it = best.assessment();
        return new Stage(capital(Deployed.how(it)) + ".", best, from, null, addReplica(it));
    }

    /** When what was chosen is full: the count of requests beyond which it takes another replica. */
    private static @Nullable String addReplica(Assessment it) {
        int most = it.replicas() * it.maxConcurrency();
        boolean serves =
                it.workloadType() == WorkloadType.PRODUCTION || it.workloadType() == WorkloadType.INTERNAL_TOOL;
        return serves && most > 0 && !it.replicasAreFixed()
                ? String.format(Locale.ROOT, "add a replica above %,d requests at the same time", most)
                : null;
    }

    private Stage arrived(Recommendation best, String from) {
        return new Stage(
                "Move to what was ordered: " + Deployed.machines(best.assessment()) + ".",
                best,
                from,
                null,
                addReplica(best.assessment()));
    }

    /** Customers are served from elsewhere than where a model is tried out. */
    private Optional<Stage> develop(Recommendation best) {
        DecisionRequest asked = trials.asked();
        if (asked.workload().type() != WorkloadType.PRODUCTION
                || best.assessment().hardware().memoryKind() == MemoryKind.UNIFIED
                || best.assessment().isOwned()) {
            return Optional.empty();
        }
        DecisionRequest trying = Records.with(asked, "workload.type", WorkloadType.EVALUATION);
        for (String field : List.of(
                "workload.concurrency",
                "workload.namedUsers",
                "workload.requestsPerDay",
                "workload.minDecodeTokensPerSecond",
                "workload.maxTimeToFirstTokenSeconds",
                "workload.quantization")) {
            trying = Records.with(trying, field, null);
        }
        trying = Records.with(Records.with(trying, "budget", Budget.UNSAID), "candidates", List.of());
        return decider.ranking(trying).stream()
                .filter(each ->
                        !each.isRuledOut() && each.assessment().hardware().memoryKind() == MemoryKind.UNIFIED)
                .findFirst()
                .map(each -> new Stage(
                        "Develop and evaluate on one machine with unified memory: " + Deployed.how(each.assessment())
                                + ".",
                        each,
                        "now",
                        null,
                        "the first customers, or more than " + localLimit() + " requests at the same time"));
    }

    private long localLimit() {
        return Math.round(decider.rules()
                .policy()
                .threshold("requests at once without continuous batching")
                .orElse(10.0));
    }

    /** Something better that cannot be delivered in time. */
    private Optional<Recommendation> awaited(Recommendation best) {
        return trials.ranking().stream()
                .filter(each -> each.isRuledOut() && each.score() > best.score())
                .filter(each -> each.findings().stream()
                        .filter(finding -> finding.severity() == Severity.REJECTION)
                        .map(Finding::code)
                        .allMatch(LATE::equals))
                .max(java.util.Comparator.comparingDouble(Recommendation::score));
    }

    private static Stage waiting(Recommendation best, Recommendation awaited) {
        return new Stage(
                capital(Deployed.how(best.assessment())) + " and order " + Deployed.machines(awaited.assessment())
                        + ".",
                best,
                "now",
                null,
                "delivery, which takes up to " + weeks(awaited.assessment()) + " weeks");
    }

    /** Rented until what was bought arrives. */
    private Optional<Stage> bridge(Recommendation best) {
        Double weeks = best.assessment().leadTimeWeeks();
        if (!best.assessment().isBought() || weeks == null || weeks < WEEKS_WORTH_BRIDGING) {
            return Optional.empty();
        }
        return trials.ranking().stream()
                .filter(each -> !each.isRuledOut() && each.assessment().isRented())
                .findFirst()
                .map(each -> new Stage(
                        "Order " + Deployed.machines(best.assessment()) + " and " + Deployed.how(each.assessment())
                                + " until it is there.",
                        each,
                        "now",
                        null,
                        "delivery, which takes up to " + weeks(best.assessment()) + " weeks"));
    }

    private static String weeks(Assessment it) {
        Double weeks = it.leadTimeWeeks();
        return weeks == null ? "some" : String.format(Locale.ROOT, "%.0f", weeks);
    }

    /** What wins when more come. */
    private Optional<Stage> growth(Recommendation best) {
        return flips.stream()
                .filter(each -> each.becomes() != null
                        && each.field().equals("workload.concurrency")
                        && each.to() instanceof Number to
                        && each.from() instanceof Number from
                        && to.doubleValue() > from.doubleValue())
                .findFirst()
                .map(each -> new Stage(
                        capital(how(each.becomes())) + ".",
                        each.becomes(),
                        FieldWords.value(each.field(), each.to()),
                        null,
                        null))
                .filter(each -> each.with() != best);
    }

    /** A smaller model of the family, where it is much cheaper. */
    private Optional<Stage> smallerModel(Recommendation best) {
        Double now = best.assessment().monthlyUsd();
        double size = best.assessment().model().totalParametersB();
        return outcomes.getOrDefault("workload.model", List.of()).stream()
                .filter(each -> each.becomes() != null && now != null)
                .filter(each -> {
                    Assessment then =
                            java.util.Objects.requireNonNull(each.becomes()).assessment();
                    Double monthly = then.monthlyUsd();
                    return then.model().totalParametersB() < size
                            && monthly != null
                            && now != null
                            && monthly <= WORTH_TRYING * now;
                })
                .findFirst()
                .map(each -> new Stage(
                        String.format(
                                Locale.ROOT,
                                "Try %s first: %s would carry it.",
                                java.util.Objects.requireNonNull(each.becomes())
                                        .assessment()
                                        .model()
                                        .name(),
                                how(each.becomes())),
                        each.becomes(),
                        "now",
                        null,
                        "its answers are not good enough"));
    }

    /** The same hardware bought, where renting wins today. */
    private Optional<Stage> buyLater(Recommendation best) {
        return comparedWithRenting(best).flatMap(bought -> {
            Double share = bought.assessment().cost().breakEvenUtilization();
            return share == null || share > 1
                    ? Optional.empty()
                    : Optional.of(new Stage(
                            "Buy the same: " + Deployed.machines(bought.assessment()) + ".",
                            bought,
                            String.format(
                                    Locale.ROOT,
                                    "it is busy more than %.0f %% of the time, month after month",
                                    100 * share),
                            null,
                            null));
        });
    }

    private Optional<Recommendation> comparedWithRenting(Recommendation best) {
        Assessment it = best.assessment();
        return !it.isRented()
                ? Optional.empty()
                : trials.ranking().stream()
                        .filter(each -> !each.isRuledOut()
                                && each.assessment().isBought()
                                && each.assessment().hardware().equals(it.hardware()))
                        .findFirst();
    }

    private @Nullable Double costOfChoosingWrong(Recommendation best) {
        Catalogue catalogue = decider.catalogue();
        Double price = best.assessment().purchaseUsd();
        if (price == null) {
            return null;
        }
        String type = Choice.id(best.assessment().workloadType());
        double rebuilding = catalogue.number("rebuildHours", type) * catalogue.number("adminUsdPerHour");
        return price * (1 - catalogue.number("residualShare")) + rebuilding;
    }

    private static String how(@Nullable Recommendation each) {
        return each == null ? "nothing" : Deployed.how(each.assessment());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
