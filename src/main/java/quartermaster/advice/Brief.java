package quartermaster.advice;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Finding;
import quartermaster.decision.Policy;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.decision.Threshold;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.unit.Choice;

/**
 * What somebody reads who signs a decision: the answer, what it rests on, and what speaks against signing it today.
 *
 * @param headline the answer, as every door says it
 * @param isSuitable whether anything is; else {@code needs} and {@code money} are of what comes nearest
 * @param before what is to be known before it is signed: old prices, warnings, what nobody looked at
 * @param needs what was asked for against what is expected; empty where nothing comes near
 * @param sure empty where nothing is suitable, as {@code others}
 * @param money and when it comes, by name
 * @param others the runner-up and what costs less
 * @param questions what to find out first, most decisive first
 * @param assumptions that would give another winner, and are in no question
 * @param changes of what was said that would give another winner, smallest first
 * @param prices from when they are, by whose they are
 * @param madeWith versions, by name
 */
public record Brief(
        String headline,
        boolean isSuitable,
        List<String> before,
        List<Need> needs,
        Map<String, String> money,
        List<String> sure,
        List<String> others,
        List<String> questions,
        List<String> assumptions,
        List<String> changes,
        Map<String, String> prices,
        Map<String, String> madeWith) {
    private static final int MOST_LINES = 6; // as the terminal shows of each part

    public Brief {
        before = List.copyOf(before);
        needs = List.copyOf(needs);
        sure = List.copyOf(sure);
        others = List.copyOf(others);
        questions = List.copyOf(questions);
        assumptions = List.copyOf(assumptions);
        changes = List.copyOf(changes);
    }

    /** In what a need is counted. */
    public enum Unit {
        TOKENS_PER_SECOND,
        SECONDS,
        HOURS,
        GIB,
        USD
    }

    /**
     * One thing that is asked for, or may be used, against what is expected.
     *
     * @param asked null where nothing was said
     * @param atLeast whether more is better
     * @param typical null where nobody knows
     * @param pessimistic likewise
     */
    public record Need(
            String what,
            Unit unit,
            @Nullable Double asked,
            boolean atLeast,
            @Nullable Double typical,
            @Nullable Double pessimistic) {

        /** "yes", "only just" where it is met typically and not at the slow end, "missed", or what keeps it from being said. */
        public String met() {
            if (asked == null) {
                return "nothing was asked";
            }
            if (typical == null) {
                return "nobody knows";
            }
            if (!isMetBy(typical)) {
                return "missed";
            }
            return pessimistic == null || isMetBy(pessimistic) ? "yes" : "only just";
        }

        private boolean isMetBy(double value) {
            double need = Objects.requireNonNull(asked);
            return atLeast ? value >= need : value <= need;
        }
    }

    /**
     * @param advice what follows from the decision; null where nobody looked
     * @param policy that the decision was made by
     * @param workloads that were asked about at once
     */
    public static Brief of(Decision decided, @Nullable Advice advice, Policy policy, int workloads) {
        Decision decision = advice == null ? decided : decided.with(advice.picks());
        Optional<Recommendation> best = decision.recommended();
        Optional<Recommendation> nearest = best.or(() -> Headline.nearest(decision, advice));
        Optional<Assessment> it = nearest.map(Recommendation::assessment);
        Map<String, Assessment> priced = best.isPresent()
                ? priced(decision, advice)
                : it.map(each -> Map.of("Nearest", each)).orElse(Map.of());
        List<AdviceLine> asked = advice == null ? List.of() : questions(advice);
        return new Brief(
                Headline.of(decision, advice),
                best.isPresent(),
                before(decision, advice, priced, policy, workloads),
                it.map(Brief::needs).orElse(List.of()),
                it.map(Brief::money).orElse(Map.of()),
                best.map(each -> sure(each.assessment(), advice)).orElse(List.of()),
                best.map(each -> others(decision, each, advice)).orElse(List.of()),
                asked.stream().map(AdviceLine::inWords).toList(),
                advice == null ? List.of() : assumptions(decision, advice, asked),
                advice == null ? List.of() : changes(decision, advice),
                prices(priced),
                madeWith(decision));
    }

    /** Whose prices the page speaks of, by the part that each plays. */
    private static Map<String, Assessment> priced(Decision decision, @Nullable Advice advice) {
        Map<String, Assessment> priced = new LinkedHashMap<>();
        decision.recommended().ifPresent(each -> priced.put("Recommended", each.assessment()));
        add("Runner-up", decision.at(decision.picks().runnerUp()), priced);
        add("Cheapest", decision.at(decision.picks().cheapest()), priced);
        add(
                "First in other draws",
                Optional.ofNullable(advice).map(Advice::stability).map(Stability::rival),
                priced);
        add("Hosted API", Optional.ofNullable(advice).map(Advice::hosted), priced);
        return priced;
    }

    private static void add(String part, Optional<Recommendation> of, Map<String, Assessment> to) {
        of.map(Recommendation::assessment)
                .filter(each -> to.values().stream()
                        .noneMatch(known -> known.deployment().equals(each.deployment())))
                .ifPresent(each -> to.put(part, each));
    }

    private static List<String> before(
            Decision decision, @Nullable Advice advice, Map<String, Assessment> priced, Policy policy, int workloads) {
        List<String> before = new ArrayList<>();
        Optional<Double> stale = policy.thresholds().stream()
                .filter(each -> each.name().equals(Threshold.STALE_PRICE))
                .map(Threshold::value)
                .findFirst();
        priced.values().forEach(each -> old(each, stale).ifPresent(before::add));
        if (stale.isEmpty() && !priced.isEmpty()) {
            before.add("The policy has no threshold \"" + Threshold.STALE_PRICE
                    + "\": nobody says from when on a price is old.");
        }
        decision.recommended().map(Recommendation::findings).orElse(List.of()).stream()
                .filter(each -> each.severity() == Severity.WARNING)
                .forEach(each -> before.add(warning(each)));
        decision.problems().forEach(each -> before.add("Left out: " + each));
        if (advice == null) {
            before.add(AdviceLine.leftOut(decision, workloads).inWords()
                    + " Nobody looked at which assumptions would give another winner.");
        }
        return before;
    }

    /** What there is to say of a price that is older than the policy likes, or of which nobody knows how old it is. */
    private static Optional<String> old(Assessment it, Optional<Double> stale) {
        if (it.isOwned()) {
            return Optional.empty();
        }
        String who = capital(DeploymentWords.how(it));
        if (it.monthlyUsd() == null) {
            return Optional.of(who + ": no price is known.");
        }
        Double age = it.priceAgeDays();
        if (age == null) {
            return Optional.of(who + ": nobody knows from when the price is. Ask again before you decide.");
        }
        return stale.filter(days -> age > days)
                .map(days -> String.format(
                        Locale.ROOT,
                        "%s: the price is from %s, %.0f days before this decision; older than %.0f days is stale by the"
                                + " policy. Ask again before you decide.",
                        who,
                        dates(it),
                        age,
                        days));
    }

    /** "2022-09 to 2025-08" where the catalogue has "2022-09..2025-08". */
    private static String dates(Assessment it) {
        return String.valueOf(it.priceAsOf()).replace("..", " to ");
    }

    private static String warning(Finding finding) {
        String remedy = finding.remedy();
        return finding.message() + (remedy == null || remedy.isBlank() ? "" : " " + remedy);
    }

    static List<Need> needs(Assessment it) {
        List<Need> needs = new ArrayList<>();
        if (it.isJob()) {
            needs.add(new Need(
                    "Hours of one run",
                    Unit.HOURS,
                    it.deadlineHours(),
                    false,
                    it.jobHours(),
                    it.pessimisticJobHours()));
        }
        if (!it.isTraining() && (!it.isJob() || it.minDecodeSpeed() != null)) {
            needs.add(new Need(
                    "Speed for each user",
                    Unit.TOKENS_PER_SECOND,
                    it.minDecodeSpeed(),
                    true,
                    known(it, it.decodeSpeed()),
                    known(it, it.pessimisticDecodeSpeed())));
        }
        if (!it.isTraining() && (!it.isJob() || it.maxTimeToFirstToken() != null)) {
            needs.add(new Need(
                    "First token, for 95 % of users",
                    Unit.SECONDS,
                    it.maxTimeToFirstToken(),
                    false,
                    known(it, it.timeToFirstTokenP95()),
                    known(it, it.pessimisticTimeToFirstToken())));
        }
        if (!it.isHosted()) {
            needs.add(new Need(
                    "Memory of one replica",
                    Unit.GIB,
                    it.memory().usable().gib(),
                    false,
                    it.memory().required().gib(),
                    it.memory().pessimistic().gib()));
        }
        needs.add(new Need(
                "Money a month",
                Unit.USD,
                it.demand().monthlyBudgetUsd(),
                false,
                it.monthlyUsd(),
                it.cost().monthlyUsdHigh()));
        needs.add(new Need(
                "Money at once", Unit.USD, it.demand().purchaseBudgetUsd(), false, it.purchaseUsd(), it.purchaseUsd()));
        return needs;
    }

    /** Of what does not fit nobody knows how fast it would be. */
    private static @Nullable Double known(Assessment it, double value) {
        return Double.isNaN(value) || !it.isHosted() && it.headroomPercent() < 0 ? null : value;
    }

    private static Map<String, String> money(Assessment it) {
        Map<String, String> money = new LinkedHashMap<>();
        Double purchase = it.purchaseUsd();
        money.put("At once", purchase != null && purchase == 0 ? "nothing" : usd(purchase));
        money.put("A month", month(it));
        money.put("First year", usd(it.cost().firstYearUsd()));
        money.put("Delivery", delivery(it));
        return money;
    }

    /** With what it contains: what is paid at once is in it. */
    private static String month(Assessment it) {
        if (it.monthlyUsd() == null) {
            return usd(null);
        }
        Double purchase = it.purchaseUsd();
        return CostWords.month(it)
                + (purchase == null || purchase == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; what is paid at once is in it, over %d months",
                                it.demand().horizonMonths()));
    }

    private static String usd(@Nullable Double usd) {
        return usd == null ? "unknown" : String.format(Locale.ROOT, "$%,.0f", usd);
    }

    private static String delivery(Assessment it) {
        if (!it.isBought()) {
            return it.isOwned() ? "none: you have it" : "none: nothing is bought";
        }
        Double weeks = it.leadTimeWeeks();
        Integer within = it.availableWithinWeeks();
        return (weeks == null
                        ? "nobody says how long it takes"
                        : String.format(Locale.ROOT, "takes up to %.0f weeks", weeks))
                + (within == null ? "" : String.format(Locale.ROOT, "; it is needed within %d weeks", within));
    }

    private static List<String> sure(Assessment it, @Nullable Advice advice) {
        List<String> sure = new ArrayList<>();
        if (advice != null) {
            lines(advice, AdviceLine.Part.SURE).map(AdviceLine::inWords).forEach(sure::add);
        }
        if (!it.isHosted()) {
            sure.add("Evidence: " + Choice.id(it.evidence()) + ", "
                    + it.evidence().inWords() + ".");
        }
        return sure;
    }

    private static Stream<AdviceLine> lines(Advice advice, AdviceLine.Part part) {
        return AdviceLine.of(advice).stream().filter(each -> each.part() == part);
    }

    private static List<String> others(Decision decision, Recommendation best, @Nullable Advice advice) {
        Map<String, String> reasons =
                advice == null ? PickReasons.of(decision, Optional.empty()) : advice.pickReasons();
        List<String> others = new ArrayList<>();
        Optional<Recommendation> runnerUp = decision.at(decision.picks().runnerUp());
        Optional<Recommendation> cheapest = decision.at(decision.picks().cheapest());
        for (String name : List.of("owned", "runnerUp", "cheapest", "hostedApi")) {
            String reason = reasons.get(name);
            if (reason != null) {
                Optional<Recommendation> it = name.equals("runnerUp")
                        ? runnerUp
                        : cheapest.filter(each -> name.equals("cheapest") && !cheapest.equals(runnerUp));
                others.add(AdviceLine.pick(name) + ": " + reason
                        + it.map(each -> " It costs " + each.assessment().costInWords() + ".")
                                .orElse(""));
            }
        }
        if (runnerUp.isEmpty()) {
            others.add("Runner-up: none is suitable.");
        }
        if (cheapest.filter(each -> !Objects.equals(each.rank(), best.rank())).isEmpty()
                && !reasons.containsKey("hostedApi")) {
            others.add("Cheaper: nothing that would be chosen.");
        }
        return others;
    }

    /** All that would give another winner, and others as far as there is room. */
    private static List<AdviceLine> questions(Advice advice) {
        List<AdviceLine> lines = new ArrayList<>();
        for (Question each : advice.questions()) {
            if (each.flipsAt() != null || lines.size() < MOST_LINES) {
                lines.add(AdviceLine.question(each));
            }
        }
        return lines;
    }

    private static List<String> assumptions(Decision decision, Advice advice, List<AdviceLine> asked) {
        Map<String, Assumption> assumed = assumed(decision);
        Set<String> questions = asked.stream()
                .filter(each -> each.to() != null)
                .map(AdviceLine::field)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return advice.flips().stream()
                .filter(each -> assumed.containsKey(each.field()) && !each.isCoinFlip())
                .filter(each -> !questions.contains(each.field()))
                .map(each -> Questions.because(each, assumed.get(each.field())))
                .toList();
    }

    private static Map<String, Assumption> assumed(Decision decision) {
        return decision.assumptions().stream()
                .collect(Collectors.toMap(Assumption::field, each -> each, (one, other) -> one));
    }

    private static List<String> changes(Decision decision, Advice advice) {
        Map<String, Assumption> assumed = assumed(decision);
        List<AdviceLine> lines = AdviceLine.together(advice.flips().stream()
                .filter(each -> each.isCoinFlip() || !assumed.containsKey(each.field()))
                .map(AdviceLine::change)
                .toList());
        List<String> changes = new ArrayList<>(
                lines.stream().limit(MOST_LINES).map(AdviceLine::inWords).toList());
        if (lines.size() > MOST_LINES) {
            changes.add("And " + (lines.size() - MOST_LINES) + " larger changes.");
        }
        return changes;
    }

    private static Map<String, String> prices(Map<String, Assessment> priced) {
        Map<String, String> prices = new LinkedHashMap<>();
        priced.forEach((part, it) -> {
            Double age = it.priceAgeDays();
            prices.put(
                    part + ", " + DeploymentWords.how(it),
                    it.isOwned()
                            ? "owned"
                            : dates(it) + (age == null ? "" : String.format(Locale.ROOT, ", %.0f days before", age)));
        });
        return prices;
    }

    private static Map<String, String> madeWith(Decision decision) {
        Map<String, String> with = new LinkedHashMap<>();
        with.put("As of", decision.request().asOf().toString());
        with.put(
                "Decided at",
                decision.decidedAt()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                        .replace('T', ' ')
                        .replace("Z", " UTC"));
        with.put("Program", "Quartermaster " + decision.versions().program());
        with.put("Catalogue", decision.versions().catalogue());
        with.put("Rules", decision.versions().rules());
        with.put("Decision", decision.id());
        return with;
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
