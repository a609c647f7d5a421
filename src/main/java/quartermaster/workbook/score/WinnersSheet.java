package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Grid;
import quartermaster.advice.Sweep;
import quartermaster.advice.SweepPoint;
import quartermaster.advice.VariedField;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.unit.Records;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/** A map of who would win with fewer or more requests at the same time, a row for each workload that has advice. */
final class WinnersSheet {
    private static final String CONCURRENCY = "1..512";
    private static final int MOST_POINTS = 100;
    private static final List<Integer> WIDTHS = List.of(26, 9, 19); // characters; the last for all winners
    private static final float LINE_POINTS = 15;
    static final String HERE = "► you stand here: "; // a sign that most fonts have

    private final XSSFWorkbook book;
    private final CellWriter pen;
    private final Decider decider;
    private final Set<String> kinds = new LinkedHashSet<>();

    WinnersSheet(XSSFWorkbook book, CellWriter pen, Decider decider) {
        this.book = book;
        this.pen = pen;
        this.decider = decider;
    }

    XSSFSheet write(String name, List<ScoredWorkload> workloads) {
        XSSFSheet sheet = book.createSheet(name);
        int row = 0;
        for (ScoredWorkload each : workloads) {
            Decision decision = each.answer().value();
            if (each.advice() != null && decision != null) {
                Integer stated = decision.request().workload().concurrency();
                write(sheet, ++row, each.name(), stated, points(decision.asked()));
            }
        }
        for (int column = 0; column < Math.max(2, sheet.getRow(0).getLastCellNum()); column++) {
            sheet.setColumnWidth(column, WIDTHS.get(Math.min(column, 2)) * ResultSheet.WIDTH_UNIT);
        }
        sheet.createFreezePane(2, 1);
        ResultSheet.landscape(sheet);
        return sheet;
    }

    private List<SweepPoint> points(DecisionRequest asked) {
        DecisionRequest varied = Records.with(asked, "workload.namedUsers", null);
        List<SweepPoint> points = new ArrayList<>();
        Grid grid = Sweep.grid(
                        varied,
                        List.of(new VariedField("concurrency", CONCURRENCY, new Place.Pointer("/vary"))),
                        MOST_POINTS)
                .value();
        if (grid == null) {
            throw new IllegalStateException(CONCURRENCY + " is no range of concurrency.");
        }
        Sweep.run(decider, grid, 0, points::add);
        return points;
    }

    private void write(XSSFSheet sheet, int row, String workload, @Nullable Integer stated, List<SweepPoint> points) {
        if (row == 1) {
            header(sheet, points);
        }
        pen.wrap(sheet, row, 0, workload, CellLook.STRONG);
        int lines = ResultSheet.lines(workload, WIDTHS.get(0));
        pen.write(sheet, row, 1, stated, CellLook.BODY, ValueFormat.WHOLE);
        for (int i = 0; i < points.size(); i++) {
            Recommendation winner = points.get(i).winner();
            String text = winner == null ? "nothing suitable" : DeploymentWords.how(winner.assessment());
            boolean here = i == nearest(points, stated);
            String said = here ? HERE + text : text;
            pen.wrap(sheet, row, i + 2, said, winner == null ? CellLook.BODY : tone(winner));
            lines = Math.max(lines, ResultSheet.lines(said, WIDTHS.get(2)));
        }
        sheet.getRow(row).setHeightInPoints(LINE_POINTS * lines + 3);
    }

    /** The point where the user stands: the last that is not above what was stated; -1 where nothing was. */
    private static int nearest(List<SweepPoint> points, @Nullable Integer stated) {
        int found = -1;
        for (int i = 0; stated != null && i < points.size(); i++) {
            if (Integer.parseInt(String.valueOf(points.get(i).values().get(0))) <= stated) {
                found = i;
            }
        }
        return found;
    }

    private void header(XSSFSheet sheet, List<SweepPoint> points) {
        pen.wrap(sheet, 0, 0, "Workload", CellLook.HEADER);
        pen.write(CellWriter.cell(sheet, 0, 1), "Stated", CellLook.HEADER, ValueFormat.WHOLE, true);
        for (int i = 0; i < points.size(); i++) {
            pen.wrap(sheet, 0, i + 2, points.get(i).values().get(0) + " at once", CellLook.HEADER);
        }
        sheet.getRow(0).setHeightInPoints(LINE_POINTS + 9);
    }

    /** The same for the same hardware, come by in the same way. */
    private CellLook tone(Recommendation winner) {
        String kind = Choice.id(winner.assessment().acquisition()) + " "
                + winner.assessment().hardware().id();
        kinds.add(kind);
        int place = new ArrayList<>(kinds).indexOf(kind);
        return place < CellLook.apart().size() ? CellLook.apart().get(place) : CellLook.BODY;
    }
}
