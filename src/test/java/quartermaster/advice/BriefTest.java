package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.advice.Brief.Need;
import quartermaster.decision.Decision;
import quartermaster.decision.Policy;
import quartermaster.decision.Threshold;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.json.BadJsonException;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Records;

/** What is on the page that somebody signs. */
class BriefTest {
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final Policy POLICY = DECIDER.rules().policy();
    private static final Decision OPEN = decide("""
            {"workload": {"type": "internal-tool", "namedUsers": 30, "minDecodeTokensPerSecond": 20}}""");
    private static final Advice ADVICE = new Advisor(DECIDER).of(OPEN);

    @Test
    void every_assumption_that_would_give_another_winner_is_told() {
        List<String> assumed =
                OPEN.assumptions().stream().map(Assumption::field).toList();
        List<Flip> flips = ADVICE.flips().stream()
                .filter(each -> assumed.contains(each.field()) && !each.isCoinFlip())
                .toList();
        assertThat(flips).hasSizeGreaterThan(3);
        Brief brief = Brief.of(OPEN, ADVICE, POLICY, 1);
        String told = Stream.concat(brief.questions().stream(), brief.assumptions().stream())
                .collect(Collectors.joining("\n"));
        assertThat(flips)
                .allSatisfy(each -> assertThat(told)
                        .contains(
                                each.to() instanceof Number
                                        ? FieldWords.condition(each)
                                        : FieldWords.value(each.field(), each.to()))
                        .contains(each.outcome()));
    }

    @Test
    void a_need_is_met_only_just_where_it_is_missed_at_the_slow_end() {
        assertThat(met(true, 20.0, 22.0, 21.0)).isEqualTo("yes");
        assertThat(met(true, 20.0, 22.0, 17.0)).isEqualTo("only just");
        assertThat(met(true, 20.0, 19.0, 17.0)).isEqualTo("missed");
        assertThat(met(false, 2.0, 1.2, 2.4)).isEqualTo("only just");
        assertThat(met(false, 2.0, null, null)).isEqualTo("nobody knows");
        assertThat(met(false, null, 1.2, 2.4)).isEqualTo("nothing was asked");
    }

    @Test
    void without_the_threshold_it_says_that_nobody_knows_from_when_on_a_price_is_old() {
        Policy without = Records.with(
                POLICY,
                "thresholds",
                POLICY.thresholds().stream()
                        .filter(each -> !each.name().equals(Threshold.STALE_PRICE))
                        .toList());
        assertThat(Brief.of(OPEN, ADVICE, without, 1).before())
                .contains("The policy has no threshold \"stale price\": nobody says from when on a price is old.");
    }

    private static String met(
            boolean atLeast, @Nullable Double asked, @Nullable Double typical, @Nullable Double pessimistic) {
        return new Need("speed", Brief.Unit.TOKENS_PER_SECOND, asked, atLeast, typical, pessimistic).met();
    }

    private static Decision decide(String json) {
        try {
            DecisionRequest request = RequestReader.read(json, TestWorkspace.TODAY)
                    .requests()
                    .get(0)
                    .value();
            return Objects.requireNonNull(
                    DECIDER.decide(Objects.requireNonNull(request)).value());
        } catch (BadJsonException e) {
            throw new AssertionError(e);
        }
    }
}
