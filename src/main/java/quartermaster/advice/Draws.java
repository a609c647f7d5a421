package quartermaster.advice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Contribution;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Step;
import quartermaster.decision.Threshold;
import quartermaster.decision.engine.Decider;
import quartermaster.decision.engine.Judging;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.unit.Range;

/**
 * Draws estimates from their ranges, prices from theirs, and weights from about what they are, and counts who comes
 * first. Hardware of one chip with one engine is off by the same factor, as they share their constants.
 */
final class Draws {
    static final int COUNT = 200;
    private static final double ALL = 100; // percent
    private static final int COUNT_OF_ONE_INPUT = 60;
    private static final int CONTENDERS = 8;
    private static final int INPUTS_TOLD = 3;
    private static final double Z_OF_RANGE = 1.2816; // the 90th percentile
    private static final double MOST_Z = 2.5; // farther out no range means anything
    private static final String DECODE = "speed of writing";
    private static final String PREFILL = "time to the first token";
    private static final String PRICE = "prices";

    private final Decider decider;
    private final List<Recommendation> contenders;
    private final double weightsVary; // share of what they are, up and down

    private Draws(Decider decider, ChangedRequests trials, List<Recommendation> contenders) {
        this.decider = decider;
        this.weightsVary = trials.limit(Threshold.WEIGHTS_VARY) / 100;
        this.contenders = contenders;
    }

    /** Null where there is nothing to lose or to win: fewer than two candidates, or none suitable. */
    static @Nullable Stability of(Decider decider, ChangedRequests trials) {
        return of(decider, trials, each -> true);
    }

    /** @param isShown whether somebody would choose it: what is dearer and no better in anything takes no part */
    static @Nullable Stability of(Decider decider, ChangedRequests trials, Predicate<Recommendation> isShown) {
        if (trials.winner().isEmpty()) {
            return null;
        }
        List<Recommendation> contenders = trials.ranking().stream()
                .filter(each -> each.isRuledOut() || isShown.test(each))
                .limit(CONTENDERS)
                .toList();
        return contenders.size() < 2 ? null : new Draws(decider, trials, contenders).stability();
    }

    private Stability stability() {
        Map<Integer, Integer> firsts = firsts(COUNT, Set.of(), 1);
        int stays = firsts.getOrDefault(0, 0);
        Optional<Map.Entry<Integer, Integer>> rival = firsts.entrySet().stream()
                .filter(each -> each.getKey() > 0)
                .max(Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())));
        return new Stability(
                COUNT,
                percent(stays, COUNT),
                rival.map(each -> contenders.get(each.getKey())).orElse(null),
                rival.map(each -> percent(each.getValue(), COUNT)).orElse(0.0),
                rival.map(each -> costPercent(contenders.get(0), contenders.get(each.getKey())))
                        .orElse(ALL),
                inputs(),
                Stability.Limits.of(decider.rules().policy()));
    }

    private static double costPercent(Recommendation one, Recommendation other) {
        Double usd = one.assessment().monthlyUsd();
        Double rival = other.assessment().monthlyUsd();
        return usd == null || rival == null || Math.min(usd, rival) <= 0
                ? ALL
                : ALL * Math.max(usd, rival) / Math.min(usd, rival);
    }

    private static double percent(int some, int all) {
        return ALL * some / all;
    }

    private List<Stability.Input> inputs() {
        List<String> names = new ArrayList<>(List.of(DECODE, PREFILL, PRICE));
        for (Step step : Step.asked(contenders.get(0).assessment().comparesModels())) {
            names.add("weight of " + step.sheet().toLowerCase(Locale.ROOT));
        }
        return names.parallelStream()
                .map(name -> new Stability.Input(
                        told(name),
                        percent(firsts(COUNT_OF_ONE_INPUT, Set.of(name), 2).getOrDefault(0, 0), COUNT_OF_ONE_INPUT)))
                .filter(each -> each.staysFirstPercent() < 100)
                .sorted(Comparator.comparingDouble(Stability.Input::staysFirstPercent))
                .limit(INPUTS_TOLD)
                .toList();
    }

    /** What is trained writes nothing, and of a job nobody reads along. */
    private String told(String input) {
        Assessment first = contenders.get(0).assessment();
        return !input.equals(DECODE) || !first.isJob()
                ? input
                : first.isTraining() ? "speed of training" : "speed of the run";
    }

    /** How often each contender, by its place now, comes first. */
    private Map<Integer, Integer> firsts(int draws, Set<String> only, long seed) {
        boolean estimates = only.isEmpty() || !only.iterator().next().startsWith("weight");
        List<Shake> shakes = new ArrayList<>();
        for (int i = 0; i < draws; i++) {
            shakes.add(new Shake(random(seed * 1_000_003 + i), only, weightsVary));
        }
        Map<Integer, Integer> firsts = new TreeMap<>();
        for (List<Recommendation> drawn : estimates ? judged(shakes) : weighed(shakes)) {
            first(drawn).ifPresent(place -> firsts.merge(place, 1, Integer::sum));
        }
        return firsts;
    }

    /** Of neighbouring seeds the first numbers of {@link Random} are nearly the same, so they are mixed before. */
    private static Random random(long seed) {
        return new Random(new SplittableRandom(seed).nextLong());
    }

    /** Each draw's contenders with other weights, and nothing else. */
    private List<List<Recommendation>> weighed(List<Shake> shakes) {
        return shakes.stream()
                .map(shake -> contenders.stream().map(shake::weighed).toList())
                .toList();
    }

    /** Each draw's contenders; rules are asked only about those that may come first in it. */
    private List<List<Recommendation>> judged(List<Shake> shakes) {
        List<Assessment> facts = new ArrayList<>();
        for (Shake shake : shakes) {
            for (Recommendation each : contenders) {
                facts.add(
                        each.assessment().with(shake.assessed(each.assessment().assessed())));
            }
        }
        Judging judging = decider.judging(facts);
        List<List<Recommendation>> drawn = new ArrayList<>(Collections.nCopies(shakes.size(), List.of()));
        List<Integer> open = IntStream.range(0, shakes.size()).boxed().toList();
        while (!open.isEmpty()) {
            List<Integer> unknown = new ArrayList<>();
            List<Integer> left = new ArrayList<>();
            for (int draw : open) {
                int from = draw * contenders.size();
                List<Recommendation> one = IntStream.range(from, from + contenders.size())
                        .mapToObj(judging::of)
                        .map(shakes.get(draw)::weighed)
                        .toList();
                List<Integer> mayLead = mayLead(one).stream()
                        .map(place -> from + place)
                        .filter(each -> !judging.isJudged(each))
                        .toList();
                drawn.set(draw, one);
                if (!mayLead.isEmpty()) {
                    left.add(draw);
                    unknown.addAll(mayLead);
                }
            }
            judging.judge(unknown);
            open = left;
        }
        return drawn;
    }

    /** By their places those that come first if nothing speaks against them. */
    private static List<Integer> mayLead(List<Recommendation> drawn) {
        double highest = drawn.stream()
                .filter(each -> !each.isRuledOut())
                .mapToDouble(Recommendation::score)
                .max()
                .orElse(0);
        return IntStream.range(0, drawn.size())
                .filter(i -> !drawn.get(i).isRuledOut() && Decider.mayLead(drawn.get(i), highest))
                .boxed()
                .toList();
    }

    private static Optional<Integer> first(List<Recommendation> drawn) {
        return drawn.stream()
                .filter(each -> !each.isRuledOut())
                .min(Decider.bestFirst(drawn))
                .map(drawn::indexOf);
    }

    /** One draw of everything that is not known for sure, or of some of it. */
    private static final class Shake {
        private final Random random;
        private final Set<String> only;
        private final double weightsVary;
        private final Map<String, Double> factors = new HashMap<>();

        Shake(Random random, Set<String> only, double weightsVary) {
            this.random = random;
            this.only = only;
            this.weightsVary = weightsVary;
        }

        private boolean varies(String input) {
            return only.isEmpty() || only.contains(input);
        }

        /** A standard normal number, the same for all that share a key. */
        private double z(String input, String key) {
            if (!varies(input)) {
                return 0;
            }
            return factors.computeIfAbsent(
                    input + key, any -> Math.max(-MOST_Z, Math.min(MOST_Z, random.nextGaussian())));
        }

        EstimatedDeployment assessed(EstimatedDeployment now) {
            Estimate estimate = now.estimate();
            String key = now.deployment().hardware().chipClass() + "/"
                    + now.deployment().engine().efficiencyAs();
            double faster = factor(
                    now.job() != null && estimate.isTraining() ? now.job().tokensPerSecond() : estimate.decodeSpeed(),
                    z(DECODE, key));
            double later = factor(estimate.timeToFirstToken(), z(PREFILL, key));
            double dearer =
                    priceFactor(now.cost(), z(PRICE, now.deployment().hardware().id()));
            return new EstimatedDeployment(
                    now.deployment(),
                    now.replicas(),
                    drawn(estimate, faster, later),
                    drawn(now.cost(), dearer, faster),
                    now.load(),
                    now.job() == null ? null : now.job().fasterBy(faster));
        }

        private static Estimate drawn(Estimate now, double faster, double later) {
            return new Estimate(
                    now.memory(),
                    now.decodeSpeed().times(faster),
                    now.throughput().times(faster),
                    now.timeToFirstToken().times(later),
                    now.timeToFirstTokenP95Seconds() * later,
                    now.prefillSpeed().times(1 / later),
                    now.maxConcurrency(),
                    now.inFlightPerReplica(),
                    now.load(), // what is slower gets another replica
                    now.speedShareAtFullContext(),
                    now.boundBy(),
                    now.evidence(),
                    now.workings(),
                    now.training());
        }

        private static Cost drawn(Cost now, double dearer, double faster) {
            return new Cost(
                    times(now.purchaseUsd(), dearer),
                    times(now.monthlyUsd(), dearer),
                    times(now.exactMonthlyUsd(), dearer),
                    times(now.monthlyUsdLow(), dearer),
                    times(now.monthlyUsdHigh(), dearer),
                    times(now.runningUsd(), dearer),
                    times(now.usdPerMillionOutputTokens(), dearer / faster),
                    now.breakEvenMonths(),
                    now.breakEvenUtilization(),
                    now.breakEvenAgainst(),
                    now.powerWatts(),
                    now.machines(),
                    now.asOf(),
                    now.breakdown(),
                    now.use());
        }

        private static @Nullable Double times(@Nullable Double usd, double factor) {
            return usd == null ? null : usd * factor;
        }

        private static double factor(Range range, double z) {
            if (!range.isKnown() || range.typical() <= 0 || range.low() <= 0) {
                return 1;
            }
            double end = Math.log((z < 0 ? range.low() : range.high()) / range.typical());
            return Math.exp(Math.abs(z) / Z_OF_RANGE * end);
        }

        private static double priceFactor(Cost cost, double z) {
            Double low = cost.monthlyUsdLow();
            Double typical = cost.monthlyUsd();
            Double high = cost.monthlyUsdHigh();
            if (low == null || typical == null || high == null || low <= 0 || low > typical || typical > high) {
                return 1;
            }
            return factor(new Range(low, typical, high), z);
        }

        Recommendation weighed(Recommendation each) {
            double sum = 0;
            double weights = 0;
            for (Contribution step : each.steps()) {
                String name = "weight of " + step.step().sheet().toLowerCase(Locale.ROOT);
                double weight = step.weight() * (1 + weightsVary * uniform(name));
                weights += weight;
                sum += weight * step.points();
            }
            return new Recommendation(
                    each.rank(),
                    each.assessment(),
                    each.verdict(),
                    weights == 0 ? 0 : sum / weights,
                    each.steps(),
                    each.findings());
        }

        private double uniform(String input) {
            return varies(input) ? factors.computeIfAbsent(input, any -> random.nextDouble() * 2 - 1) : 0;
        }
    }
}
