package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Reason;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Picks;
import quartermaster.decision.Recommendation;
import quartermaster.unit.Choice;
import quartermaster.workbook.pen.CellLook;

/**
 * A candidate as it was judged for one workload.
 *
 * @param row of the candidate on the user's sheet, from 1; null where candidates were generated
 */
record JudgedCandidate(
        String workload,
        Decision decision,
        Recommendation recommendation,
        @Nullable Integer row) {

    Assessment facts() {
        return recommendation.assessment();
    }

    /** Ranked ones in their order, ruled-out ones behind them. */
    boolean isBetterThan(JudgedCandidate other) {
        if (recommendation.isRuledOut() != other.recommendation.isRuledOut()) {
            return other.recommendation.isRuledOut();
        }
        int rank = rankOrLast();
        int otherRank = other.rankOrLast();
        return rank < otherRank || rank == otherRank && recommendation.score() > other.recommendation.score();
    }

    /** E.g. "rent 6× H100 SXM 80GB (2 replicas of 3)": short enough for charts. */
    String label() {
        return DeploymentWords.how(facts()).replace("NVIDIA ", "").replace(" Workstation ", " ");
    }

    /** Replicas × devices of each. */
    String setup() {
        return facts().isHosted() ? "" : facts().replicas() + " × " + facts().devices();
    }

    /** E.g. "vLLM, FP8". */
    String software() {
        return DeploymentWords.software(facts());
    }

    /** E.g. "buy, vLLM, FP8". */
    private String means() {
        String acquisition = Choice.id(facts().acquisition());
        return facts().isHosted() ? acquisition : acquisition + ", " + software();
    }

    /** With the hardware's full name: people write it as they like. */
    String judgedAs() {
        String model = facts().comparesModels() ? facts().model().name() + " on " : "";
        return model + DeploymentWords.machines(facts()) + ", " + means();
    }

    /** "best", "cheapest" and the like; null for all others. */
    @Nullable
    String pick() {
        Integer rank = recommendation.rank();
        if (rank == null) {
            return null;
        }
        Picks picks = decision.picks();
        List<String> names = new ArrayList<>();
        addIf(rank.equals(picks.best()), "best", names);
        addIf(rank.equals(picks.runnerUp()), "runner-up", names);
        addIf(rank.equals(picks.cheapest()), "cheapest", names);
        addIf(rank.equals(picks.fastest()) && !rank.equals(picks.best()), "fastest", names);
        return names.isEmpty() ? null : String.join(", ", names);
    }

    /** The reason in one sentence with numbers; for a ruled-out candidate with what would help. */
    String why() {
        return Reason.of(recommendation);
    }

    /** How its row looks. */
    CellLook look() {
        if (recommendation.isRuledOut()) {
            return CellLook.OUT;
        }
        return Integer.valueOf(1).equals(recommendation.rank()) ? CellLook.FIRST : CellLook.BODY;
    }

    /** E.g. "$1,234 a month". */
    String monthly() {
        Double usd = facts().monthlyUsd();
        return usd == null ? "price unknown" : String.format(Locale.ROOT, "$%,.0f a month", usd);
    }

    private int rankOrLast() {
        return recommendation.rank() == null ? Integer.MAX_VALUE : recommendation.rank();
    }

    private static void addIf(boolean is, String name, List<String> names) {
        if (is) {
            names.add(name);
        }
    }
}
