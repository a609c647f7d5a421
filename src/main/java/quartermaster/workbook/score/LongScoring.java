package quartermaster.workbook.score;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Advisor;
import quartermaster.catalogue.LooseNames;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Explain;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;
import quartermaster.workbook.upload.CandidateRow;
import quartermaster.workbook.upload.SheetRequest;
import quartermaster.workbook.upload.WorkloadRow;

/** Scores a long table of candidates, in bounded memory: {@code 512 MB} are enough for 150,000 of them. */
public final class LongScoring {
    private static final int SHOWN = Advisor.MOST_CANDIDATES; // of each workload, on our sheets
    private static final int MOST_WORKLOADS = 20;
    private static final int MOST_PROBLEMS = 2_000;
    private static final long BYTES_PER_PAIR = 1_200;
    private static final long FOR_THE_PROGRAM = 200_000_000;
    private static final long MOST_PAIRS =
            Math.max(50_000, (Runtime.getRuntime().maxMemory() - FOR_THE_PROGRAM) / BYTES_PER_PAIR);

    private final LongWorkbook workbook;
    private final Decider decider;
    private final LocalDate today;
    private final Watch watch;
    private final List<Problem> problems = new ArrayList<>();

    private LongScoring(LongWorkbook workbook, Decider decider, LocalDate today, Watch watch) {
        this.workbook = workbook;
        this.decider = decider;
        this.today = today;
        this.watch = watch;
    }

    /** What is being done with the rows. */
    public enum Phase {
        READING,
        JUDGING,
        WRITING
    }

    /** Is told how far it is, from several threads. What it throws ends the work. */
    @FunctionalInterface
    public interface Watch {
        /** @param all how many there will be; 0 while nobody knows */
        void at(Phase phase, long done, long all);
    }

    /**
     * @param answers of each workload about the best of its candidates
     * @param advice of each of them; empty where there is none
     * @param problems of the whole file, at most some thousand
     * @param candidates that were read
     */
    public record Result(
            List<Imported<@Nullable Decision>> answers,
            List<Optional<Advice>> advice,
            List<Problem> problems,
            int candidates) {
        public Result {
            answers = List.copyOf(answers);
            advice = List.copyOf(advice);
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param today the date that prices and lead times are compared with
     * @param to the workbook with the results, in the format .xlsx
     * @throws UnreadableWorkbookException where nothing of it can be used
     * @throws IOException where the result cannot be written
     */
    public static Result score(LongWorkbook workbook, Decider decider, LocalDate today, Watch watch, OutputStream to)
            throws UnreadableWorkbookException, IOException {
        return new LongScoring(workbook, decider, today, watch).score(to);
    }

    private Result score(OutputStream to) throws UnreadableWorkbookException, IOException {
        List<WorkloadRow> all = workbook.workloads(problems);
        LongWorkbook.Table table = workbook.table(
                all, new LooseNames(decider.catalogue()), MOST_PROBLEMS, rows -> watch.at(Phase.READING, rows, 0));
        problems.addAll(table.problems());
        List<WorkloadRow> workloads = all.stream().filter(WorkloadRow::sound).toList();
        long pairs = LongJudgement.pairs(workloads, table);
        refuseTooMany(workloads.size(), pairs);
        LongJudgement judgement = new LongJudgement(decider, today, table, MOST_PROBLEMS);
        List<ScoredWorkload> best = new ArrayList<>();
        long before = 0;
        for (WorkloadRow each : workloads) {
            long done = before;
            ScoredWorkload scored =
                    judged(each, table, judgement, workloads.size(), judged -> at(Phase.JUDGING, done + judged, pairs));
            if (scored != null) {
                best.add(scored);
            }
            before += LongJudgement.pairs(List.of(each), table);
        }
        judgement.problems().stream().filter(each -> !problems.contains(each)).forEach(problems::add);
        LongResult.write(
                workbook,
                table,
                judgement,
                best,
                problems,
                decider,
                today,
                rows -> at(Phase.WRITING, rows, table.rows().size()),
                to);
        return new Result(
                best.stream().map(ScoredWorkload::answer).toList(),
                ScoredWorkload.advice(best),
                problems,
                table.rows().size());
    }

    private void at(Phase phase, long done, long all) {
        watch.at(phase, done, all);
    }

    /** Null where all candidates for it have mistakes: others are not put in their place. */
    private @Nullable ScoredWorkload judged(
            WorkloadRow workload, LongWorkbook.Table table, LongJudgement judgement, int workloads, LongConsumer done) {
        List<Integer> order = judgement.judge(workload, done);
        boolean hasSome = table.rows().stream().anyMatch(row -> row.candidate().isFor(workload));
        if (order.isEmpty() && hasSome) {
            problems.add(new Problem(
                    "no-candidate-left",
                    "All candidates for this workload have mistakes, so it is left out.",
                    workload.at()));
            return null;
        }
        List<CandidateRow> shown = order.stream()
                .limit(SHOWN)
                .map(place -> table.rows().get(place).candidate())
                .toList();
        SheetRequest source = SheetRequest.of(workload, shown, table.table(), null, today, Explain.SUMMARY)
                .named(new LooseNames(decider.catalogue()));
        return ScoredWorkbook.answer(source, decider, workloads <= Advisor.MOST_AT_ONCE);
    }

    private static void refuseTooMany(int workloads, long pairs) throws UnreadableWorkbookException {
        refuseMore(
                "too-many-workloads",
                "The workbook has %,d workloads; of one that asks for as much as this, at most %d are judged at once.",
                workloads,
                MOST_WORKLOADS);
        refuseMore(
                "too-many-candidates",
                "The workbook asks for %,d judgements (candidates × workloads); at most %,d are made at once.",
                pairs,
                MOST_PAIRS);
    }

    private static void refuseMore(String code, String what, long found, long most) throws UnreadableWorkbookException {
        if (found > most) {
            String message = String.format(Locale.ROOT, what, found, most) + " Send fewer rows.";
            throw new UnreadableWorkbookException(Reason.SIZE, code, message);
        }
    }
}
