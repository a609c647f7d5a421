package quartermaster.workbook.score;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.json.RescoreLines;
import quartermaster.json.RescoreLines.Line;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/** The log under a draft as a workbook: the sums, from whom to whom winners change, and the decisions themselves. */
public final class RescoreWorkbook {
    private static final int MOST_ROWS = 20_000; // more than anybody reads; lines of JSON have them all
    private static final int MOST_SHIFTS = 1_000;
    private static final String NOBODY = "nothing suitable";

    private final RescoreLines.Head head;
    private final Map<Shift, Integer> shifts = new LinkedHashMap<>();
    private final List<Line> others = new ArrayList<>();
    private final List<Line> notReadable = new ArrayList<>();
    private final CandidateNames names;
    private RescoreLines.Sums sums = RescoreLines.Sums.NONE;

    /** @param catalogue whose names stand for ids of hardware and engines */
    public RescoreWorkbook(RescoreLines.Head head, Catalogue catalogue) {
        this.head = head;
        this.names = new CandidateNames(catalogue);
    }

    /** A winner before and after. */
    private record Shift(String before, String after) {}

    /** From whom to whom, and how often. */
    private record Counted(Shift shift, int times) {}

    /** A line of the summary. */
    private record Fact(String what, Object found) {}

    public void add(Line said) {
        Line line = said.called(names);
        sums = sums.with(line);
        if (line.problem() != null && notReadable.size() < MOST_ROWS) {
            notReadable.add(line);
        }
        if (line.changesWinner()) {
            Shift shift = new Shift(orNobody(line.before()), orNobody(line.after()));
            if (shifts.containsKey(shift) || shifts.size() < MOST_SHIFTS) {
                shifts.merge(shift, 1, Integer::sum);
            }
            if (others.size() < MOST_ROWS) {
                others.add(line);
            }
        }
    }

    public byte[] write() {
        try (XSSFWorkbook book = ResultSheet.book();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            CellWriter pen = new CellWriter(book);
            ResultSheet tables = new ResultSheet(book, pen);
            tables.write("Summary", SUMMARY, summary(), 1, line -> false);
            if (!shifts.isEmpty()) {
                List<Counted> counted = shifts.entrySet().stream()
                        .map(each -> new Counted(each.getKey(), each.getValue()))
                        .sorted(Comparator.comparingInt(Counted::times).reversed())
                        .toList();
                tables.write("From and to", SHIFTS, counted, 0, row -> false);
                tables.write("Other winners", OTHERS, others, 1, row -> false);
            }
            if (!notReadable.isEmpty()) {
                tables.write("Not decided", NOT_READABLE, notReadable, 1, row -> false);
            }
            pen.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts and texts under each other. */
    private static final ResultColumn<Fact> FOUND =
            new ResultColumn<>("Found", 80, ValueFormat.COUNT_OR_WORD, true, false, Fact::found);

    private static final List<ResultColumn<Fact>> SUMMARY =
            List.of(ResultColumn.text("The log under a draft", 50, Fact::what), FOUND);

    private List<Fact> summary() {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("Decisions", sums.decisions()),
                new Fact("Answered differently by the draft", sums.answeredDifferently()),
                new Fact("With another winner than in force", sums.otherWinners()),
                new Fact("With another winner than was answered", sums.otherThanAnswered()),
                new Fact("That cannot be decided any more", sums.notReadable()),
                new Fact("Decided before", moment(head.until())),
                new Fact("Version in force", head.before()),
                new Fact("Version of the draft", head.after())));
        if (sums.otherWinners() > others.size()) {
            facts.add(new Fact("Not shown on Other winners", sums.otherWinners() - others.size()));
        }
        return facts;
    }

    private static final List<ResultColumn<Counted>> SHIFTS = List.of(
            ResultColumn.wrapped("Wins in force", 60, it -> it.shift().before()),
            ResultColumn.wrapped("Wins under the draft", 60, it -> it.shift().after()),
            ResultColumn.number("Decisions", 12, ValueFormat.WHOLE, Counted::times));

    private static final List<ResultColumn<Line>> OTHERS = List.of(
            ResultColumn.wrapped("Name", 22, Line::name),
            ResultColumn.wrapped("Model", 20, Line::model),
            ResultColumn.wrapped("Wins in force", 34, it -> orNobody(it.before())),
            ResultColumn.number("Score in force", 9, ValueFormat.ONE_DECIMAL, it -> score(it.before())),
            ResultColumn.wrapped("Wins under the draft", 34, it -> orNobody(it.after())),
            ResultColumn.number("Score under the draft", 9, ValueFormat.ONE_DECIMAL, it -> score(it.after())),
            ResultColumn.wrapped("Because", 60, Line::because),
            ResultColumn.text("Type", 16, Line::type).asDetail(),
            ResultColumn.wrapped("Labels", 20, Line::labels).asDetail(),
            ResultColumn.wrapped("Was answered", 40, (Line it) -> orNobody(it.answered()))
                    .asDetail(),
            ResultColumn.number("Lead in force", 10, ValueFormat.ONE_DECIMAL, (Line it) -> lead(it.before()))
                    .asDetail(),
            ResultColumn.number("Lead under the draft", 10, ValueFormat.ONE_DECIMAL, (Line it) -> lead(it.after()))
                    .asDetail(),
            ResultColumn.text("Decided at", 22, (Line it) -> moment(it.decidedAt()))
                    .asDetail(),
            ResultColumn.text("Decision", 30, Line::decisionId).asDetail());

    private static final List<ResultColumn<Line>> NOT_READABLE = List.of(
            ResultColumn.text("Decision", 30, Line::decisionId),
            ResultColumn.text("Decided at", 22, it -> moment(it.decidedAt())),
            ResultColumn.wrapped("Problem", 80, Line::problem));

    /** E.g. "2026-11-30 22:16:04 UTC". */
    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    private static String orNobody(RescoreLines.@Nullable Winner winner) {
        return winner == null ? NOBODY : winner.candidate();
    }

    private static @Nullable Double score(RescoreLines.@Nullable Winner winner) {
        return winner == null ? null : winner.score();
    }

    private static @Nullable Double lead(RescoreLines.@Nullable Winner winner) {
        return winner == null ? null : winner.lead();
    }
}
