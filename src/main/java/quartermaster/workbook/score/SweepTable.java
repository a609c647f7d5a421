package quartermaster.workbook.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Grid;
import quartermaster.advice.SweepPoint;
import quartermaster.decision.Assessment;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.unit.Choice;

/** Points of a sweep as rows: what was varied, who wins with what, and by how much. */
public final class SweepTable {
    private static final List<String> OUTCOME = List.of(
            "outcome",
            "winner",
            "model",
            "hardware",
            "devices",
            "replicas",
            "acquisition",
            "engine",
            "quantization",
            "score",
            "decodeTokensPerSecond",
            "timeToFirstTokenP95Seconds",
            "monthlyUsd",
            "purchaseUsd",
            "runnerUp",
            "pointsBehind",
            "problem");

    private SweepTable() {}

    public static List<String> header(Grid grid) {
        List<String> header = new ArrayList<>();
        grid.axes().forEach(axis -> header.add(axis.field()));
        header.addAll(OUTCOME);
        return header;
    }

    /** Numbers, texts, and null where there is nothing to say, under the header. */
    public static List<@Nullable Object> row(SweepPoint point) {
        List<@Nullable Object> row = new ArrayList<>();
        point.values().forEach(each -> row.add(value(each)));
        row.add(point.outcome());
        Recommendation winner = point.winner();
        if (winner == null) {
            row.addAll(Collections.nCopies(OUTCOME.size() - 2, null));
            row.add(point.problem());
            return row;
        }
        Assessment it = winner.assessment();
        row.add(DeploymentWords.how(it));
        row.add(it.comparesModels() ? it.model().id() : null);
        row.add(it.hardware().id());
        row.add(it.devices());
        row.add(it.replicas());
        row.add(Choice.id(it.acquisition()));
        row.add(it.engineId());
        row.add(it.quantization().id());
        row.add(rounded(winner.score(), 4));
        row.add(rounded(it.decodeSpeed(), 2));
        row.add(rounded(it.timeToFirstTokenP95(), 4));
        row.add(rounded(it.monthlyUsd(), 2));
        row.add(rounded(it.purchaseUsd(), 2));
        row.add(
                point.runnerUp() == null
                        ? null
                        : DeploymentWords.how(point.runnerUp().assessment()));
        row.add(rounded(point.behind(), 4));
        row.add(null);
        return row;
    }

    /** A row with its header; what there is nothing to say of is left out, but for what was varied. */
    public static Map<String, @Nullable Object> named(Grid grid, SweepPoint point) {
        List<String> header = header(grid);
        List<@Nullable Object> row = row(point);
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i) != null || i < grid.axes().size()) {
                named.put(header.get(i), row.get(i));
            }
        }
        return named;
    }

    private static @Nullable Double rounded(@Nullable Double number, int decimals) {
        return number == null || !Double.isFinite(number)
                ? null
                : Double.valueOf(new BigDecimal(number)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .doubleValue());
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Collection<?> many) {
            return many.stream()
                    .map(each -> each instanceof Enum<?> choice ? Choice.id(choice) : String.valueOf(each))
                    .sorted()
                    .collect(Collectors.joining("+"));
        }
        if (value instanceof Enum<?> choice) {
            return Choice.id(choice);
        }
        return value instanceof Number || value instanceof Boolean || value == null ? value : String.valueOf(value);
    }
}
