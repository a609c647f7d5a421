package quartermaster.decision.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quartermaster.ChangedCells;
import quartermaster.DrawnRequests;
import quartermaster.TestWorkspace;
import quartermaster.advice.Headline;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Deployment;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.unit.Records;

/** What must hold of every answer, whatever is asked: requests drawn at random, the same ones each time. */
class RandomRequestsTest {
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final int REQUESTS = Integer.getInteger("quartermaster.requests", 60);
    private static final Decider PRICED = pricesTimes(1);
    private static final Decider DEARER = pricesTimes(2);
    private static final Decider CHEAPER = pricesTimes(1 / 3.0);
    private static final List<WorkloadType> SERVED =
            List.of(WorkloadType.EVALUATION, WorkloadType.INTERNAL_TOOL, WorkloadType.PRODUCTION);

    /** Tests ask the same requests. */
    private static final Map<DecisionRequest, Judged> JUDGED = new HashMap<>();

    private static final Map<DecisionRequest, Decision> DECISIONS = new HashMap<>();

    static List<DecisionRequest> requests() {
        return DrawnRequests.of(REQUESTS, SERVED);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void parts_are_the_total_and_nobody_carries_less_than_a_request(DecisionRequest asked) {
        Decision decision = decision(asked);
        for (Recommendation each : decision.ranked()) {
            Assessment it = each.assessment();
            Cost.Breakdown parts = it.cost().breakdown();
            if (parts != null) {
                assertThat(parts.totalUsd()).isCloseTo(requireNonNull(it.monthlyUsd()), within(0.005));
            }
            assertThat(it.replicasForLoad()).isLessThanOrEqualTo(Math.max(1, it.concurrency()));
            assertThat(each.steps().stream().mapToDouble(step -> step.score()).sum())
                    .isCloseTo(each.score(), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_lower_need_never_costs_more(DecisionRequest asked) {
        DecisionRequest lower = asked;
        Workload work = asked.workload();
        lower = work.concurrency() != null
                ? Records.with(lower, "workload.concurrency", Math.max(1, work.concurrency() / 2))
                : Records.with(lower, "workload.requestsPerDay", requireNonNull(work.requestsPerDay()) / 2);
        OptionalDouble more = judged(asked).cheapestUsd();
        OptionalDouble less = judged(lower).cheapestUsd();
        if (more.isPresent()) {
            assertThat(less).isPresent();
            assertThat(less.getAsDouble()).isLessThanOrEqualTo(more.getAsDouble() * 1.001);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void the_headline_names_what_is_picked(DecisionRequest asked) {
        Decision decision = decision(asked);
        decision.recommended()
                .ifPresent(best -> assertThat(Headline.of(decision, null))
                        .containsIgnoringCase(DeploymentWords.machines(best.assessment())));
    }

    /** The program's catalogue and policy with another price level, of machines and tokens, of work, power and place. */
    private static Decider pricesTimes(double factor) {
        Imported<Catalogue> read = ChangedCells.read(Set.of("Hardware", "Hosts", "Offers", "Defaults"), book -> {
            for (String name : List.of("Hardware", "Hosts", "Offers")) {
                XSSFSheet sheet = book.getSheet(name);
                for (Cell header : sheet.getRow(0)) {
                    if (header.getStringCellValue().contains("USD")) {
                        sheet.forEach(row -> scale(row.getCell(header.getColumnIndex()), factor));
                    }
                }
            }
            for (String name : List.of("electricityUsdPerKwh", "colocationUsdPerKwMonth", "adminUsdPerHour")) {
                scale(ChangedCells.cell(book.getSheet("Defaults"), name, "Value"), factor);
            }
        });
        return ChangedCells.decider(read.value(), Map.of());
    }

    private static void scale(@Nullable Cell cell, double factor) {
        if (cell != null && cell.getCellType() == CellType.NUMERIC) {
            cell.setCellValue(cell.getNumericCellValue() * factor);
        }
    }

    /** What two tests ask of all that is judged for one request. */
    private record Judged(OptionalDouble cheapestUsd, List<Candidate> someBought) {
        static Judged of(DecisionRequest asked) {
            List<Recommendation> variants = DECIDER.variants(asked);
            return new Judged(
                    variants.stream()
                            .filter(each -> !each.isRuledOut())
                            .map(each -> each.assessment().monthlyUsd())
                            .filter(Objects::nonNull)
                            .mapToDouble(Double::doubleValue)
                            .min(),
                    bought(variants).values().stream()
                            .filter(each -> each.assessment().purchaseUsd() != null)
                            .limit(4)
                            .map(each -> candidate(each.assessment().deployment()))
                            .toList());
        }
    }

    /** Everything twice as dear, or a third as dear. */
    @ParameterizedTest
    @MethodSource("requests")
    void prices_scaled_by_one_factor_leave_what_is_bought_in_its_order(DecisionRequest asked) {
        Map<String, Recommendation> now = bought(PRICED.variants(asked));
        for (Decider scaled : List.of(DEARER, CHEAPER)) {
            Map<String, Recommendation> then = bought(scaled.variants(asked));
            List<Double> moved = new ArrayList<>();
            now.forEach((name, each) -> {
                Recommendation other = then.get(name);
                if (other != null && isOnTheLine(each) && isOnTheLine(other)) {
                    moved.add(other.score() - each.score());
                }
            });
            moved.forEach(points -> assertThat(points).isCloseTo(moved.get(0), within(1e-6)));
            if (moved.size() == now.size() && now.keySet().equals(then.keySet())) {
                assertThat(order(then)).isEqualTo(order(now));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_dearer_variant_that_is_no_better_changes_nothing(DecisionRequest asked) {
        List<Candidate> some = judged(asked).someBought();
        if (some.isEmpty()) {
            return;
        }
        Candidate first = some.get(0);
        List<Candidate> more = new ArrayList<>(some);
        more.add(first.with("priceUsd", 1.5 * requireNonNull(first.priceUsd())));
        Decision without = decision(Records.with(asked, "candidates", some));
        Decision with = decision(Records.with(asked, "candidates", more));

        List<Double> scores = with.ranked().stream()
                .filter(each -> each.assessment().deployment().group() < some.size())
                .map(Recommendation::score)
                .toList();
        assertThat(scores)
                .isEqualTo(without.ranked().stream().map(Recommendation::score).toList());
        assertThat(with.recommended().map(each -> each.assessment().deployment()))
                .isEqualTo(without.recommended().map(each -> each.assessment().deployment()));
    }

    /** As it was judged, at its own price. */
    private static Candidate candidate(Deployment of) {
        return new Candidate(
                of.hardware().id(),
                of.devices(),
                null,
                Acquisition.BUY,
                null,
                of.engine().id(),
                of.quantization().id(),
                of.hardware().priceUsd().orElseThrow(),
                null);
    }

    private static List<String> order(Map<String, Recommendation> bought) {
        return Decider.best(List.copyOf(bought.values())).stream()
                .map(RandomRequestsTest::name)
                .toList();
    }

    private static String name(Recommendation each) {
        Deployment of = each.assessment().deployment();
        return DeploymentWords.how(each.assessment())
                + of.engine().id()
                + of.quantization().id();
    }

    private static boolean isOnTheLine(Recommendation each) {
        double usd = requireNonNull(each.assessment().monthlyUsd());
        return usd > 1 && usd <= 1e7;
    }

    private static Map<String, Recommendation> bought(List<Recommendation> variants) {
        Map<String, Recommendation> bought = new LinkedHashMap<>();
        for (Recommendation each : variants) {
            if (!each.isRuledOut()
                    && each.assessment().isBought()
                    && each.assessment().monthlyUsd() != null) {
                bought.put(name(each), each);
            }
        }
        return bought;
    }

    private static Judged judged(DecisionRequest asked) {
        return JUDGED.computeIfAbsent(asked, Judged::of);
    }

    private static Decision decision(DecisionRequest asked) {
        return DECISIONS.computeIfAbsent(
                asked, it -> requireNonNull(DECIDER.decide(it).value()));
    }

    @AfterAll
    static void forgetAnswers() {
        JUDGED.clear();
        DECISIONS.clear();
    }
}
