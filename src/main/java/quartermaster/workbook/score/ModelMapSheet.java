package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Verdict;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Fit;
import quartermaster.quality.Grade;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.unit.Choice;
import quartermaster.unit.Records;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;

/**
 * A map of models and machines for each workload that compares models: whether a model fits, how fast it is there under
 * the load, and how good it is. Of many the first of the ranking; a hosted API is no machine.
 */
final class ModelMapSheet {
    private static final int MOST_MODELS = 12;
    private static final int MOST_MACHINES = 8;
    private static final List<Integer> WIDTHS = List.of(30, 26, 24); // characters; the last for all machines
    private static final float LINE_POINTS = 15;

    private final XSSFWorkbook book;
    private final CellWriter pen;
    private final Decider decider;

    ModelMapSheet(XSSFWorkbook book, CellWriter pen, Decider decider) {
        this.book = book;
        this.pen = pen;
        this.decider = decider;
    }

    /** Whether several models were compared for one of them, and may run on machines. */
    static boolean isFor(List<ScoredWorkload> workloads) {
        return workloads.stream().anyMatch(each -> {
            Decision decision = each.answer().value();
            return decision != null
                    && comparesModels(decision)
                    && !machines(decision).isEmpty();
        });
    }

    private static boolean comparesModels(Decision decision) {
        return !decision.request().workload().models().isEmpty();
    }

    XSSFSheet write(String name, List<ScoredWorkload> workloads) {
        XSSFSheet sheet = book.createSheet(name);
        pen.write(sheet, 0, 0, OwnSheet.MODELS.firstCell(), CellLook.TITLE);
        pen.write(
                sheet,
                1,
                0,
                "Typical tokens a second for each user under the load, with the precision; level of 100 with its range.",
                CellLook.MUTED);
        int at = 3;
        int widest = 2;
        for (ScoredWorkload each : workloads) {
            Decision decision = each.answer().value();
            if (decision != null && comparesModels(decision)) {
                List<Candidate> machines = machines(decision);
                if (!machines.isEmpty()) {
                    at = block(sheet, at, each.name(), decision, machines) + 2;
                    widest = Math.max(widest, machines.size() + 2);
                }
            }
        }
        for (int column = 0; column < widest; column++) {
            sheet.setColumnWidth(column, WIDTHS.get(Math.min(column, 2)) * ResultSheet.WIDTH_UNIT);
        }
        sheet.setDisplayGridlines(false);
        ResultSheet.landscape(sheet);
        return sheet;
    }

    /** Rows of one workload; the last one. */
    private int block(XSSFSheet sheet, int top, String workload, Decision decision, List<Candidate> machines) {
        Map<String, Map<Integer, Recommendation>> byModel = judged(decision, machines);
        pen.write(sheet, top, 0, workload, CellLook.HEADING);
        int header = top + 1;
        pen.wrap(sheet, header, 0, "Model", CellLook.HEADER);
        pen.wrap(sheet, header, 1, "Level", CellLook.HEADER);
        for (int i = 0; i < machines.size(); i++) {
            int column = i;
            String title = byModel.values().stream()
                    .map(each -> each.get(column))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(each -> Choice.id(each.assessment().acquisition()) + " "
                            + each.assessment().hardware().name())
                    .orElse(machines.get(i).hardware());
            pen.wrap(sheet, header, i + 2, title, CellLook.HEADER);
        }
        grow(sheet, header);
        int row = header;
        for (Map<Integer, Recommendation> onMachines : byModel.values()) {
            row++;
            Assessment any = onMachines.values().iterator().next().assessment();
            Grade grade = any.grade();
            pen.wrap(sheet, row, 0, any.model().name(), CellLook.STRONG);
            pen.wrap(sheet, row, 1, grade == null ? "" : grade.inWords(), CellLook.BODY);
            for (int i = 0; i < machines.size(); i++) {
                Recommendation here = onMachines.get(i);
                pen.wrap(
                        sheet,
                        row,
                        i + 2,
                        here == null ? "no engine runs it here" : text(here),
                        here == null ? CellLook.OUT : look(here));
            }
            grow(sheet, row);
        }
        return row;
    }

    /** As high as the longest of its texts needs. */
    private static void grow(XSSFSheet sheet, int row) {
        int lines = 1;
        for (Cell cell : sheet.getRow(row)) {
            int characters = WIDTHS.get(Math.min(cell.getColumnIndex(), 2));
            lines = Math.max(lines, ResultSheet.lines(cell.getStringCellValue(), characters));
        }
        sheet.getRow(row).setHeightInPoints(LINE_POINTS * lines + 3);
    }

    /** Every model on every machine, the models in the order of the ranking. */
    private Map<String, Map<Integer, Recommendation>> judged(Decision decision, List<Candidate> machines) {
        DecisionRequest all = Records.with(
                Records.with(decision.asked(), "workload.models", models(decision)), "candidates", machines);
        Map<String, Map<Integer, Recommendation>> byModel = new LinkedHashMap<>();
        decider.ranking(all)
                .forEach(each -> byModel.computeIfAbsent(
                                each.assessment().model().id(), key -> new LinkedHashMap<>())
                        .putIfAbsent(each.assessment().deployment().group() % machines.size(), each));
        return byModel;
    }

    /** Those that were named; of any the first of the ranking. */
    private static List<String> models(Decision decision) {
        List<String> named = decision.request().workload().models();
        if (!named.equals(List.of(Workload.ANY_MODEL))) {
            return named.stream().limit(MOST_MODELS).toList();
        }
        return decision.ranked().stream()
                .map(each -> each.assessment().model().id())
                .distinct()
                .limit(MOST_MODELS)
                .toList();
    }

    private static List<Candidate> machines(Decision decision) {
        Set<Candidate> machines = new LinkedHashSet<>();
        List<Recommendation> all = new ArrayList<>(decision.ranked());
        all.addAll(decision.rejected());
        List<Candidate> said = decision.asked().candidates();
        all.stream().filter(each -> !each.assessment().isHosted()).forEach(each -> {
            var it = each.assessment().deployment();
            machines.add(
                    said.isEmpty()
                            ? Candidate.of(it.hardware().id()).with("acquisition", it.acquisition())
                            : said.get(it.group() % said.size()));
        });
        return (said.isEmpty() ? machines.stream() : said.stream().filter(machines::contains))
                .limit(MOST_MACHINES)
                .toList();
    }

    private static String text(Recommendation of) {
        Assessment it = of.assessment();
        if (it.fit() == Fit.NO) {
            return String.format(
                    Locale.ROOT,
                    "does not fit: %,.0f GiB more",
                    Math.ceil(
                            it.memory().required().gib() - it.memory().usable().gib()));
        }
        String machines = it.replicas() * it.devices() == 1 ? "" : DeploymentWords.machines(it) + ": ";
        String speed = Double.isNaN(it.decodeSpeed())
                ? it.quantization().name()
                : String.format(
                        Locale.ROOT,
                        it.decodeSpeed() < 10 ? "%.1f tok/s at %s" : "%,.0f tok/s at %s",
                        it.decodeSpeed(),
                        it.quantization().name());
        String out = of.isRuledOut() && !of.findings().isEmpty()
                ? "; " + of.findings().get(0).code().replace('-', ' ')
                : "";
        return machines + speed + out;
    }

    private static CellLook look(Recommendation of) {
        if (of.isRuledOut()) {
            return CellLook.OUT;
        }
        return of.verdict() == Verdict.RECOMMENDED ? CellLook.GOOD : CellLook.CAREFUL;
    }
}
