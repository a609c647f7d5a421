package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

class SweepTest {
    private static final String CHAT = """
            {"workload": {"type": "production", "model": "llama-3.1-8b"},
             "candidates": [{"hardware": "nvidia-l4", "acquisition": "rent"},
                            {"hardware": "mac-studio-m5-max-40c-gpu-128gb"}, {"hardware": "nvidia-rtx-5090"}]}""";

    private final Decider decider = TestWorkspace.decider();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            concurrency               | 1..16              | 1 2 4 8 16
            concurrency               | 3..20              | 3 4 8 16 20
            workload.concurrency      | 5,1,5              | 5 1
            contextTokens             | 1000..4000/1000,-  | 1000 2000 3000 4000 null
            utilization               | 0.1..0.5/0.2       | 0.1 0.3 0.5
            monthlyUsd                | 100..10000:3       | 100.0 1000.0 10000.0
            offline                   | yes,no             | true false
            skills                    | linux+cuda,none    | [LINUX, CUDA] []
            type                      | batch,evaluation   | BATCH EVALUATION
            quantization              | fp8                | fp8
            model                     | qwen3-8b,qwen3-14b,gemma-3-12b | qwen3-8b qwen3-14b gemma-3-12b
            """)
    void values_are_lists_doublings_steps_and_ratios(String field, String written, String expected) {
        Grid grid = grid(new VariedField(field, written, new Place.Pointer("/vary")))
                .value();
        assertThat(grid).isNotNull();
        List<String> values =
                grid.axes().get(0).values().stream().map(String::valueOf).toList();
        assertThat(String.join(" ", values)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            concurency   | 1..16       | unknown-field  | concurrency
            concurrency  | 16..1       | out-of-range   | smaller number first
            concurrency  | 1..9/0.5    | out-of-range   | whole step
            concurrency  | 1.5         | wrong-type     | whole number
            monthlyUsd   | 0..100      | out-of-range   | cannot be doubled
            type         | prodution   | unknown-choice | production
            offline      | maybe       | wrong-type     | true or false
            concurrency  | 1..9999999/1 | grid-too-large | at most 1,000
            """)
    void what_cannot_be_varied_is_said_with_its_cure(String field, String written, String code, String says) {
        Imported<@Nullable Grid> read = grid(new VariedField(field, written, new Place.Pointer("/vary")));
        assertThat(read.value()).isNull();
        assertThat(read.problems()).extracting(Problem::code).containsExactly(code);
        assertThat(read.problems().get(0).message()).contains(says);
    }

    @Test
    void models_are_varied_like_any_other_field() {
        Grid grid = grid(new VariedField("model", "qwen3-8b,gemma-3-12b,gemma-99", new Place.Pointer("/vary")))
                .value();
        assertThat(grid).isNotNull();
        List<SweepPoint> points = points(grid, 0);
        assertThat(points).hasSize(3);
        assertThat(points.get(0).winner().assessment().model().id()).isEqualTo("qwen3-8b");
        assertThat(points.get(1).winner().assessment().model().id()).isEqualTo("gemma-3-12b");
        assertThat(points.get(2).problem()).contains("gemma-99");
    }

    @Test
    void each_point_is_decided_as_its_request_alone() {
        Grid grid = grid(
                        new VariedField("concurrency", "1..64", new Place.Pointer("/a")),
                        new VariedField("inputTokens", "500,8000", new Place.Pointer("/b")))
                .value();
        assertThat(grid).isNotNull();
        List<SweepPoint> points = points(grid, 0);
        assertThat(points).hasSize(14);
        assertThat(points.get(3).values()).containsExactly(2, 8000);
        for (SweepPoint point : points) {
            DecisionRequest alone = grid.request(point.number());
            assertThat(alone.workload().concurrency()).isEqualTo(point.values().get(0));
            List<Recommendation> suitable = decider.decide(alone).value().ranked().stream()
                    .filter(each -> !each.isRuledOut())
                    .toList();
            assertThat(point.outcome()).isEqualTo(suitable.isEmpty() ? "nothing-suitable" : "recommended");
            if (point.winner() != null) {
                assertThat(point.winner().score()).isEqualTo(suitable.get(0).score());
                assertThat(point.winner().assessment().hardware().id())
                        .isEqualTo(suitable.get(0).assessment().hardware().id());
            }
        }
    }

    @Test
    void a_sweep_goes_on_where_it_ended() {
        Grid grid = grid(new VariedField("concurrency", "1..32", new Place.Pointer("/a")))
                .value();
        assertThat(grid).isNotNull();
        List<SweepPoint> all = points(grid, 0);
        List<SweepPoint> rest = points(grid, 4);
        assertThat(rest).hasSize(all.size() - 4);
        assertThat(rest.get(0).number()).isEqualTo(4);
        assertThat(rest)
                .extracting(SweepPoint::behind)
                .isEqualTo(all.stream().skip(4).map(SweepPoint::behind).toList());
    }

    @Test
    void a_point_that_makes_no_sense_says_why_and_the_others_are_decided() {
        Grid grid = grid(new VariedField("model", "llama-3.1-8b,lama-3.1-8b", new Place.Pointer("/a")))
                .value();
        assertThat(grid).isNotNull();
        List<SweepPoint> points = points(grid, 0);
        assertThat(points).extracting(SweepPoint::outcome).containsExactly("recommended", "not-decided");
        assertThat(points.get(1).problem()).contains("llama-3.1-8b");
    }

    private List<SweepPoint> points(Grid grid, int from) {
        List<SweepPoint> points = new ArrayList<>();
        Sweep.run(decider, grid, from, points::add);
        return points;
    }

    private static Imported<@Nullable Grid> grid(VariedField... varied) {
        return Sweep.grid(request(), List.of(varied), 1_000);
    }

    private static DecisionRequest request() {
        try {
            return RequestReader.read(CHAT, LocalDate.of(2026, 11, 22))
                    .requests()
                    .get(0)
                    .value();
        } catch (quartermaster.json.BadJsonException e) {
            throw new AssertionError(e);
        }
    }
}
