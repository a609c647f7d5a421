package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Picks;
import quartermaster.decision.Recommendation;
import quartermaster.unit.Choice;

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

    /** E.g. "#1 DGX Spark, 2 × 1". */
    String label() {
        return facts().isHosted() ? shortLabel() : shortLabel() + ", " + setup();
    }

    /** E.g. "#1 DGX Spark". */
    String shortLabel() {
        return recommendation.rank() == null
                ? facts().hardware().name()
                : place() + " " + facts().hardware().name();
    }

    /** E.g. "#1"; the hardware's name where it is ruled out. */
    String place() {
        return recommendation.rank() == null ? facts().hardware().name() : "#" + recommendation.rank();
    }

    /** Replicas × devices of each. */
    String setup() {
        return facts().isHosted() ? "" : facts().replicas() + " × " + facts().devices();
    }

    /** E.g. "buy, vllm, fp8". */
    String means() {
        if (facts().isHosted()) {
            return Choice.id(facts().acquisition());
        }
        return String.join(
                ", ",
                Choice.id(facts().acquisition()),
                facts().engine().id(),
                facts().quantization().id());
    }

    /** With the hardware's full name: people write it as they like. */
    String judgedAs() {
        String setup = setup();
        String model = facts().comparesModels() ? facts().model().name() + " on " : "";
        return model + facts().hardware().name() + ", " + (setup.isEmpty() ? "" : setup + ", ") + means();
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

    /** The reason in one sentence; for a ruled-out candidate with what would help. */
    String why() {
        String why = recommendation.why();
        if (!recommendation.isRuledOut() || recommendation.findings().isEmpty()) {
            return why;
        }
        String remedy = recommendation.findings().get(0).remedy();
        return remedy == null || remedy.isBlank() ? why : why + " " + remedy;
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
