package quartermaster.workbook.score;

import static quartermaster.workbook.pen.ResultColumn.number;
import static quartermaster.workbook.pen.ResultColumn.text;
import static quartermaster.workbook.pen.ResultColumn.wrapped;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import quartermaster.advice.AdviceLine;
import quartermaster.advice.AdviceLine.Part;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.launch.Start;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/** What follows from each answer: picks, plan, questions, what would change it, how sure it is. */
record AdviceSheet(ResultSheet tables) {
    private record Line(String workload, AdviceLine advice) {}

    XSSFSheet write(String name, List<ScoredWorkload> workloads) {
        List<Line> lines = new ArrayList<>();
        for (ScoredWorkload each : workloads) {
            if (each.advice() != null) {
                AdviceLine.of(Objects.requireNonNull(each.answer().value()), each.advice())
                        .forEach(line -> lines.add(new Line(each.name(), line)));
                start(each).forEach(line -> lines.add(new Line(each.name(), line)));
            } else if (each.answer().value() != null) {
                lines.add(new Line(
                        each.name(),
                        AdviceLine.leftOut(Objects.requireNonNull(each.answer().value()), workloads.size())));
            }
        }
        List<ResultColumn<Line>> columns = List.of(
                wrapped("Workload", 22, Line::workload),
                text("Part", 29, each -> each.advice().part().title()),
                wrapped("What", 44, each -> each.advice().what()),
                wrapped("Advice", 90, each -> each.advice().says()),
                number(
                        "Per month (USD)",
                        13,
                        ValueFormat.DOLLARS,
                        each -> each.advice().monthlyUsd()),
                text("Month contains", 44, (Line each) -> each.advice().monthContains())
                        .asDetail(),
                text("Field", 36, (Line each) -> each.advice().field()).asDetail(),
                text("Now", 24, (Line each) -> each.advice().from()).asDetail(),
                text("Then", 30, (Line each) -> each.advice().to()).asDetail());
        return tables.write(name, columns, lines, 2, each -> each.advice().part() == Part.ANSWER);
    }

    /** What starts the winner, and how that is known to run. */
    private static List<AdviceLine> start(ScoredWorkload workload) {
        Decision decision = workload.answer().value();
        if (decision == null || !decision.hasRecommendation()) {
            return List.of();
        }
        Recommendation best = decision.ranked().get(0);
        return Start.of(best)
                .map(it -> List.of(
                        startLine("Command", it.command()),
                        startLine("Written for version " + it.engineVersion(), it.checked())))
                .orElseGet(() -> List.of(startLine("Command", nothing(best))));
    }

    private static String nothing(Recommendation best) {
        return best.assessment().isHosted()
                ? "Somebody else runs it: nothing has to be started."
                : "The sheet Launch of the catalogue does not say how "
                        + best.assessment().engine().name() + " is started for this kind of work.";
    }

    private static AdviceLine startLine(String what, String says) {
        return new AdviceLine(Part.START, what, says, null, null, null, null, null);
    }
}
