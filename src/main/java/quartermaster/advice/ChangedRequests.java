package quartermaster.advice;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import quartermaster.decision.Assessment;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Records;

/**
 * The same request, asked again with something changed. What is looked for is searched among the candidates that could
 * win, and proved with all of them: a candidate's score never depends on the others.
 */
final class ChangedRequests {
    private static final int FIRST_OF_ALL = 6;

    private final Decider decider;
    private final DecisionRequest asked;
    private final List<Recommendation> ranking;
    private final List<Candidate> contenders;

    ChangedRequests(Decider decider, DecisionRequest asked) {
        this.decider = decider.remembering();
        this.asked = asked;
        this.ranking = this.decider.ranking(asked);
        this.contenders = contenders();
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

    List<Candidate> contenderList() {
        return contenders;
    }

    /** Who wins a request, and as which candidate: the first of the ranking, or what is owned and suffices. */
    record Winner(Candidate candidate, Recommendation recommendation) {}

    /** Who wins now; empty where nothing is suitable. */
    Optional<Winner> winner() {
        return first(asked, ranking);
    }

    /** Who wins when every candidate takes part. */
    Optional<Winner> winner(DecisionRequest changed) {
        return first(changed, decider.ranking(changed));
    }

    /** Who wins among some candidates. */
    Optional<Winner> winner(DecisionRequest changed, List<Candidate> among) {
        DecisionRequest fewer = Records.with(changed, "candidates", among);
        return first(fewer, decider.ranking(fewer));
    }

    /** The one that costs least a month of what a candidate may stand for; empty where none is suitable. */
    Optional<Recommendation> cheapest(Candidate open) {
        DecisionRequest only = Records.with(asked, "candidates", List.of(open));
        return decider.variants(only).stream()
                .filter(each -> !each.isRuledOut() && each.assessment().monthlyUsd() != null)
                .min(Comparator.comparing(each -> each.assessment().monthlyUsd()));
    }

    /** The first of all candidates of which something holds besides that they may be chosen. */
    Optional<Recommendation> first(DecisionRequest changed, Predicate<Recommendation> holds) {
        return decider.ranking(changed).stream()
                .filter(each -> !each.isRuledOut() && holds.test(each))
                .findFirst();
    }

    /** How somebody judges the only candidate of a request, ruled out or not; empty where it is no candidate. */
    Optional<Recommendation> judged(DecisionRequest changed, Candidate only) {
        return decider.ranking(Records.with(changed, "candidates", List.of(only))).stream()
                .findFirst();
    }

    static Optional<Candidate> candidate(Optional<Winner> winner) {
        return winner.map(Winner::candidate);
    }

    /** A ranked candidate as a request would name it. */
    Candidate named(Recommendation recommendation) {
        return named(asked, recommendation);
    }

    private static Candidate named(DecisionRequest request, Recommendation recommendation) {
        var deployment = recommendation.assessment().deployment();
        return request.candidates().isEmpty()
                ? new Candidate(
                        deployment.hardware().id(), null, null, deployment.acquisition(), null, null, null, null, null)
                : request.candidates().get(deployment.group());
    }

    static boolean isSameKind(Assessment one, Assessment other) {
        return one.acquisition() == other.acquisition()
                && (one.isHosted() || one.hardware().equals(other.hardware()));
    }

    private Optional<Winner> first(DecisionRequest request, List<Recommendation> ranking) {
        return decider.recommended(request, ranking).map(each -> new Winner(named(request, each), each));
    }

    /** The first ones, and the first of every kind of hardware and way to come by it. */
    private List<Candidate> contenders() {
        Set<Candidate> chosen = new LinkedHashSet<>();
        Set<String> kinds = new HashSet<>();
        for (int i = 0; i < ranking.size(); i++) {
            Recommendation each = ranking.get(i);
            String kind =
                    each.assessment().hardware().family() + each.assessment().acquisition();
            if (kinds.add(kind) || i < FIRST_OF_ALL) {
                chosen.add(named(each));
            }
        }
        return List.copyOf(chosen);
    }
}
