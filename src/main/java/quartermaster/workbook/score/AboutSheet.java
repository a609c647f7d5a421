package quartermaster.workbook.score;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.decision.Decision;
import quartermaster.decision.Versions;
import quartermaster.decision.engine.Decider;
import quartermaster.unit.Choice;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/** What the results were made with, and how to read them. */
final class AboutSheet {
    private static final List<List<String>> LEGEND = List.of(
            List.of(
                    "Verdict",
                    "✓ recommended: nothing speaks against it. ▲ caution: it works, read the warnings. ✗ ruled-out: a rule or a table says no, whatever its score."),
            List.of(
                    "Score",
                    "0 to 100, the sum of the steps beside it. Each step is its weight times its points; weights differ by type of workload."),
            List.of("Rank", "Within its workload. Ruled-out candidates have none and stand at the end."),
            List.of("Replicas × devices", "Copies of the model that run side by side × devices that one copy spans."),
            List.of("Decode (tok/s)", "Tokens a second that one user sees while all stated requests are in flight."),
            List.of(
                    "TTFT P95 (s)",
                    "Time to the first token, waiting included, that 95 of 100 requests do not exceed."),
            List.of("Low, typical, high", "10th percentile, median and 90th percentile of what to expect."),
            List.of(
                    "Memory",
                    "Of one replica: weights, KV cache of the requests in flight, working memory; against what may be used, not what is printed on the box."),
            List.of("Headroom (%)", "Share of the usable memory that stays free; negative where it does not fit."),
            List.of(
                    "Per month (USD)",
                    "Write-off over the horizon, power, hosting and staff of all replicas with their hosts; or the rent."),
            List.of("Evidence", evidence()),
            List.of(
                    "Winners",
                    "Who would win with other numbers of requests at the same time, all else as stated; each hardware has a colour."),
            List.of(
                    "Models",
                    "Where several models are compared: which machine runs which, how fast under the load, and how good each is."),
            List.of("Weights", "Change a weight: the formulas there make new scores and ranks. Nothing else changes."),
            List.of("Explanation", "Every point, warning and assumption, with the file, row or line that says so."),
            List.of(
                    "Running it again",
                    "Our sheets and our columns are written anew; everything else in the workbook stays as it is."));

    private static final int LABEL = 24; // characters wide
    private static final int TEXT = 110;
    private static final int MOST_ON_ONE_PAGE = 60; // rows

    private final XSSFWorkbook book;
    private final CellWriter pen;
    private int row;

    AboutSheet(XSSFWorkbook book, CellWriter pen) {
        this.book = book;
        this.pen = pen;
    }

    /**
     * What the results are of.
     *
     * @param digest of what was read
     * @param form why the results are not in the user's own workbook; null where they are
     */
    record Source(String digest, @Nullable String form) {}

    XSSFSheet write(
            String name,
            Source source,
            Decider decider,
            LocalDate today,
            List<ScoredWorkload> workloads,
            List<Problem> problems) {
        XSSFSheet sheet = book.createSheet(name);
        sheet.setDisplayGridlines(false);
        sheet.setColumnWidth(0, LABEL * ResultSheet.WIDTH_UNIT);
        sheet.setColumnWidth(1, TEXT * ResultSheet.WIDTH_UNIT);
        pen.write(sheet, row++, 0, OwnSheet.ABOUT.firstCell(), CellLook.TITLE);
        row++;
        if (source.form() != null) {
            line(sheet, "This workbook", source.form());
        }
        line(sheet, "Workloads", workloads.size());
        line(sheet, "Problems", problems.size());
        line(sheet, "As of", today);
        workloads.stream()
                .map(workload -> workload.answer().value())
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .ifPresent(decision -> ofThisRun(sheet, "Decided at", when(decision)));
        Versions versions = decider.versions();
        line(sheet, "Program", "Quartermaster " + versions.program());
        line(sheet, "Catalogue", versions.catalogue());
        line(sheet, "Rules", versions.rules());
        line(sheet, "Input", source.digest());
        row++;
        pen.write(sheet, row++, 0, "How to read them", CellLook.HEADING);
        LEGEND.forEach(each -> line(sheet, each.get(0), each.get(1)));
        row++;
        decisions(sheet, workloads);
        ResultSheet.landscape(sheet);
        if (row <= MOST_ON_ONE_PAGE) {
            sheet.getPrintSetup().setFitHeight((short) 1);
        }
        return sheet;
    }

    /** E.g. "measured: this pairing was measured. calibrated: …". */
    private static String evidence() {
        return Arrays.stream(EvidenceClass.values())
                .map(each -> Choice.id(each) + ": " + each.inWords() + ".")
                .collect(Collectors.joining(" "));
    }

    private void decisions(XSSFSheet sheet, List<ScoredWorkload> workloads) {
        pen.write(sheet, row++, 0, "Decisions", CellLook.HEADING);
        for (ScoredWorkload workload : workloads) {
            Decision decision = workload.answer().value();
            if (decision == null) {
                line(sheet, workload.name(), "not judged");
            } else {
                ofThisRun(sheet, workload.name(), decision.id());
            }
        }
    }

    private static String when(Decision decision) {
        return decision.decidedAt()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC");
    }

    private void ofThisRun(XSSFSheet sheet, String label, String value) {
        line(sheet, label, "");
        pen.writeOnce(CellWriter.cell(sheet, row - 1, 1), value, CellLook.PLAIN);
    }

    private void line(XSSFSheet sheet, String label, Object value) {
        pen.wrap(sheet, row, 0, label, CellLook.LABEL);
        ValueFormat format = value instanceof LocalDate ? ValueFormat.DATE : ValueFormat.TEXT;
        pen.write(CellWriter.cell(sheet, row, 1), value, CellLook.PLAIN, format, true)
                .getCellStyle();
        int lines = Math.max(ResultSheet.lines(label, LABEL), ResultSheet.lines(value.toString(), TEXT));
        sheet.getRow(row).setHeightInPoints(15f * lines + 3);
        row++;
    }
}
