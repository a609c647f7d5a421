package quartermaster.decision.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Contribution;
import quartermaster.decision.Finding;
import quartermaster.decision.Findings;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Verdict;

/**
 * Finds of every candidate its best variant, and asks the rules only about those that may be it. Tables say how high each
 * variant scores, rules whether it is suitable: among suitable ones only those less than a point behind the highest may
 * lead. So the highest are judged first, and others only where the highest turn out not to be suitable.
 */
final class BestVariants {
    private static final int FIRST = 3; // candidates judged together; mostly one of them leads
    private static final int MOST = 24;

    private final RuleBook rules;
    private final Findings said;

    private BestVariants(RuleBook rules, Findings said) {
        this.rules = rules;
        this.said = said;
    }

    /**
     * The best variant of each candidate, in the order in which candidates come first.
     *
     * @param rules that judge each alone
     */
    static List<Recommendation> of(List<Assessment> variants, RuleBook rules) {
        return new BestVariants(rules, rules.score(variants)).of(variants);
    }

    /**
     * The same of those candidates only that may be the first of all, and of what is owned; of all where none is suitable.
     *
     * @param rules that judge each alone
     * @param least the score of one that is suitable; negative infinity where none is known
     */
    static List<Recommendation> leading(List<Assessment> variants, RuleBook rules, double least) {
        BestVariants best = new BestVariants(rules, rules.score(variants));
        return best.leading(best.grouped(variants), least);
    }

    private List<Recommendation> of(List<Assessment> variants) {
        return best(grouped(variants));
    }

    /** From the highest downwards, until the next ones are a point behind one that is suitable. */
    private List<Recommendation> leading(Collection<Group> groups, double least) {
        List<Recommendation> found =
                new ArrayList<>(best(groups.stream().filter(Group::isOwned).toList()));
        List<Group> others = groups.stream()
                .filter(each -> !each.isOwned())
                .sorted(Comparator.comparingDouble(Group::score).reversed())
                .toList();
        int atOnce = FIRST;
        for (int i = 0; i < others.size(); i += atOnce, atOnce = Math.min(MOST, 2 * atOnce)) {
            double highest = Math.max(least, highestOf(found));
            List<Group> some = others.subList(i, Math.min(others.size(), i + atOnce)).stream()
                    .filter(each -> RankingKey.mayLead(each.score(), highest))
                    .toList();
            if (some.isEmpty()) {
                break;
            }
            found.addAll(best(some));
        }
        return found;
    }

    /** Of those that are suitable; negative infinity where none is. */
    static double highestOf(List<Recommendation> some) {
        return some.stream()
                .filter(each -> !each.isRuledOut())
                .mapToDouble(Recommendation::score)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private Collection<Group> grouped(List<Assessment> variants) {
        Map<Integer, Group> byCandidate = new LinkedHashMap<>();
        Group last = null;
        int candidate = 0;
        for (Assessment each : variants) { // those of one candidate stand together, mostly
            if (last == null || each.deployment().group() != candidate) {
                candidate = each.deployment().group();
                last = byCandidate.computeIfAbsent(candidate, group -> new Group());
            }
            last.variants.add(new Variant(each));
        }
        return byCandidate.values();
    }

    private List<Recommendation> best(Collection<Group> groups) {
        judge(groups.stream().map(Group::favourite).filter(Objects::nonNull).toList());
        List<Group> undecided =
                groups.stream().filter(group -> !group.isDecided()).toList();
        ruleOut(undecided.stream().flatMap(group -> group.highest().stream()).toList());
        ruleOut(undecided.stream()
                .flatMap(group -> group.othersThatMayLead().stream())
                .toList());
        settle(undecided);
        return groups.stream().map(group -> group.best().judgement()).toList();
    }

    /** What else rules say only speaks against a variant: one that leads with all of it led before, too. */
    private void settle(List<Group> groups) {
        List<Group> open = groups;
        while (!open.isEmpty()) {
            List<Group> next = new ArrayList<>();
            List<Variant> leading = new ArrayList<>();
            for (Group each : open) {
                Variant best = each.best();
                if (best.isJudged) {
                    each.settled = best;
                } else {
                    next.add(each);
                    leading.add(best);
                }
            }
            judge(leading);
            open = next;
        }
    }

    /** Which of them are ruled out. */
    private void ruleOut(List<Variant> some) {
        if (some.isEmpty()) {
            return;
        }
        if (rules.ruleOut(said, some.stream().map(each -> each.assessment).toList())) {
            some.forEach(each -> each.isAsked = true);
        } else {
            judge(some);
        }
    }

    private void judge(List<Variant> some) {
        if (!some.isEmpty()) {
            some.forEach(Variant::forgetRules);
            rules.judge(said, some.stream().map(each -> each.assessment).toList());
            some.forEach(each -> {
                each.isAsked = true;
                each.isJudged = true;
            });
        }
    }

    private final class Variant {
        private final Assessment assessment;
        private final List<Finding> findings; // so far
        private final List<Finding> ofTables;
        private final List<Contribution> steps;
        private final double score;
        private boolean isAsked; // whether rules rule it out
        private boolean isJudged; // by all of them

        Variant(Assessment assessment) {
            this.assessment = assessment;
            this.findings = said.findingsOn(assessment);
            this.ofTables = List.copyOf(findings);
            this.steps = said.contributionsTo(assessment);
            this.score = Judgement.score(steps);
        }

        /** What they have said so far may not be all. */
        void forgetRules() {
            findings.clear();
            findings.addAll(ofTables);
        }

        boolean isRuledOut() {
            return Judgement.isRuledOut(findings);
        }

        boolean isSuitable() {
            return isAsked && !isRuledOut();
        }

        boolean isOpen() {
            return !isAsked && !isRuledOut();
        }

        Recommendation judgement() {
            return Judgement.of(assessment, said);
        }

        Verdict verdict() {
            return Judgement.verdict(steps, findings);
        }

        RankingKey key() {
            return RankingKey.of(assessment, score, verdict());
        }
    }

    /** The variants of one candidate. */
    private static final class Group {
        private final List<Variant> variants = new ArrayList<>();
        private @Nullable Variant favourite;
        private @Nullable Variant settled; // the best, when all is known of it
        private @Nullable Verdict expected; // of the favourite, where rules find nothing against it

        /**
         * The one that leads whatever rules say of the others, if they say nothing against it: none that it would not be level
         * with may lead, and it comes first among those that it would be level with. Null where there is no such one.
         */
        @Nullable
        Variant favourite() {
            double highest = highestOf(Variant::isOpen);
            Variant first = null;
            RankingKey best = null;
            for (Variant each : variants) {
                if (each.isOpen() && RankingKey.mayLead(each.score, highest)) {
                    RankingKey key = each.key();
                    if (best == null || RankingKey.OF_LEVEL_ONES.compare(key, best) < 0) {
                        best = key;
                        first = each;
                    }
                }
            }
            if (first != null && best != null && !mayBeBeatenFromBelow(highest, first.score, best)) {
                favourite = first;
                expected = best.verdict();
            }
            return favourite;
        }

        /** By one that only leads where the highest turn out not to be suitable. */
        private boolean mayBeBeatenFromBelow(double highest, double score, RankingKey key) {
            for (Variant each : variants) {
                if (each.isOpen()
                        && RankingKey.mayLead(each.score, score)
                        && !RankingKey.mayLead(each.score, highest)
                        && RankingKey.OF_LEVEL_ONES.compare(each.key(), key) <= 0) {
                    return true;
                }
            }
            return false;
        }

        boolean isDecided() {
            return favourite != null && favourite.isSuitable() && favourite.verdict() == expected;
        }

        boolean isOwned() {
            return variants.get(0).assessment.isOwned();
        }

        /** That it has at most. */
        double score() {
            return highestOf(any -> true);
        }

        /** Those that lead if they are suitable. */
        List<Variant> highest() {
            return openWithin(highestOf(Variant::isOpen));
        }

        List<Variant> othersThatMayLead() {
            return variants.stream().anyMatch(Variant::isSuitable)
                    ? openWithin(highestOf(Variant::isSuitable))
                    : variants.stream().filter(Variant::isOpen).toList();
        }

        private List<Variant> openWithin(double highest) {
            return variants.stream()
                    .filter(each -> each.isOpen() && RankingKey.mayLead(each.score, highest))
                    .toList();
        }

        /** 0 where there is none. */
        private double highestOf(Predicate<Variant> which) {
            double highest = Double.NEGATIVE_INFINITY;
            for (Variant each : variants) {
                if (each.score > highest && which.test(each)) {
                    highest = each.score;
                }
            }
            return highest == Double.NEGATIVE_INFINITY ? 0 : highest;
        }

        /** Of those that are suitable, and where none is, of all that are ruled out. */
        Variant best() {
            if (settled != null) {
                return settled;
            }
            if (favourite != null && isDecided()) {
                return favourite;
            }
            List<Variant> suitable =
                    variants.stream().filter(Variant::isSuitable).toList();
            List<Variant> among = suitable.isEmpty() ? variants : suitable;
            if (among.size() == 1) {
                return among.get(0);
            }
            List<RankingKey> keys = among.stream().map(Variant::key).toList();
            Comparator<RankingKey> bestFirst = RankingKey.bestFirst(keys);
            int best = 0;
            for (int i = 1; i < keys.size(); i++) {
                best = bestFirst.compare(keys.get(i), keys.get(best)) < 0 ? i : best;
            }
            return among.get(best);
        }
    }
}
