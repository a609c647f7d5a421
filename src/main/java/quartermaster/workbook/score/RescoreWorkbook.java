package quartermaster.workbook.score;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private static final List<ResultColumn<Fact>> SUMMARY = List.of(
            ResultColumn.text("The log under a draft", 50, Fact::what), ResultColumn.wrapped("Found", 80, Fact::found));

    private List<Fact> summary() {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("Decisions", Long.toString(sums.decisions())),
                new Fact("Answered differently by the draft", Long.toString(sums.answeredDifferently())),
                new Fact("With another winner than in force", Long.toString(sums.otherWinners())),
                new Fact("With another winner than was answered", Long.toString(sums.otherThanAnswered())),
                new Fact("That cannot be decided any more", Long.toString(sums.notReadable())),
                new Fact(
                        "Decided before",
                        head.until().truncatedTo(ChronoUnit.SECONDS).toString()),
                new Fact("Version in force", head.before()),
                new Fact("Version of the draft", head.after())));
        if (sums.otherWinners() > others.size()) {
            facts.add(new Fact("Not shown on Other winners", Long.toString(sums.otherWinners() - others.size())));
        }
        return facts;
    }

    private static final List<ResultColumn<Counted>> SHIFTS = List.of(
            ResultColumn.wrapped("Wins in force", 60, it -> it.shift().before()),
            ResultColumn.wrapped("Wins under the draft", 60, it -> it.shift().after()),
            ResultColumn.number("Decisions", 12, ValueFormat.WHOLE, Counted::times));

    private static final List<ResultColumn<Line>> OTHERS = List.of(
            ResultColumn.text("Decision", 30, Line::decisionId),
            ResultColumn.text("Decided at", 26, Line::decidedAt),
            ResultColumn.wrapped("Name", 24, Line::name),
            ResultColumn.text("Type", 16, Line::type),
            ResultColumn.wrapped("Model", 24, Line::model),
            ResultColumn.wrapped("Labels", 20, Line::labels),
            ResultColumn.wrapped("Was answered", 40, it -> orNobody(it.answered())),
            ResultColumn.wrapped("Wins in force", 40, it -> orNobody(it.before())),
            ResultColumn.number("Score in force", 10, ValueFormat.TWO_DECIMALS, it -> score(it.before())),
            ResultColumn.number("Lead in force", 10, ValueFormat.TWO_DECIMALS, it -> lead(it.before())),
            ResultColumn.wrapped("Wins under the draft", 40, it -> orNobody(it.after())),
            ResultColumn.number("Score under the draft", 10, ValueFormat.TWO_DECIMALS, it -> score(it.after())),
            ResultColumn.number("Lead under the draft", 10, ValueFormat.TWO_DECIMALS, it -> lead(it.after())),
            ResultColumn.wrapped("Because", 80, Line::because));

    private static final List<ResultColumn<Line>> NOT_READABLE = List.of(
            ResultColumn.text("Decision", 30, Line::decisionId),
            ResultColumn.text("Decided at", 26, Line::decidedAt),
            ResultColumn.wrapped("Problem", 80, Line::problem));

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
