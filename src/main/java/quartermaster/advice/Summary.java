package quartermaster.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.decision.Verdict;

/**
 * What somebody reads of a decision who reads nothing else of it, the same on every door.
 *
 * @param winner what to take; where nothing is suitable, what comes nearest, and null where nothing does
 * @param take the same in words, e.g. "Buy Mac mini M5 Pro 16c GPU 64GB with mlx at mlx-4bit"
 * @param verdict of the winner; ruled out where nothing is suitable
 * @param needs what was asked for against what is expected of the winner
 * @param delivery when it is there, in a few words
 * @param sure how sure the first place is
 * @param warning the first thing that speaks against it, and how many more do; empty where nothing does
 * @param runnerUp what else comes into question
 * @param findOut the one thing to find out, or to relax, before anybody signs
 */
public record Summary(
        @Nullable Recommendation winner,
        String take,
        Verdict verdict,
        List<Brief.Need> needs,
        @Nullable Double atOnceUsd,
        @Nullable Double monthlyUsd,
        @Nullable Double firstYearUsd,
        String delivery,
        String sure,
        String warning,
        String runnerUp,
        String findOut) {
    private static final String NOTHING = "–";

    public Summary {
        needs = List.copyOf(needs);
    }

    /** @param advice what follows from the decision; null where nobody looked */
    public static Summary of(Decision decided, @Nullable Advice advice) {
        Decision decision = advice == null ? decided : decided.with(advice.picks());
        Optional<Recommendation> best = decision.recommended();
        return best.map(each -> suitable(decision, each, advice)).orElseGet(() -> nothing(decision, advice));
    }

    private static Summary suitable(Decision decision, Recommendation best, @Nullable Advice advice) {
        return of(
                best,
                take(best.assessment()),
                best.verdict(),
                sure(best.assessment(), advice),
                runnerUp(decision, best, advice),
                findOut(best, advice));
    }

    private static Summary nothing(Decision decision, @Nullable Advice advice) {
        Recommendation nearest = Headline.nearest(decision, advice).orElse(null);
        Optional<Flip> relaxed = advice == null ? Optional.empty() : Relaxing.first(advice.flips());
        String relax = relaxed.filter(each -> each.becomes() != null)
                .map(each -> capital(FieldWords.condition(each)) + ", "
                        + DeploymentWords.how(
                                Objects.requireNonNull(each.becomes()).assessment())
                        + " is suitable.")
                .or(() -> Optional.ofNullable(nearest)
                        .map(each -> each.findings().get(0).remedy())
                        .filter(each -> !each.isBlank()))
                .orElse(NOTHING);
        if (nearest == null) {
            return new Summary(
                    null,
                    "Nothing is suitable",
                    Verdict.RULED_OUT,
                    List.of(),
                    null,
                    null,
                    null,
                    NOTHING,
                    NOTHING,
                    "",
                    NOTHING,
                    relax);
        }
        return of(
                nearest,
                "Nothing is suitable; nearest: " + DeploymentWords.how(nearest.assessment()),
                Verdict.RULED_OUT,
                nearest.why(),
                "none is suitable",
                relax);
    }

    private static Summary of(
            Recommendation of, String take, Verdict verdict, String sure, String runnerUp, String findOut) {
        Assessment it = of.assessment();
        return new Summary(
                of,
                take,
                verdict,
                needs(it),
                it.purchaseUsd(),
                it.monthlyUsd(),
                it.cost().firstYearUsd(),
                delivery(it),
                sure,
                warning(of),
                runnerUp,
                findOut);
    }

    private static String take(Assessment it) {
        return capital(DeploymentWords.how(it)) + DeploymentWords.means(it);
    }

    /** What was asked for; memory, which nobody asks for, last. */
    private static List<Brief.Need> needs(Assessment it) {
        List<Brief.Need> asked = new ArrayList<>(Brief.needs(it).stream()
                .filter(each -> each.asked() != null)
                .filter(each -> each.unit() != Brief.Unit.GIB)
                .toList());
        Brief.needs(it).stream().filter(each -> each.unit() == Brief.Unit.GIB).forEach(asked::add);
        return asked;
    }

    /** "met", "only just" where one of them is met typically and no more, or which is "missed". */
    public String met() {
        for (String worst : List.of("missed", "nobody knows", "only just")) {
            if (needs.stream().anyMatch(each -> each.met().equals(worst))) {
                return worst;
            }
        }
        return needs.isEmpty() ? NOTHING : "met";
    }

    private static String delivery(Assessment it) {
        if (!it.isBought()) {
            return it.isOwned() ? "there already" : "at once";
        }
        Double weeks = it.leadTimeWeeks();
        Integer within = it.availableWithinWeeks();
        return (weeks == null ? "unknown" : String.format(Locale.ROOT, "up to %.0f weeks", weeks))
                + (within == null ? "" : String.format(Locale.ROOT, " of %d", within));
    }

    private static String sure(Assessment it, @Nullable Advice advice) {
        Stability stability = advice == null ? null : advice.stability();
        String evidence = it.isHosted() ? "" : "speed: " + it.evidence().inWords();
        if (stability == null) {
            return evidence.isEmpty() ? NOTHING : capital(evidence);
        }
        String first = stability.isCoinFlip()
                ? "A coin flip"
                : String.format(
                        Locale.ROOT,
                        "First in %.0f %% of draws of speeds, prices and weights",
                        first(stability, advice));
        return evidence.isEmpty() ? first : first + "; " + evidence;
    }

    private static String warning(Recommendation of) {
        List<Finding> warnings = of.findings().stream()
                .filter(each -> each.severity() == Severity.WARNING)
                .toList();
        if (of.isRuledOut() || warnings.isEmpty()) {
            return "";
        }
        int more = warnings.size() - 1;
        return warnings.get(0).message() + (more == 0 ? "" : " (and " + more + " more)");
    }

    /** Of what is recommended: that is the rival where it is the safer one. */
    private static double first(Stability stability, @Nullable Advice advice) {
        return advice != null && advice.isRivalSafer() ? stability.rivalFirstPercent() : stability.staysFirstPercent();
    }

    private static String runnerUp(Decision decision, Recommendation best, @Nullable Advice advice) {
        Optional<Recommendation> second = decision.at(decision.picks().runnerUp());
        if (second.isEmpty()) {
            return advice != null && advice.hosted() != null ? cost(advice.hosted()) : "none is suitable";
        }
        double behind = best.score() - second.get().score();
        String points = Math.abs(behind) < 1
                ? "level"
                : String.format(Locale.ROOT, "%.1f points %s", Math.abs(behind), behind > 0 ? "behind" : "ahead");
        return cost(second.get()) + ", " + points;
    }

    private static String cost(Recommendation of) {
        Double usd = of.assessment().monthlyUsd();
        return capital(DeploymentWords.how(of.assessment()))
                + (usd == null ? ", price unknown" : String.format(Locale.ROOT, ", $%,.0f a month", usd));
    }

    private static String findOut(Recommendation best, @Nullable Advice advice) {
        if (advice == null) {
            return "Nobody looked; score it alone";
        }
        return advice.questions().stream()
                .filter(each -> each.flipsAt() != null)
                .findFirst()
                .or(() -> advice.questions().stream().findFirst())
                .map(AdviceLine::question)
                .map(AdviceLine::inWords)
                .or(() -> Optional.ofNullable(advice.assumption())
                        .map(AdviceLine::change)
                        .map(AdviceLine::inWords))
                .orElse(NOTHING);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
