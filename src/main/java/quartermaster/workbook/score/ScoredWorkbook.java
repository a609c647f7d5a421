package quartermaster.workbook.score;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Advisor;
import quartermaster.catalogue.LooseNames;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.request.Explain;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.PreservedOriginals;
import quartermaster.workbook.read.FileKind;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.Supervised;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.upload.CandidatesReader;
import quartermaster.workbook.upload.SheetRequest;
import quartermaster.workbook.upload.UploadedTables;

/**
 * The user's own workbook, scored: whatever stands in it stays, results come beside the candidates and on sheets of our
 * own. What an earlier run has written is replaced.
 */
public final class ScoredWorkbook {
    private static final Pattern OF_A_NAME = Pattern.compile("unknown-|ambiguous-|out-of-range|model-generates");
    private static final int MOST_OF_UNSOUND_ROWS = 200;
    private static final int MOST_PAIRS = 1_500;
    private static final int MOST_ADVISED = 480; // pairs: each takes some hundred decisions
    private static final Set<String> NOTHING_TO_READ = Set.of("missing-sheet", "missing-column");
    private static final int MOST_WORKLOADS = 200;
    private static final Duration TIME_TO_OPEN = Duration.ofSeconds(20);
    private static final Duration TIME_TO_WRITE = Duration.ofSeconds(30);
    private static final String NAME = "The workbook";

    private ScoredWorkbook() {}

    /**
     * @param answers one for each workload that could be read, in the order of the sheet
     * @param advice of each of them; empty where there is none, or too much else to do
     * @param problems everything that is wrong, each at its {@code Sheet!Cell}
     * @param workbook in the format in which it came: with macros only if it had some
     */
    public record Result(
            List<Imported<@Nullable Decision>> answers,
            List<Optional<Advice>> advice,
            List<Problem> problems,
            byte[] workbook) {
        public Result {
            answers = List.copyOf(answers);
            advice = List.copyOf(advice);
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param today the date that prices and lead times are compared with
     * @throws UnreadableWorkbookException where nothing of the file can be used; one bad row is a problem, not a failure
     */
    public static Result score(byte[] upload, Decider decider, LocalDate today) throws UnreadableWorkbookException {
        WorkbookFile whole = opened(upload);
        LooseNames names = new LooseNames(decider.catalogue());
        WorkbookFile theirs = OwnSheet.without(whole);
        UploadedTables tables = UploadedTables.in(theirs, names);
        refuseWithoutRoom(tables);
        Imported<List<SheetRequest>> first = CandidatesReader.read(theirs, tables, names, today, Explain.SUMMARY);
        refuseUnusable(first, names, decider); // before the library takes its time
        Opened opened = new Supervised(NAME, TIME_TO_OPEN).run(() -> open(upload, whole));
        boolean isNew = opened.marks().areNone();
        WorkbookFile input = opened.marks().without(whole);
        UploadedTables found =
                isNew && theirs.sheets().size() == whole.sheets().size() ? tables : UploadedTables.in(input, names);
        Imported<List<SheetRequest>> read =
                isNew ? first : CandidatesReader.read(input, found, names, today, Explain.SUMMARY);
        refuseUnusable(read, names, decider);
        Set<SheetRequest> advised = advised(read.value(), names, decider);
        List<ScoredWorkload> workloads = read.value().stream()
                .map(request -> answer(request.named(names), decider, advised.contains(request)))
                .toList();
        List<Problem> problems = problems(read, workloads);
        problems.addAll(ofUnsoundRows(input, problems, names, decider, today));
        byte[] written = new Supervised(NAME, TIME_TO_WRITE).write(() -> {
            try (XSSFWorkbook book = opened.book()) {
                CellWriter pen = new CellWriter(book);
                new ResultSheets(book, pen, decider, today)
                        .write(input.digest(), found, opened.marks(), workloads, problems);
                opened.originals().restore();
                return bytes(pen);
            }
        });
        return new Result(
                workloads.stream().map(ScoredWorkload::answer).toList(),
                ScoredWorkload.advice(workloads),
                problems,
                written);
    }

    private static WorkbookFile opened(byte[] upload) throws UnreadableWorkbookException {
        WorkbookFile file = WorkbookFile.open(upload, NAME);
        return file.kind() == FileKind.XLSX ? file : FreshWorkbook.named(file);
    }

    /** @param marks what in it is ours */
    private record Opened(XSSFWorkbook book, PreservedOriginals originals, EarlierResults marks) {}

    /** Other formats come back as a new workbook. */
    private static Opened open(byte[] upload, WorkbookFile values) throws IOException, InvalidFormatException {
        XSSFWorkbook book = values.kind() == FileKind.XLSX
                ? new XSSFWorkbook(new ByteArrayInputStream(upload))
                : FreshWorkbook.of(values);
        PreservedOriginals originals = PreservedOriginals.keep(book);
        return new Opened(book, originals, EarlierResults.in(book));
    }

    static ScoredWorkload answer(SheetRequest source, Decider decider, boolean advised) {
        Imported<@Nullable Decision> answer = decider.decide(source.request());
        Decision decision = answer.value();
        Advice advice = decision != null && advised && Advisor.isWanted(decision.asked())
                ? new Advisor(decider).of(decision)
                : null;
        Imported<@Nullable Decision> advisedAnswer = decision == null || advice == null
                ? answer
                : new Imported<>(decision.with(advice.picks()), answer.problems());
        return ScoredWorkload.of(source, understood(atCells(advisedAnswer, source), source), advice);
    }

    /** With what was made of the file: names that were taken for others, and a catalogue in place of candidates. */
    private static Imported<@Nullable Decision> understood(Imported<@Nullable Decision> answer, SheetRequest source) {
        Decision decision = answer.value();
        if (decision == null) {
            return answer;
        }
        List<Assumption> assumptions = new ArrayList<>(source.assumptions());
        assumptions.addAll(decision.assumptions());
        return new Imported<>(Records.with(decision, "assumptions", assumptions), answer.problems());
    }

    private static Imported<@Nullable Decision> atCells(Imported<@Nullable Decision> answer, SheetRequest source) {
        List<Problem> problems = answer.problems().stream().map(source::inSheet).toList();
        Decision decision = answer.value();
        if (decision == null) {
            return Imported.nothing(problems);
        }
        return new Imported<>(atCells(decision, source), problems);
    }

    private static Decision atCells(Decision decision, SheetRequest source) {
        return new Decision(
                decision.id(),
                decision.decidedAt(),
                decision.versions(),
                decision.asked(),
                decision.request(),
                decision.assumptions(),
                decision.ranked(),
                decision.rejected(),
                decision.picks(),
                decision.problems().stream().map(source::inSheet).toList());
    }

    /** Names that nobody knows in rows with other mistakes, but for cells of which something is said already. */
    private static List<Problem> ofUnsoundRows(
            WorkbookFile input, List<Problem> said, LooseNames names, Decider decider, LocalDate today) {
        if (said.isEmpty()) {
            return List.of();
        }
        return CandidatesReader.unsound(input, names, today, Explain.SUMMARY).stream()
                .flatMap(request -> decider.problems(request.named(names).request()).stream()
                        .filter(problem -> OF_A_NAME.matcher(problem.code()).lookingAt())
                        .map(request::inSheet))
                .filter(problem -> said.stream().noneMatch(each -> each.at().equals(problem.at())))
                .distinct()
                .limit(MOST_OF_UNSOUND_ROWS)
                .toList();
    }

    /** One candidate may be for many workloads; what is wrong with it is said once. */
    private static List<Problem> problems(Imported<List<SheetRequest>> read, List<ScoredWorkload> workloads) {
        Set<Problem> problems = new LinkedHashSet<>(read.problems());
        for (ScoredWorkload workload : workloads) {
            problems.addAll(workload.answer().problems());
            Decision decision = workload.answer().value();
            if (decision != null) {
                problems.addAll(decision.problems());
            }
        }
        return new ArrayList<>(problems);
    }

    /** Results stand beside what is there. */
    private static void refuseWithoutRoom(UploadedTables tables) throws UnreadableWorkbookException {
        ReadSheet candidates = tables.candidates();
        if (candidates != null) {
            SheetColumns.refuseNoRoom(candidates.name(), lastColumn(candidates) + 1, CandidateResults.COLUMNS.size());
        }
    }

    /** Counted from 0. */
    private static int lastColumn(ReadSheet sheet) {
        return sheet.rows().stream()
                .flatMap(row -> row.cells().stream())
                .mapToInt(ReadCell::column)
                .max()
                .orElse(0);
    }

    private static void refuseUnusable(Imported<List<SheetRequest>> read, LooseNames names, Decider decider)
            throws UnreadableWorkbookException {
        for (Problem problem : read.problems()) {
            boolean ofWorkloads =
                    problem.at() instanceof Place.Cell cell && cell.sheet().startsWith(CandidatesReader.WORKLOAD_SHEET);
            if (read.value().isEmpty() && ofWorkloads && NOTHING_TO_READ.contains(problem.code())) {
                throw new UnreadableWorkbookException(Reason.CONTENT, problem.code(), problem.message());
            }
        }
        if (read.value().size() > MOST_WORKLOADS) {
            throw new UnreadableWorkbookException(
                    Reason.SIZE,
                    "too-many-workloads",
                    NAME + " has " + read.value().size() + " workloads; at most " + MOST_WORKLOADS
                            + " are judged at once. Send fewer rows.");
        }
        int pairs = read.value().stream()
                .mapToInt(each -> pairs(each, names, decider))
                .sum();
        if (pairs > MOST_PAIRS) {
            throw new UnreadableWorkbookException(
                    Reason.SIZE,
                    "too-many-candidates",
                    NAME + " asks for " + pairs + " judgements (candidates × workloads); at most " + MOST_PAIRS
                            + " are made at once. Send fewer rows.");
        }
    }

    /** Candidates of one workload: those that it names, or else as many as the catalogue offers it. */
    private static int pairs(SheetRequest each, LooseNames names, Decider decider) {
        int candidates = each.request().candidates().size();
        return candidates == 0 ? decider.extent(each.named(names).request()).candidates() : candidates;
    }

    /** The first ones, as far as there is time; none of many. */
    private static Set<SheetRequest> advised(List<SheetRequest> requests, LooseNames names, Decider decider) {
        Set<SheetRequest> advised = new HashSet<>();
        int pairs = 0;
        for (SheetRequest each : requests) {
            pairs += pairs(each, names, decider);
            if (pairs <= MOST_ADVISED && requests.size() <= Advisor.MOST_AT_ONCE) {
                advised.add(each);
            }
        }
        return advised;
    }

    private static byte[] bytes(CellWriter pen) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pen.save(bytes);
        return bytes.toByteArray();
    }
}
