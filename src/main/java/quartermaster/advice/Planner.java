package quartermaster.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Plan.Stage;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.MemoryKind;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Deployment;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Records;

/** Puts the winner into time: what comes before it, what after it, and what tells that it is time. */
record Planner(
        Decider decider,
        Decision decision,
        ChangedRequests trials,
        List<Flip> flips,
        Map<String, List<Flip>> outcomes,
        Optional<Hosting> hosting) {
    private static final String NOW = "now";
    private static final List<String> LEFT_OUT_WHEN_TRYING = List.of(
            "workload.concurrency",
            "workload.namedUsers",
            "workload.requestsPerDay",
            "workload.requestsPerSecond",
            "workload.sessions",
            "workload.thinkSeconds",
            "workload.job",
            "constraints.spareReplicas",
            "constraints.burstFactor",
            "workload.minDecodeTokensPerSecond",
            "workload.maxTimeToFirstTokenSeconds",
            "workload.quantization");

    @Nullable
    Plan plan() {
        return chosen().map(this::plan).orElseGet(this::withoutWinner);
    }

    /** What is recommended; where that is owned, the first of the ranking, which would have to be bought or rented. */
    private Optional<Recommendation> chosen() {
        Optional<Deployment> recommended = decision.recommended()
                .map(each -> each.assessment().deployment())
                .filter(each -> each.acquisition() != Acquisition.OWNED);
        return trials.ranking().stream()
                .filter(each -> recommended.equals(Optional.of(each.assessment().deployment())))
                .findFirst()
                .or(() -> trials.ranking().stream()
                        .filter(each -> !each.isRuledOut())
                        .findFirst());
    }

    /** Nothing is suitable: what would help. */
    private @Nullable Plan withoutWinner() {
        return Relaxing.first(flips)
                .map(flip -> {
                    Recommendation then = Objects.requireNonNull(flip.becomes());
                    String does =
                            "Change the request first: " + FieldWords.condition(flip) + ", " + how(then) + " does it.";
                    return new Plan(List.of(Stage.of(does, then, NOW, null)), null, null, null, null, null);
                })
                .orElse(null);
    }

    private Plan plan(Recommendation best) {
        List<Stage> stages = new ArrayList<>();
        Optional<Recommendation> owned = owned(best);
        owned.map(this::untilFull)
                .or(() -> hosting.map(each -> hosted(each, best)))
                .or(() -> develop(best))
                .or(() -> smallerModel(best, NOW))
                .ifPresent(stages::add);
        Recommendation next = owned.flatMap(each -> Growth.of(trials, decision.request(), each))
                .map(Growth::moved)
                .filter(each -> !each.assessment().isOwned())
                .orElse(best); // what takes over where the owned one is full has to carry that
        served(next, begins(stages), stages);
        growth(next).ifPresent(stages::add);
        List<Stage> planned = closed(stages);
        buyLater(best).ifPresent(planned::add);
        Recommendation compared = comparedWithRenting(best).orElse(best);
        Cost cost = compared.assessment().cost();
        Constraints said = trials.asked().constraints();
        boolean says = !compared.assessment().isJob() // its machines are rented for hours, and never all the time
                && isAllowed(Acquisition.RENT)
                && !said.dataMustStay()
                && !said.offline();
        return new Plan(
                planned,
                says ? cost.breakEvenMonths() : null,
                says ? cost.breakEvenUtilization() : null,
                says ? cost.breakEvenAgainst() : null,
                says ? offer(cost.breakEvenAgainst()) : null,
                owned.isPresent() ? null : costOfChoosingWrong(best));
    }

    /** What ends the last stage begins the next one. */
    private static String begins(List<Stage> stages) {
        String trigger = stages.isEmpty() ? null : stages.get(stages.size() - 1).trigger();
        return trigger == null ? NOW : trigger;
    }

    /** Each stage ends when the next one begins. */
    private static List<Stage> closed(List<Stage> stages) {
        List<Stage> closed = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Stage each = stages.get(i);
            String until = i + 1 < stages.size() ? stages.get(i + 1).from() : null;
            closed.add(new Stage(each.does(), each.with(), each.from(), until, each.trigger(), each.monthlyUsd()));
        }
        return closed;
    }

    /** The winner, and before it what bridges its delivery. */
    private void served(Recommendation best, String from, List<Stage> stages) {
        Optional<Recommendation> bridge = bridge(best);
        if (bridge.isPresent()) {
            String does = "Order " + DeploymentWords.machines(best.assessment()) + " and " + how(bridge.get())
                    + " until it is there.";
            stages.add(Stage.of(does, bridge.get(), from, delivery(best)));
            stages.add(arrived(best));
        } else {
            stages.add(Stage.of(capital(how(best)) + ".", best, from, null));
        }
    }

    private static Stage arrived(Recommendation ordered) {
        return Stage.of(
                "Move to what was ordered: " + DeploymentWords.machines(ordered.assessment()) + ".",
                ordered,
                delivery(ordered),
                null);
    }

    private static String delivery(Recommendation ordered) {
        Double weeks = ordered.assessment().leadTimeWeeks();
        return weeks == null ? "delivery" : String.format(Locale.ROOT, "delivery, which takes up to %.0f weeks", weeks);
    }

    /** What stands there and suffices, where something better would have to be bought. */
    private Optional<Recommendation> owned(Recommendation best) {
        Integer rank = decision.picks().owned();
        return decision.ranked().stream()
                .filter(each -> rank != null && rank.equals(each.rank()))
                .filter(each -> !best.assessment().isOwned())
                .findFirst();
    }

    private Stage untilFull(Recommendation it) {
        Assessment of = it.assessment();
        double memory = of.memory().usable().gib();
        String until = of.isTraining()
                ? String.format(
                        Locale.ROOT, "the day when runs take too long or %.0f GiB of memory are not enough", memory)
                : tooMany(it)
                        + String.format(
                                Locale.ROOT,
                                "the day when %.0f tok/s for each user or %.0f GiB of memory are not enough",
                                of.decodeSpeed(),
                                memory);
        return Stage.of(capital(how(it)) + ": it meets the need.", it, NOW, until);
    }

    /** From how many requests on it is full, as sizing counts; empty where it carries all that is tried. */
    private String tooMany(Recommendation owned) {
        return Growth.of(trials, decision.request(), owned)
                .map(each -> FieldWords.value("workload.concurrency", each.concurrency()) + ", or ")
                .orElse("");
    }

    /** Users are served from elsewhere than where a model is tried out: on what is owned, where that can carry it. */
    private Optional<Stage> develop(Recommendation best) {
        if (best.assessment().isOwned()) {
            return Optional.empty();
        }
        WorkloadType type = trials.asked().workload().type();
        List<Recommendation> tried = !has(type) ? List.of() : tried(best);
        String smaller = smaller(best)
                .map(each -> " Try " + each.assessment().model().name() + " there first, which takes less: " + how(each)
                        + aMonth(each) + ".")
                .orElse("");
        return ownedForTrying(tried)
                .map(each -> Stage.of(
                        "Develop and evaluate on what you own: " + how(each) + "." + smaller,
                        each,
                        NOW,
                        firstUsers(type)))
                .or(() -> type != WorkloadType.PRODUCTION
                                || best.assessment().hardware().memoryKind() == MemoryKind.UNIFIED
                        ? Optional.empty()
                        : tried.stream()
                                .filter(each -> each.assessment().hardware().memoryKind() == MemoryKind.UNIFIED
                                        && isAllowed(each.assessment().acquisition()))
                                .findFirst()
                                .map(each -> Stage.of(
                                        "Develop and evaluate on one machine with unified memory: " + how(each) + "."
                                                + smaller,
                                        each,
                                        NOW,
                                        firstUsers(type))));
    }

    private boolean isAllowed(Acquisition way) {
        Acquisition only = trials.asked().constraints().acquisition();
        return only == null || only == way;
    }

    /** Whether something comes before the users: who only tries a model, or trains it, has no other stage for that. */
    private boolean has(WorkloadType type) {
        return switch (type) {
            case EVALUATION, FINE_TUNING -> false;
            case PRODUCTION -> true;
            case INTERNAL_TOOL, BATCH -> !owned().isEmpty();
        };
    }

    private Optional<Recommendation> ownedForTrying(List<Recommendation> tried) {
        return owned().isEmpty()
                ? Optional.empty()
                : tried.stream().filter(each -> each.assessment().isOwned()).findFirst();
    }

    /** What stands there already, said as such or as a candidate. */
    private List<Constraints.Owned> owned() {
        List<Constraints.Owned> said = trials.asked().constraints().owned();
        return !said.isEmpty()
                ? said
                : trials.asked().candidates().stream()
                        .filter(each -> each.acquisition() == Acquisition.OWNED)
                        .map(each -> new Constraints.Owned(each.hardware(), each.devices()))
                        .toList();
    }

    /** What carries one person who tries the model, best first; nothing of what is asked for many users counts. */
    private List<Recommendation> tried(Recommendation best) {
        DecisionRequest trying = Records.with(trials.asked(), "workload.type", WorkloadType.EVALUATION);
        for (String field : LEFT_OUT_WHEN_TRYING) {
            trying = Records.with(trying, field, null);
        }
        trying = ChangedRequests.running(trying, ChangedRequests.model(best.assessment()));
        trying = Records.with(Records.with(trying, "budget", Budget.UNSAID), "candidates", List.of());
        trying = Records.with(Records.with(trying, "constraints.owned", owned()), "constraints.acquisition", null);
        return decider.ranking(trying).stream()
                .filter(each -> !each.isRuledOut())
                .toList();
    }

    private String firstUsers(WorkloadType type) {
        String many = "more than " + localLimit() + " requests at the same time";
        return switch (type) {
            case PRODUCTION -> "the first customers, or " + many;
            case BATCH -> "the first full run";
            default -> "the first colleagues, or " + many;
        };
    }

    private long localLimit() {
        return Math.round(trials.limit(Threshold.LOCAL_REQUESTS));
    }

    /** The model served by somebody else, while the bill is small and data may leave; what is owned is good for trying. */
    private Stage hosted(Hosting hosting, Recommendation best) {
        String develop = owned().isEmpty() || best.assessment().isOwned()
                ? ""
                : ownedForTrying(tried(best))
                        .map(each -> " Develop and evaluate on what you own: " + how(each) + ".")
                        .orElse("");
        return new Stage(
                "Where data may leave the house, stay on a hosted API: "
                        + hosting.api().provider() + ", " + hosting.price() + "." + smallerThere(best) + develop,
                null,
                NOW,
                null,
                String.format(Locale.ROOT, "a bill of more than $%,.0f a month", hosting.upToUsd()),
                hosting.monthlyUsd());
    }

    /** Nothing has to be set up there for a smaller model. */
    private String smallerThere(Recommendation best) {
        return smaller(best)
                .map(each -> " Try " + each.assessment().model().name()
                        + " there first: if its answers are good enough, it takes less.")
                .orElse("");
    }

    /** What can be rented until what was bought arrives. */
    private Optional<Recommendation> bridge(Recommendation best) {
        Assessment it = best.assessment();
        Double weeks = it.leadTimeWeeks();
        boolean isLate = it.weeksTooLate() != null && it.weeksTooLate() > 0;
        if (!it.isBought() || weeks == null || weeks < trials.limit(Threshold.WEEKS_BRIDGED) && !isLate) {
            return Optional.empty();
        }
        return trials.ranking().stream()
                .filter(each -> !each.isRuledOut()
                        && each.assessment().isRented()
                        && each.assessment().model().equals(it.model()))
                .findFirst();
    }

    /** What is added to the winner, or takes its place, when more come than it carries. */
    private Optional<Stage> growth(Recommendation best) {
        return Growth.of(trials, decision.request(), best).map(grown -> {
            String from = FieldWords.value("workload.concurrency", grown.concurrency());
            Recommendation added = grown.added();
            return added != null
                    ? Stage.of(
                            (added.assessment().replicas() == best.assessment().replicas() + 1
                                            ? "Add a replica: then "
                                            : "Add replicas: then ")
                                    + how(added) + ".",
                            added,
                            from,
                            null)
                    : Stage.of(moveTo(best, Objects.requireNonNull(grown.moved())), grown.moved(), from, null);
        });
    }

    private static String moveTo(Recommendation best, Recommendation then) {
        if (how(best).equals(how(then))) {
            return "Serve" + DeploymentWords.means(then.assessment()) + " on the same.";
        }
        boolean isSame = ChangedRequests.isSameKind(best.assessment(), then.assessment());
        return (isSame ? "Take more of the same: " : "Move to another machine: ") + how(then) + ".";
    }

    private Optional<Stage> smallerModel(Recommendation best, String from) {
        return smaller(best)
                .map(each -> Stage.of(
                        "Try " + each.assessment().model().name()
                                + " first, wherever it runs already: if its answers are good enough, it takes less: "
                                + how(each) + ".",
                        each,
                        from,
                        "answers that are not good enough"));
    }

    /** A smaller model of the family, where it is much cheaper to run. */
    private Optional<Recommendation> smaller(Recommendation best) {
        Double now = best.assessment().monthlyUsd();
        double size = best.assessment().model().totalParametersB();
        double share = trials.limit(Threshold.SMALLER_MODEL) / 100;
        return now == null
                ? Optional.empty()
                : outcomes.getOrDefault("workload.model", List.of()).stream()
                        .map(Flip::becomes)
                        .filter(Objects::nonNull)
                        .filter(each -> each.assessment().model().totalParametersB() < size
                                && each.assessment().isHosted()
                                        == best.assessment().isHosted())
                        .filter(each -> each.assessment().monthlyUsd() != null
                                && each.assessment().monthlyUsd() <= share * now)
                        .findFirst();
    }

    /** The same hardware bought, where renting wins today; the hours of a job are known, so that nothing changes. */
    private Optional<Stage> buyLater(Recommendation best) {
        return comparedWithRenting(best).flatMap(bought -> {
            Double share = bought.assessment().cost().breakEvenUtilization();
            return share == null || share > 1 || best.assessment().isJob()
                    ? Optional.empty()
                    : Optional.of(Stage.of(
                            (isSameSize(best.assessment(), bought.assessment())
                                            ? "Buy the same: "
                                            : "Buy such hardware: ")
                                    + DeploymentWords.machines(bought.assessment()) + ".",
                            bought,
                            String.format(
                                    Locale.ROOT, "busy more than %.0f %% of the time, month after month", 100 * share),
                            null));
        });
    }

    private @Nullable String offer(@Nullable String id) {
        return decider.catalogue().offers().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .map(each -> String.format(
                        Locale.ROOT, "%s at $%.2f an hour a device", each.provider(), each.usdPerDeviceHour()))
                .orElse(id);
    }

    private static boolean isSameSize(Assessment one, Assessment other) {
        return one.devices() == other.devices() && one.replicas() == other.replicas();
    }

    private static String aMonth(Recommendation each) {
        return each.assessment().monthlyUsd() == null ? "" : " for " + CostWords.month(each.assessment());
    }

    private Optional<Recommendation> comparedWithRenting(Recommendation best) {
        Assessment it = best.assessment();
        return !it.isRented()
                ? Optional.empty()
                : trials.ranking().stream()
                        .filter(each -> !each.isRuledOut()
                                && each.assessment().isBought()
                                && each.assessment().model().equals(it.model())
                                && each.assessment().hardware().equals(it.hardware()))
                        .findFirst();
    }

    private @Nullable Double costOfChoosingWrong(Recommendation best) {
        Catalogue catalogue = decider.catalogue();
        Double price = best.assessment().purchaseUsd();
        if (price == null || best.assessment().isHosted() || best.assessment().isOwned()) {
            return null; // another address is soon written
        }
        String type = Choice.id(best.assessment().workloadType());
        double rebuilding = catalogue.number("rebuildHours", type) * catalogue.number("adminUsdPerHour");
        return price * (1 - catalogue.number("residualShare")) + rebuilding;
    }

    private static String how(Recommendation each) {
        return DeploymentWords.how(each.assessment());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
