package quartermaster.advice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** The decision over a grid. Each point is decided by itself, on all cores; the points come in their order. */
public final class Sweep {
    private static final int AT_ONCE_PER_CORE = 16;
    private static final long LONG_NANOS = 250_000_000; // who waits for a line, sees each step when it is done
    private static final Place EVERYTHING = new Place.Pointer("/vary");

    private Sweep() {}

    /**
     * The points that somebody asks for, or every problem with them.
     *
     * @param most points
     */
    public static Imported<@Nullable Grid> grid(DecisionRequest asked, List<VariedField> varied, int most) {
        List<Problem> problems = new ArrayList<>();
        List<Grid.Axis> axes = new ArrayList<>();
        List<RequestField> fields = new ArrayList<>();
        Set<String> twice = new HashSet<>();
        if (varied.isEmpty()) {
            problems.add(new Problem("missing-value", "Nothing is varied; name a field with its values.", EVERYTHING));
        }
        for (VariedField each : varied) {
            Optional<RequestField> field = RequestFields.findVaried(each.field());
            if (field.isEmpty()) {
                String message = "\"" + each.field() + "\" is no field that can be varied." + hint(each.field());
                problems.add(new Problem("unknown-field", message, each.at()));
            } else if (!twice.add(field.get().path())) {
                problems.add(new Problem("field-twice", field.get().path() + " is varied twice.", each.at()));
            } else {
                axes.add(new AxisReader(field.get(), each.at(), most, problems).read(each.values()));
                fields.add(field.get());
            }
        }
        if (problems.isEmpty() && Grid.size(axes) > most) {
            String message = String.format(
                    Locale.ROOT,
                    "The grid has %,d points; at most %,d are decided at once. Vary less.",
                    Grid.size(axes),
                    most);
            problems.add(new Problem("grid-too-large", message, EVERYTHING));
        }
        return problems.isEmpty()
                ? new Imported<>(new Grid(asked, axes, fields), List.of())
                : Imported.nothing(problems);
    }

    /**
     * Decides at every point.
     *
     * @param from the first point
     * @param take is given the points in order; false ends it
     */
    public static void run(Decider decider, Grid grid, int from, Predicate<SweepPoint> take) {
        int cores = Runtime.getRuntime().availableProcessors();
        int step = cores; // the first ones tell how long one takes
        int begin = from;
        while (begin < grid.size()) {
            long begun = System.nanoTime();
            int end = Math.min(grid.size(), begin + step);
            List<SweepPoint> some = IntStream.range(begin, end)
                    .parallel()
                    .mapToObj(number -> point(decider, grid, number))
                    .toList();
            step = System.nanoTime() - begun > LONG_NANOS ? cores : AT_ONCE_PER_CORE * cores;
            begin = end;
            for (SweepPoint each : some) {
                if (!take.test(each)) {
                    return;
                }
            }
        }
    }

    /** The decision at one point. */
    public static SweepPoint point(Decider decider, Grid grid, int number) {
        DecisionRequest request = grid.request(number);
        List<Recommendation> ranking = decider.ranking(request);
        List<Problem> problems = ranking.isEmpty() ? decider.problems(request) : List.of();
        Recommendation winner = decider.recommended(request, ranking).orElse(null);
        Recommendation second = ranking.stream()
                .filter(each -> !each.isRuledOut() && !each.equals(winner))
                .findFirst()
                .orElse(null);
        return new SweepPoint(
                number,
                grid.values(number),
                winner,
                second,
                problems.isEmpty() ? null : problems.get(0).message());
    }

    /** What somebody probably meant, or what there is. */
    private static String hint(String name) {
        boolean isPath = name.contains(".");
        return Ids.hint(
                name,
                RequestFields.varied().stream()
                        .map(each -> isPath ? each.path() : each.name())
                        .toList());
    }
}
