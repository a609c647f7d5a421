package quartermaster.decision.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Offer;
import quartermaster.decision.Assessment;
import quartermaster.decision.Column;
import quartermaster.decision.Column.Source;
import quartermaster.decision.Condition;
import quartermaster.decision.Points;
import quartermaster.decision.Policy;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.estimate.resolution.Prospect;
import quartermaster.request.Acquisition;

/**
 * How high candidates score at most, told before they are estimated. A row of a table may be met unless
 * something that is known speaks against it, and none after a row that is met for sure. What is known is the hardware and how
 * one comes by it, the model, and what one replica costs of as few devices as hold the weights; with fewer it does not fit.
 */
final class Ceiling {
    private static final Set<Source> OF_OFFER = Set.of(Source.REQUEST, Source.HARDWARE, Source.WAY);
    private static final Set<Source> OF_MODEL = Set.of(Source.REQUEST, Source.MODEL);
    private static final double ROUNDING = 1e-9; // what adding up parts of a cost may add

    private final Policy policy;
    private final Preparation preparation;
    private final List<Table> tables;
    private final Map<Offered, double[]> ofOffers = new ConcurrentHashMap<>();
    private final Map<Named, double[]> ofModels = new ConcurrentHashMap<>();

    Ceiling(Policy policy, Preparation preparation) {
        this.policy = policy;
        this.preparation = preparation;
        this.tables = policy.tables().values().stream().map(Table::of).toList();
    }

    private record Offered(
            String hardware,
            Acquisition acquisition,
            @Nullable Offer offer,
            @Nullable Double priceUsd,
            int devices,
            boolean mayFit) {
        static Offered of(Prospect it, int devices, boolean mayFit) {
            return new Offered(
                    it.deployment().hardware().id(),
                    it.deployment().acquisition(),
                    it.deployment().offer(),
                    it.deployment().priceUsd(),
                    devices,
                    mayFit);
        }
    }

    private record Named(String model, boolean isCompared) {}

    /** 0 to 100. */
    double of(Prospect it) {
        return Math.max(of(it, it.leastDevices(), true), of(it, 1, false));
    }

    private double of(Prospect it, int devices, boolean mayFit) {
        boolean comparesModels = it.grade() != null;
        double[] byOffer = ofOffers.computeIfAbsent(
                Offered.of(it, devices, mayFit),
                any -> points(new Known(preparation.unestimated(it, devices), OF_OFFER, mayFit)));
        double[] byModel = ofModels.computeIfAbsent(
                new Named(it.demand().model().id(), comparesModels),
                any -> points(new Known(preparation.unestimated(it, 1), OF_MODEL, true)));
        double sum = 0;
        for (Step step : Step.asked(comparesModels)) {
            sum += policy.weight(it.demand().type(), step, comparesModels)
                    * Math.min(byOffer[step.ordinal()], byModel[step.ordinal()])
                    / 100;
        }
        return sum;
    }

    private double[] points(Known known) {
        double[] points = new double[Step.values().length];
        Arrays.fill(points, 0);
        for (Table table : tables) {
            points[table.step().ordinal()] = table.most(known);
        }
        return points;
    }

    /** What is known of a candidate. */
    private static final class Known {
        private final Assessment it;
        private final Set<Source> sources;
        private final boolean mayFit;
        private final @Nullable Double leastUsd; // a month

        Known(Assessment it, Set<Source> sources, boolean mayFit) {
            this.it = it;
            this.sources = sources;
            this.mayFit = mayFit;
            Double usd = sources.contains(Source.WAY) ? it.cost().exactMonthlyUsd() : null;
            this.leastUsd = usd == null ? null : usd * (1 - ROUNDING);
        }

        /** Null where it is not known. */
        @Nullable
        Boolean meets(Column column, Condition condition) {
            if (sources.contains(column.source()) || !it.skillsAreKnown() && column.source() == Source.SKILLS) {
                return condition.holds(column.value().apply(it));
            }
            if (!mayFit && column.source() == Source.FIT) {
                return condition.holds("no");
            }
            boolean isTooDear = leastUsd != null
                    && column.source() == Source.MONTH
                    && condition instanceof Condition.Within span
                    && span.high() < leastUsd;
            return isTooDear ? false : null;
        }

        /** Of a line over what is known, its value there; else its higher end, which one over the cost need not reach. */
        double most(Points points) {
            if (sources.contains(points.over().source())) {
                return points.of(it);
            }
            boolean falls = leastUsd != null
                    && points.over().source() == Source.MONTH
                    && points.range().low() < leastUsd;
            return Math.max(falls ? points.at(leastUsd) : points.from(), points.to());
        }
    }

    /** The cells of a table that ask for something. */
    private record Table(Step step, List<Row> rows) {
        record Cell(Column column, Condition condition) {}

        record Row(List<Cell> cells, Points points) {}

        static Table of(PolicyTable table) {
            return new Table(
                    table.step(),
                    table.rows().stream().map(row -> row(table, row)).toList());
        }

        private static Row row(PolicyTable table, PolicyRow row) {
            return new Row(
                    IntStream.range(0, table.columns().size())
                            .filter(i -> !(row.conditions().get(i) instanceof Condition.Any))
                            .mapToObj(i -> new Cell(
                                    table.columns().get(i), row.conditions().get(i)))
                            .toList(),
                    row.points());
        }

        double most(Known known) {
            double most = 0;
            for (Row row : rows) {
                Boolean meets = meets(row, known);
                if (meets == null || meets) {
                    most = Math.max(most, known.most(row.points()));
                }
                if (meets != null && meets) {
                    break;
                }
            }
            return most;
        }

        private static @Nullable Boolean meets(Row row, Known known) {
            Boolean meets = true;
            for (Cell each : row.cells()) {
                Boolean one = known.meets(each.column(), each.condition());
                if (one != null && !one) {
                    return false;
                }
                meets = one == null ? null : meets;
            }
            return meets;
        }
    }
}
