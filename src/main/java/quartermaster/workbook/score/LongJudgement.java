package quartermaster.workbook.score;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LooseNames;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.decision.engine.RankingKey;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.upload.CandidateRow;
import quartermaster.workbook.upload.SheetRequest;
import quartermaster.workbook.upload.WorkloadRow;

/**
 * Judges a long table of candidates a few hundred at a time, on all cores. Of each only what stands in its columns is
 * kept: a candidate's score does not depend on the others, so ranks can be given in the end.
 */
final class LongJudgement {
    private static final int AT_ONCE = 200; // candidates
    private static final int RANK = CandidateResults.headers().indexOf("Rank");

    private final Decider decider;
    private final LocalDate today;
    private final LongWorkbook.Table table;
    private final int mostProblems;
    private final LooseNames names;
    private final Set<Problem> problems = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Map<Integer, String> reasons = new ConcurrentHashMap<>(); // by row, why it was not judged
    private final List<OfWorkload> workloads = new ArrayList<>();

    /** @param values of our columns */
    private record Judged(RankingKey standing, @Nullable Object[] values) {}

    /** @param judged by place in the table; null where a candidate is not for the workload, or could not be judged */
    private record OfWorkload(
            WorkloadRow row, Decider decider, @Nullable Judged[] judged) {}

    LongJudgement(Decider decider, LocalDate today, LongWorkbook.Table table, int mostProblems) {
        this.decider = decider;
        this.today = today;
        this.table = table;
        this.mostProblems = mostProblems;
        this.names = new LooseNames(decider.catalogue());
    }

    /** How many judgements there are to make. */
    static long pairs(List<WorkloadRow> workloads, LongWorkbook.Table table) {
        return workloads.stream()
                .mapToLong(workload -> table.rows().stream()
                        .filter(row -> row.candidate().isFor(workload))
                        .count())
                .sum();
    }

    /**
     * Judges all for one workload and ranks them.
     *
     * @param done is told how many were judged
     * @return the places in the table of those that could be judged, best first
     */
    List<Integer> judge(WorkloadRow workload, LongConsumer done) {
        OfWorkload of = new OfWorkload(
                workload, decider.rememberingReplicas(), new Judged[table.rows().size()]);
        workloads.add(of);
        List<Integer> wanted = IntStream.range(0, table.rows().size())
                .filter(i -> table.rows().get(i).candidate().sound())
                .filter(i -> table.rows().get(i).candidate().isFor(workload))
                .boxed()
                .toList();
        Map<Candidate, List<Integer>> alike = new LinkedHashMap<>();
        wanted.forEach(
                i -> alike.computeIfAbsent(table.rows().get(i).candidate().candidate(), any -> new ArrayList<>())
                        .add(i));
        AtomicLong count = new AtomicLong(wanted.size() - alike.size());
        judgeAll(of, alike.values().stream().map(same -> same.get(0)).toList(), count, done);
        List<Integer> further = new ArrayList<>();
        alike.values()
                .forEach(same -> further.addAll(same.subList(1, same.size()).stream()
                        .filter(place -> !isJudgedAs(of, place, same.get(0)))
                        .toList()));
        judgeAll(of, further, new AtomicLong(wanted.size() - further.size()), done); // so that each says what is wrong
        return ranked(of);
    }

    private void judgeAll(OfWorkload of, List<Integer> places, AtomicLong count, LongConsumer done) {
        IntStream.range(0, (places.size() + AT_ONCE - 1) / AT_ONCE).parallel().forEach(i -> {
            List<Integer> some = places.subList(i * AT_ONCE, Math.min(places.size(), (i + 1) * AT_ONCE));
            judge(of, some);
            done.accept(count.addAndGet(some.size()));
        });
    }

    /** The same candidate in another row is judged the same; false where it could not be judged. */
    private static boolean isJudgedAs(OfWorkload of, int place, int alike) {
        Judged judged = of.judged()[alike];
        if (judged == null) {
            return false;
        }
        of.judged()[place] = new Judged(judged.standing(), judged.values().clone());
        return true;
    }

    private void judge(OfWorkload of, List<Integer> places) {
        List<CandidateRow> candidates =
                places.stream().map(i -> table.rows().get(i).candidate()).toList();
        DecisionRequest asked = of.row()
                .request(
                        candidates.stream()
                                .map(CandidateRow::candidate)
                                .map(each -> CandidateRow.named(each, names))
                                .toList(),
                        today,
                        Explain.NONE);
        Imported<@Nullable Decision> answer = of.decider().decide(asked);
        Decision decision = answer.value();
        report(of.row(), candidates, decision == null ? answer.problems() : decision.problems());
        if (decision == null) {
            return;
        }
        String name = ScoredWorkload.nameOf(of.row().said().workload());
        Set<Integer> told = new HashSet<>();
        Stream.concat(decision.ranked().stream(), decision.rejected().stream()).forEach(each -> {
            int group = each.assessment().deployment().group() % places.size(); // each model has all candidates
            if (!told.add(group)) {
                return;
            }
            int place = places.get(group);
            of.judged()[place] =
                    new Judged(RankingKey.of(each), values(new JudgedCandidate(name, decision, each, null)));
        });
    }

    private static @Nullable Object[] values(JudgedCandidate pair) {
        return CandidateResults.COLUMNS.stream()
                .map(column -> column.value().apply(pair))
                .toArray();
    }

    private void report(WorkloadRow workload, List<CandidateRow> candidates, List<Problem> found) {
        if (found.isEmpty()) {
            return;
        }
        SheetRequest source = SheetRequest.of(workload, candidates, table.table(), null, today, Explain.NONE);
        for (Problem each : found) {
            Problem problem = source.inSheet(each);
            if (problems.size() < mostProblems) {
                problems.add(problem);
            }
            if (problem.at() instanceof Place.Cell cell) {
                reasons.merge(
                        cell.row(), problem.message(), (one, other) -> one.contains(other) ? one : one + " " + other);
            }
        }
    }

    private static List<Integer> ranked(OfWorkload of) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < of.judged().length; i++) {
            if (of.judged()[i] != null) {
                order.add(i);
            }
        }
        Comparator<RankingKey> bestFirst = RankingKey.bestFirst(
                order.stream().map(place -> standing(of, place)).toList());
        order.sort((one, other) -> bestFirst.compare(standing(of, one), standing(of, other)));
        for (int i = 0; i < order.size() && !standing(of, order.get(i)).ruledOut(); i++) {
            judged(of, order.get(i)).values()[RANK] = (double) (i + 1);
        }
        return order;
    }

    private static RankingKey standing(OfWorkload of, int place) {
        return judged(of, place).standing();
    }

    private static Judged judged(OfWorkload of, int place) {
        Judged judged = of.judged()[place];
        if (judged == null) {
            throw new IllegalStateException("Candidate " + place + " was not judged.");
        }
        return judged;
    }

    /** Our columns of a candidate, of the workload that ranks it best; null where none could judge it. */
    @Nullable
    Object @Nullable [] values(int place) {
        Judged best = null;
        for (OfWorkload each : workloads) {
            Judged judged = each.judged()[place];
            if (judged != null && (best == null || isBetter(judged, best))) {
                best = judged;
            }
        }
        return best == null ? null : best.values();
    }

    private static boolean isBetter(Judged one, Judged other) {
        if (one.standing().ruledOut() != other.standing().ruledOut()) {
            return other.standing().ruledOut();
        }
        double rank = rank(one);
        double otherRank = rank(other);
        return rank < otherRank
                || rank == otherRank
                        && one.standing().score() > other.standing().score();
    }

    private static double rank(Judged judged) {
        return judged.values()[RANK] instanceof Double rank ? rank : Double.MAX_VALUE;
    }

    /** Why a row was not judged. */
    String reason(LongRow row) {
        String wrong = row.wrong();
        return wrong != null ? wrong : reasons.getOrDefault(row.number(), CandidateResults.ELSEWHERE);
    }

    /** Those that judging has found. */
    List<Problem> problems() {
        return problems.stream().collect(Collectors.toUnmodifiableList());
    }
}
