package quartermaster.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Advisor;
import quartermaster.advice.Brief;
import quartermaster.advice.BriefBlock;
import quartermaster.cli.report.Console;
import quartermaster.cli.report.DecisionReport;
import quartermaster.cli.report.LongProgress;
import quartermaster.decision.Decision;
import quartermaster.decision.Policy;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.json.BadJsonException;
import quartermaster.json.DecisionWriter;
import quartermaster.json.ProblemDocument;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.LongScoring;
import quartermaster.workbook.score.LongWorkbook;
import quartermaster.workbook.score.ScoredWorkbook;

/**
 * What came out of a file: one answer for each workload, in the file's order.
 *
 * @param problems all there are, each with its place in the file
 * @param workbook the file with its scores; null where it was JSON
 * @param advisor what follows from each decision; empty where nobody wanted to know, or there are many
 * @param policy that all were decided by
 */
record Answers(
        List<Imported<@Nullable Decision>> each,
        boolean isBatch,
        List<Problem> problems,
        byte @Nullable [] workbook,
        Function<Decision, Optional<Advice>> advisor,
        Policy policy) {
    Answers {
        each = List.copyOf(each);
        problems = List.copyOf(problems);
    }

    /**
     * @param asOf the day to decide for; null for each request's own, or today
     * @param limit likewise
     */
    static Answers toJson(
            byte[] bytes,
            String name,
            Decider decider,
            LocalDate today,
            @Nullable LocalDate asOf,
            @Nullable Integer limit)
            throws CommandFailure {
        RequestReader.Sent sent = read(bytes, name, today);
        List<Imported<@Nullable Decision>> each = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Imported<@Nullable DecisionRequest> request : sent.requests()) {
            DecisionRequest asked = request.value();
            Imported<@Nullable Decision> answer = asked == null || !request.isClean()
                    ? decider.decide(request)
                    : decider.decide(with(asked, asOf, limit));
            String at = sent.isBatch() ? "/" + each.size() : "";
            all(answer).forEach(problem -> problems.add(problem.at(problem.at().in(at))));
            each.add(answer);
        }
        boolean few = each.size() <= Advisor.MOST_AT_ONCE;
        Map<String, Optional<Advice>> found = new HashMap<>(); // when it is asked for: it takes a second
        Function<Decision, Optional<Advice>> advisor = of -> few && Advisor.isWanted(of.asked())
                ? found.computeIfAbsent(of.id(), id -> Optional.of(new Advisor(decider).of(of)))
                : Optional.empty();
        return new Answers(
                each, sent.isBatch(), problems, null, advisor, decider.rules().policy());
    }

    private static List<Problem> all(Imported<@Nullable Decision> answer) {
        List<Problem> problems = new ArrayList<>(answer.problems());
        if (answer.value() != null) {
            problems.addAll(answer.value().problems());
        }
        return problems;
    }

    /** Decides every workload of a workbook and writes the answers into it. */
    static Answers toWorkbook(
            byte[] bytes,
            String name,
            Decider decider,
            LocalDate today,
            @Nullable LocalDate asOf,
            @Nullable Integer limit,
            Console console)
            throws CommandFailure {
        LocalDate day = asOf == null ? today : asOf;
        try {
            ScoredWorkbook.Result scored = ScoredWorkbook.score(bytes, decider, day);
            return ofWorkbook(scored.answers(), scored.advice(), limit, scored.problems(), scored.workbook(), decider);
        } catch (UnreadableWorkbookException e) {
            if (e.reason() == UnreadableWorkbookException.Reason.SIZE) {
                return toLongWorkbook(bytes, name, decider, day, limit, console, e);
            }
            throw unreadable(name, e);
        }
    }

    /** The same where there are more candidates than results are written beside: they get a workbook of their own. */
    private static Answers toLongWorkbook(
            byte[] bytes,
            String name,
            Decider decider,
            LocalDate day,
            @Nullable Integer limit,
            Console console,
            UnreadableWorkbookException refused)
            throws CommandFailure {
        ByteArrayOutputStream workbook = new ByteArrayOutputStream();
        LongScoring.Result scored;
        try (LongProgress progress = new LongProgress(console)) {
            scored = LongScoring.score(LongWorkbook.open(bytes, refused), decider, day, progress, workbook);
        } catch (UnreadableWorkbookException e) {
            throw unreadable(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing is written but into memory.", e);
        }
        console.say(String.format(
                Locale.ROOT,
                "%s has %,d candidates and is too large to write results into it: they come in a workbook of their own,"
                        + " and what is shown is about the best of them.",
                name,
                scored.candidates()));
        return ofWorkbook(scored.answers(), scored.advice(), limit, scored.problems(), workbook.toByteArray(), decider);
    }

    private static Answers ofWorkbook(
            List<Imported<@Nullable Decision>> answers,
            List<Optional<Advice>> advice,
            @Nullable Integer limit,
            List<Problem> problems,
            byte[] workbook,
            Decider decider) {
        Map<String, Optional<Advice>> byDecision = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Decision it = answers.get(i).value();
            if (it != null) {
                byDecision.put(it.id(), advice.get(i));
            }
        }
        List<Imported<@Nullable Decision>> each =
                answers.stream().map(answer -> cut(answer, limit)).toList();
        return new Answers(
                each,
                true,
                problems,
                workbook,
                of -> byDecision.getOrDefault(of.id(), Optional.empty()),
                decider.rules().policy());
    }

    private static CommandFailure unreadable(String name, UnreadableWorkbookException e) {
        return CommandFailure.unreadable(name + ": " + e.getMessage());
    }

    /** The first of the ranking, and the picks wherever they stand. */
    private static Imported<@Nullable Decision> cut(Imported<@Nullable Decision> answer, @Nullable Integer limit) {
        Decision it = answer.value();
        if (it == null || limit == null) {
            return answer;
        }
        Set<Integer> picked = it.picks().ranks();
        List<Recommendation> kept = it.ranked().stream()
                .filter(one -> one.rank() != null && (one.rank() <= limit || picked.contains(one.rank())))
                .toList();
        return new Imported<>(Records.with(it, "ranked", kept), answer.problems());
    }

    static RequestReader.Sent read(byte[] bytes, String name, LocalDate today) throws CommandFailure {
        try {
            return RequestReader.read(bytes, today);
        } catch (BadJsonException e) {
            throw CommandFailure.unreadable(name + " is not JSON. " + e.getMessage());
        }
    }

    private static DecisionRequest with(DecisionRequest it, @Nullable LocalDate asOf, @Nullable Integer limit) {
        DecisionRequest dated = asOf == null ? it : Records.with(it, "asOf", asOf);
        return limit == null ? dated : Records.with(dated, "limit", limit);
    }

    List<Decision> decisions() {
        return each.stream().map(Imported::value).filter(Objects::nonNull).toList();
    }

    /** What follows from a decision, for the terminal and JSON: that of workbooks stands in them. */
    @Nullable
    Advice advice(Decision decision) {
        return workbook == null ? known(decision) : null;
    }

    /** What was found out of a decision, wherever it is shown: what is said of it in a sentence is the same everywhere. */
    @Nullable
    Advice known(Decision decision) {
        return advisor.apply(decision).orElse(null);
    }

    /** A page for each workload. */
    List<List<BriefBlock>> brief() {
        List<List<BriefBlock>> pages = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            Decision it = each.get(i).value();
            if (it == null) {
                pages.add(
                        BriefBlock.notJudged("Workload " + (i + 1), each.get(i).problems()));
            } else {
                Advice advice = known(it);
                pages.add(BriefBlock.of(
                        DecisionReport.name(it.request().workload()), Brief.of(it, advice, policy, each.size())));
            }
        }
        return List.copyOf(pages);
    }

    String json() {
        if (isBatch) {
            return DecisionWriter.writeBatch(each);
        }
        Decision only = each.get(0).value();
        return only == null
                ? ProblemDocument.invalid(each.get(0).problems()).toJson()
                : DecisionWriter.write(only, advice(only));
    }

    /** 0 where anything is recommended, 1 where nothing is, 3 where no workload could be understood. */
    int exitCode() {
        if (each.stream().allMatch(answer -> answer.value() == null)) {
            return ExitCode.UNREADABLE;
        }
        boolean recommended = each.stream()
                .anyMatch(answer -> answer.value() != null && answer.value().hasRecommendation());
        return recommended ? ExitCode.FINE : ExitCode.NOTHING_SUITABLE;
    }
}
