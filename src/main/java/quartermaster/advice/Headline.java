package quartermaster.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.ModelPicks;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Fit;
import quartermaster.quality.Grade;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;

/**
 * The answer in a few sentences, the same on every door: what is recommended, what it misses or only just meets, what was
 * assumed that would change it, and where nothing is suitable, what is nearest and the one thing to relax.
 */
public final class Headline {
    private static final String CONCURRENCY = "workload.concurrency";
    private static final String MAY_FALL_BEHIND = "may-fall-behind"; // the rule's name
    private static final String PEOPLE = "workload.namedUsers";

    private final Decision decision;
    private final @Nullable Advice advice;
    private final List<String> sentences = new ArrayList<>();

    private Headline(Decision decision, @Nullable Advice advice) {
        this.decision = advice == null ? decision : decision.with(advice.picks());
        this.advice = advice;
    }

    /** @param advice what follows from the decision; null where nobody looked */
    public static String of(Decision decision, @Nullable Advice advice) {
        Headline headline = new Headline(decision, advice);
        headline.decision.recommended().ifPresentOrElse(headline::recommended, headline::nothing);
        return String.join(" ", headline.sentences);
    }

    private void recommended(Recommendation best) {
        Assessment it = best.assessment();
        sentences.add(capital(DeploymentWords.how(it)) + DeploymentWords.means(it) + " (" + it.costInWords() + ").");
        sentences.add(best.why());
        model(best);
        mayFallBehind(best);
        expertsOnHost(it);
        requirements(it);
        String hosted = advice == null ? null : advice.pickReasons().get("hostedApi");
        if (hosted != null) {
            sentences.add("Cheaper: " + hosted);
        }
        rival(best);
        ofOnesOwn(it);
        assumption();
    }

    /** What changes the character of a machine: most of the model lies in slower memory. */
    private void expertsOnHost(Assessment it) {
        if (it.expertsOnHostGiB() > 0) {
            say("%,.0f GiB of its experts lie in the host's memory, which has to have them.", it.expertsOnHostGiB());
        }
    }

    /** Where several models are compared: what is given up with this one. Of one about as good nothing is. */
    private void model(Recommendation best) {
        Grade grade = best.assessment().grade();
        if (grade == null) {
            return;
        }
        ModelPicks picks = decision.picks().models();
        decision.at(picks == null ? null : picks.bestQuality())
                .filter(each ->
                        !each.assessment().model().equals(best.assessment().model()))
                .filter(each -> !isAboutEqual(each.assessment().grade(), grade))
                .ifPresent(each ->
                        say("Given up: %s%s.", each.assessment().model().name(), ModelAdvice.against(each, best)));
    }

    private static boolean isAboutEqual(@Nullable Grade one, Grade other) {
        return one != null
                && one.level() != null
                && other.level() != null
                && one.level().isAboutEqualTo(other.level());
    }

    /** What tests allow of a model that must not be worse than another one. */
    private void mayFallBehind(Recommendation best) {
        best.findings().stream()
                .filter(each -> each.code().equals(MAY_FALL_BEHIND))
                .findFirst()
                .ifPresent(each -> say("Only just: %s", sentence(each.message())));
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** What is missed, and what is met as expected but not at the pessimistic end of the estimate. */
    private void requirements(Assessment it) {
        Double speed = it.minDecodeSpeed();
        if (speed != null && it.pessimisticDecodeSpeed() < speed) {
            say(
                    "%s: %s tok/s for each user are asked for; it gives %s typically and %s at the slow end.",
                    metOr(it.decodeSpeed() >= speed),
                    figure(speed),
                    figure(it.decodeSpeed()),
                    figure(it.pessimisticDecodeSpeed()));
        }
        Double wait = it.maxTimeToFirstToken();
        if (wait != null && it.pessimisticTimeToFirstToken() > wait) {
            say(
                    "%s: the first token may take %s s; for 95 %% of users it takes %s s at most, %s s at the slow end.",
                    metOr(it.timeToFirstTokenP95() <= wait),
                    figure(wait),
                    figure(it.timeToFirstTokenP95()),
                    figure(it.pessimisticTimeToFirstToken()));
        }
        Double late = it.weeksTooLate();
        if (late != null && late > 0) {
            say(
                    "Missed: it is needed within %d weeks, and delivery takes up to %.0f.",
                    Objects.requireNonNull(it.availableWithinWeeks()), Objects.requireNonNull(it.leadTimeWeeks()));
        }
        if (it.fit() == Fit.TIGHT) {
            say("Only just: the model fits as expected, but not where memory turns out larger.");
        }
        Double budget = it.demand().monthlyBudgetUsd();
        Double most = it.cost().monthlyUsdHigh();
        if (budget != null && most != null && most > budget) {
            say("Only just: $%,.0f a month may be spent; at the dear end of its price it costs $%,.0f.", budget, most);
        }
        if (it.replicasAreFixed()
                && !it.isTraining()
                && it.concurrency() > 1
                && it.loadPercent() > it.plannedLoadPercent()) {
            say("Only just: it is busy to %.0f %% of what it can carry.", it.loadPercent());
        }
    }

    private static String metOr(boolean isMet) {
        return isMet ? "Only just" : "Missed";
    }

    /** What to do instead of using somebody else's, where data may not leave after all. */
    private void ofOnesOwn(Assessment best) {
        if (!best.isHosted()) {
            return;
        }
        Decider.inHouse(decision.ranked()).stream()
                .findFirst()
                .filter(each -> sentences.stream().noneMatch(said -> said.contains(withCost(each))))
                .ifPresent(each -> say("Where data must stay in the house: %s.", withCost(each)));
    }

    /** Who else could as well be chosen, and why this one is. */
    private void rival(Recommendation best) {
        Optional<Recommendation> first =
                decision.ranked().stream().findFirst().filter(each -> !Objects.equals(each.rank(), best.rank()));
        Stability stability = advice == null ? null : advice.stability();
        if (best.assessment().isOwned()) {
            first.ifPresent(each -> say("You have it, and it suffices; the alternative is to %s.", withCost(each)));
        } else if (stability != null && stability.isRivalSafer() && stability.rival() != null) {
            say(
                    "Too close to call: %s is first in %.0f %% of what the figures may turn out to be, this in %.0f %%.",
                    DeploymentWords.how(stability.rival().assessment()),
                    stability.rivalFirstPercent(),
                    stability.staysFirstPercent());
        } else {
            decision.at(decision.picks().owned())
                    .filter(each -> !Objects.equals(each.rank(), best.rank()))
                    .ifPresent(each -> say("But what you own suffices: %s.", withCost(each)));
            if (stability != null && stability.isCoinFlip() && stability.rival() != null) {
                say(
                        "A coin flip between this and %s.",
                        DeploymentWords.how(stability.rival().assessment()));
            } else if (stability != null && stability.isLevelButForTheMoney() && stability.rival() != null) {
                say("Level but for the money: %s.", withCost(stability.rival()));
            }
        }
    }

    private static String withCost(Recommendation each) {
        return DeploymentWords.how(each.assessment()) + " (" + each.assessment().costInWords() + ")";
    }

    /** What was not said, taken for something, and would change the answer if it is otherwise: the nearest one. */
    private void assumption() {
        if (advice == null) {
            return;
        }
        Optional<Question> people = advice.questions().stream()
                .filter(each -> each.field().equals(PEOPLE))
                .findFirst();
        if (people.isPresent() && decision.request().workload().type() == WorkloadType.INTERNAL_TOOL) {
            sentences.add(people.get().because());
            return;
        }
        Flip flip = advice.assumption();
        if (flip != null && flip.to() instanceof Number then) {
            sentences.add(assumption(flip, then));
        }
    }

    private String assumption(Flip flip, Number then) {
        Workload workload = decision.asked().workload();
        if (flip.field().equals(CONCURRENCY) && workload.namedUsers() != null && flip.from() != null) {
            boolean isMore = then.doubleValue() > ((Number) flip.from()).doubleValue();
            return String.format(
                    Locale.ROOT,
                    "Assumed that %s of the %,d people ask at the same time; if %s %,d do: %s.",
                    String.valueOf(flip.from()),
                    workload.namedUsers(),
                    isMore ? "as many as" : "only",
                    then.intValue(),
                    flip.outcome());
        }
        return "Assumed: " + FieldWords.assumed(flip.field(), flip.from()) + "; " + FieldWords.condition(flip) + ": "
                + flip.outcome() + ".";
    }

    /** What is nearest among what is allowed at all, and one thing to relax. */
    private void nothing() {
        sentences.add("Nothing is suitable.");
        Optional<Flip> relaxed = advice == null ? Optional.empty() : Relaxing.first(advice.flips());
        Optional<Recommendation> nearest = nearest(decision, advice);
        if (relaxed.filter(Relaxing::isLimit)
                .filter(each -> nearest.filter(out -> isFor(each, out)).isPresent())
                .isPresent()) {
            Recommendation then = Objects.requireNonNull(relaxed.get().becomes());
            sentences.add("Nearest among what is allowed is to " + withCost(then) + ": it is suitable "
                    + FieldWords.condition(relaxed.get()) + ".");
            expertsOnHost(then.assessment());
            return;
        }
        nearest.ifPresentOrElse(
                each -> {
                    sentences.add("Nearest among what is allowed is to " + DeploymentWords.how(each.assessment()) + ": "
                            + each.why());
                    expertsOnHost(each.assessment());
                },
                () -> sentences.add(
                        decision.rejected().isEmpty()
                                ? "There is no candidate."
                                : "What you ask for allows none of the candidates."));
        if (relaxed.isPresent()) {
            Recommendation then = Objects.requireNonNull(relaxed.get().becomes());
            sentences.add("One thing to relax: " + FieldWords.condition(relaxed.get()) + ", " + withCost(then)
                    + " is suitable.");
            if (nearest.filter(each -> each.assessment().expertsOnHostGiB() > 0).isEmpty()) {
                expertsOnHost(then.assessment());
            }
        } else {
            nearest.map(each -> each.findings().get(0).remedy())
                    .filter(Objects::nonNull)
                    .ifPresent(sentences::add);
        }
    }

    /** Where nothing is suitable, what comes nearest. */
    static Optional<Recommendation> nearest(Decision decision, @Nullable Advice advice) {
        return advice == null || advice.nearest() == null
                ? nearest(decision.rejected())
                : Optional.of(advice.nearest());
    }

    /** Whether it becomes suitable so. */
    static boolean isFor(Flip relaxed, Recommendation out) {
        Recommendation then = relaxed.becomes();
        return then != null && DeploymentWords.how(then.assessment()).equals(DeploymentWords.how(out.assessment()));
    }

    /** Of those that nothing said forbids, what breaks the fewest rules, and misses what it misses by the least. */
    static Optional<Recommendation> nearest(List<Recommendation> ruledOut) {
        return ruledOut.stream()
                .filter(each -> each.isRuledOut() && !each.findings().isEmpty() && isAllowed(each.assessment()))
                .min(Comparator.comparingLong(Headline::rejections)
                        .thenComparingDouble(each -> shortfall(each.assessment()))
                        .thenComparing(Comparator.comparingDouble(Recommendation::score)
                                .reversed()));
    }

    /** By how many times what it misses most is missed: 4 where it costs four times the budget. */
    private static double shortfall(Assessment it) {
        Double speed = it.minDecodeSpeed();
        Double wait = it.maxTimeToFirstToken();
        Double budget = it.budgetUsedPercent();
        double memory = it.memory().required().gib() / it.memory().usable().gib();
        double slow = speed == null ? 0 : speed / it.decodeSpeed();
        double late = wait == null ? 0 : it.timeToFirstTokenP95() / wait;
        return Math.max(Math.max(memory, budget == null ? 0 : budget / 100), Math.max(slow, late));
    }

    private static long rejections(Recommendation of) {
        return of.findings().stream()
                .filter(each -> each.severity() == Severity.REJECTION)
                .count();
    }

    /** Whether nothing that was said forbids it, however short of the need it falls. */
    private static boolean isAllowed(Assessment it) {
        boolean leavesTheHouse = !it.isBought() && !it.isOwned();
        return !(leavesTheHouse && (it.dataMustStay() || it.isOffline()))
                && !(it.isProjected() && !it.allowsProjected())
                && !(it.mustBeMobile() && !it.isMobile())
                && it.someEngineRunsHere();
    }

    private void say(String format, Object... values) {
        sentences.add(String.format(Locale.ROOT, format, values));
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2g" : "%,.0f", value);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
