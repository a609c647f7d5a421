package quartermaster.decision.engine;

import java.util.Arrays;
import java.util.List;
import quartermaster.decision.Assessment;
import quartermaster.decision.Findings;
import quartermaster.decision.Recommendation;

/** Facts that tables have scored, of which rules judge only those that somebody asks about. Not for several threads. */
public final class Judging {
    private final RuleBook rules;
    private final List<Assessment> all;
    private final Findings said;
    private final boolean[] isJudged;

    Judging(RuleBook rules, List<Assessment> all) {
        this.rules = rules;
        this.all = List.copyOf(all);
        this.said = rules.judgesEachAlone() ? rules.score(all) : rules.judge(all);
        this.isJudged = new boolean[all.size()];
        Arrays.fill(isJudged, !rules.judgesEachAlone());
    }

    /** What was said so far of one of them, by its place. */
    public Recommendation of(int index) {
        return Judgement.of(all.get(index), said);
    }

    /** Whether all was said that there is to say. */
    public boolean isJudged(int index) {
        return isJudged[index];
    }

    /** Some of them, by their places; none twice. */
    public void judge(List<Integer> some) {
        if (some.isEmpty()) {
            return;
        }
        rules.judge(said, some.stream().map(all::get).toList());
        some.forEach(each -> isJudged[each] = true);
    }
}
