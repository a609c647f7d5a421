package quartermaster.advice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.HostedApi;
import quartermaster.decision.Assessment;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.decision.engine.Decider;
import quartermaster.decision.engine.RankingKey;
import quartermaster.estimate.Deployment;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Records;

/**
 * The same request, asked again with something changed. What is looked for is searched among the candidates that could
 * win, and proved with all of them: a candidate's score never depends on the others.
 */
final class ChangedRequests {
    private static final int FIRST_OF_ALL = 6;
    private static final double LEVELS = 2; // points: whoever is ranked before one that is ahead is no more behind it
    private static final Candidate ANY_API = Candidate.of(HostedApi.KIND);

    private final Decider decider;
    private final DecisionRequest asked;
    private final List<Recommendation> ranking;
    private final boolean comparesModels;
    private final List<Contender> contenders;
    private final Set<String> likely;
    private final Standings standings;

    ChangedRequests(Decider decider, DecisionRequest asked) {
        this.decider = decider.remembering();
        this.asked = asked;
        this.ranking = this.decider.ranking(asked);
        this.comparesModels = ranking.stream()
                .findFirst()
                .map(each -> each.assessment().comparesModels())
                .orElse(false);
        this.contenders = contenders();
        this.standings = Standings.of(
                winner(),
                ranking.stream().map(each -> new Winner(named(each), each)).toList(),
                limit(Threshold.MADE_UP_FOR));
        this.likely = winner().map(each -> Set.of(each.candidate().hardware())).orElse(Set.of());
    }

    /** Every candidate, best first. */
    List<Recommendation> ranking() {
        return ranking;
    }

    DecisionRequest asked() {
        return asked;
    }

    /** A threshold of the policy. */
    double limit(String name) {
        return decider.rules().policy().limit(name);
    }

    /** Whether which model it is is left open. */
    boolean comparesModels() {
        return comparesModels;
    }

    List<Contender> contenderList() {
        return contenders;
    }

    /** Who wins a request, and as which candidate: the first of the ranking, or what is owned and suffices. */
    record Winner(Contender contender, Recommendation recommendation) {
        Candidate candidate() {
            return contender.candidate();
        }
    }

    /** Who wins now; empty where nothing is suitable. */
    Optional<Winner> winner() {
        return first(asked, ranking);
    }

    /** Who wins when every candidate takes part. */
    Optional<Winner> winner(DecisionRequest changed) {
        return winnerOfAll(changed, Set.of());
    }

    /** @param besides some that may have taken the lead; the answer is the same whoever they are, but is found sooner */
    Optional<Winner> winnerOfAll(DecisionRequest changed, Collection<Contender> besides) {
        return first(
                changed,
                decider.leading(
                        changed,
                        Stream.concat(
                                        likely.stream(),
                                        besides.stream()
                                                .map(each -> each.candidate().hardware()))
                                .collect(Collectors.toSet())));
    }

    /**
     * The same, but that with several models, where nothing else wins among the contenders, all others are taken for beaten:
     * a change may be missed, but none is made up.
     */
    Optional<Winner> winnerOrToday(DecisionRequest changed) {
        if (comparesModels) {
            Optional<Winner> among = winner(changed, contenders);
            if (contender(among).equals(contender(winner()))) {
                return among;
            }
        }
        return winner(changed);
    }

    /** Who wins among some candidates. */
    Optional<Winner> winner(DecisionRequest changed, List<Contender> among) {
        List<Winner> all = new ArrayList<>();
        byModel(among).forEach((model, candidates) -> {
            DecisionRequest fewer = among(changed, model.orElse(null), candidates);
            double highest = highestOf(all);
            List<Recommendation> leading = highest > Double.NEGATIVE_INFINITY
                    ? decider.leading(fewer, highest)
                    : decider.leading(fewer, likely);
            leading.forEach(each -> all.add(new Winner(named(fewer, each), each)));
        });
        return firstOf(all, changed);
    }

    /** How some candidates stand. */
    Standings standings(DecisionRequest changed, List<Contender> among) {
        List<Winner> all = new ArrayList<>();
        byModel(among).forEach((model, candidates) -> {
            DecisionRequest fewer = among(changed, model.orElse(null), candidates);
            decider.ranking(fewer).forEach(each -> all.add(new Winner(named(fewer, each), each)));
        });
        return Standings.of(firstOf(all, changed), all, limit(Threshold.MADE_UP_FOR));
    }

    /** How all of them stand now. */
    Standings standings() {
        return standings;
    }

    private static Map<Optional<String>, List<Candidate>> byModel(List<Contender> all) {
        Map<Optional<String>, List<Candidate>> byModel = new LinkedHashMap<>();
        all.forEach(each -> byModel.computeIfAbsent(Optional.ofNullable(each.model()), any -> new ArrayList<>())
                .add(each.candidate()));
        return byModel;
    }

    private static DecisionRequest among(DecisionRequest changed, @Nullable String model, List<Candidate> candidates) {
        return Records.with(running(changed, model), "candidates", candidates);
    }

    /** Of those that lead among some, in the order in which they came. */
    private Optional<Winner> firstOf(List<Winner> all, DecisionRequest changed) {
        Map<Recommendation, Winner> found = new IdentityHashMap<>();
        all.forEach(each -> found.put(each.recommendation(), each));
        List<Recommendation> sorted =
                RankingKey.sorted(all.stream().map(Winner::recommendation).toList());
        return decider.recommended(changed, sorted).map(found::get);
    }

    private static double highestOf(List<Winner> all) {
        return all.stream()
                .map(Winner::recommendation)
                .filter(each -> !each.isRuledOut())
                .mapToDouble(Recommendation::score)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** The same for one of the models that are compared; where none are, as it is. */
    static DecisionRequest running(DecisionRequest request, @Nullable String model) {
        return model == null ? request : Records.with(request, "workload.models", List.of(model));
    }

    /** The model of a candidate, where several are compared; else null. */
    static @Nullable String model(Assessment of) {
        return of.comparesModels() ? of.model().id() : null;
    }

    /**
     * The one that costs least a month of what a candidate may stand for; empty where none is suitable.
     *
     * @param model where several are compared
     */
    Optional<Recommendation> cheapest(Candidate open, @Nullable String model) {
        DecisionRequest only = Records.with(running(asked, model), "candidates", List.of(open));
        return decider.variants(only).stream()
                .filter(each -> !each.isRuledOut() && each.assessment().monthlyUsd() != null)
                .min(Comparator.comparing(each -> each.assessment().monthlyUsd()));
    }

    /**
     * The first of all candidates of which something holds besides that they may be chosen.
     *
     * @param ahead score that it has to exceed to be of interest: where it does not, it may be another one, or none
     */
    Optional<Recommendation> first(DecisionRequest changed, double ahead, Predicate<Recommendation> holds) {
        return decider.ranking(changed, ahead - LEVELS).stream()
                .filter(each -> !each.isRuledOut() && holds.test(each))
                .findFirst();
    }

    /** How somebody judges the only candidate of a request, ruled out or not; empty where it is no candidate. */
    Optional<Recommendation> judged(DecisionRequest changed, Contender only) {
        return decider
                .ranking(Records.with(running(changed, only.model()), "candidates", List.of(only.candidate())))
                .stream()
                .findFirst();
    }

    static Optional<Contender> contender(Optional<Winner> winner) {
        return winner.map(Winner::contender);
    }

    /** A ranked candidate as a request would name it. */
    Contender named(Recommendation recommendation) {
        return named(asked, recommendation);
    }

    private static Contender named(DecisionRequest request, Recommendation recommendation) {
        var deployment = recommendation.assessment().deployment();
        List<Candidate> said = request.candidates();
        return new Contender(
                said.isEmpty()
                        ? generated(recommendation.assessment(), deployment)
                        : said.get(deployment.group() % said.size()), // with each of several models all of them
                model(recommendation.assessment()));
    }

    /** Which of the hosted APIs it is makes no difference: another address is soon written. */
    private static Candidate generated(Assessment it, Deployment deployment) {
        return (it.isHosted() ? ANY_API : Candidate.of(deployment.hardware().id()))
                .with("acquisition", deployment.acquisition());
    }

    static boolean isSameKind(Assessment one, Assessment other) {
        return one.acquisition() == other.acquisition()
                && (one.isHosted() || one.hardware().equals(other.hardware()));
    }

    private Optional<Winner> first(DecisionRequest request, List<Recommendation> ranking) {
        return decider.recommended(request, ranking).map(each -> new Winner(named(request, each), each));
    }

    /** The first ones, the first of every kind of hardware and way to come by it, and of the first models. */
    private List<Contender> contenders() {
        Set<String> models = new HashSet<>();
        Set<Contender> chosen = new LinkedHashSet<>();
        Set<String> kinds = new HashSet<>();
        for (int i = 0; i < ranking.size(); i++) {
            Recommendation each = ranking.get(i);
            String kind =
                    each.assessment().hardware().family() + each.assessment().acquisition();
            boolean isAnotherModel = models.size() < FIRST_OF_ALL
                    && models.add(each.assessment().model().id());
            if (kinds.add(kind) || isAnotherModel || i < FIRST_OF_ALL) {
                chosen.add(named(each));
            }
        }
        return List.copyOf(chosen);
    }
}
