package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.Named;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.json.BadJsonException;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestFields;
import quartermaster.unit.Records;

class AdvisorTest {
    private static final String CHAT = """
            {"workload": {"type": "internal-tool", "concurrency": 5, "inputTokens": 3000},
             "team": {"skills": ["macos", "python-ml"]}}""";
    private static final String ANY = """
            {"workload": {"type": "internal-tool", "models": ["any"], "concurrency": 5, "inputTokens": 3000},
             "team": {"skills": ["macos", "python-ml"]}}""";
    private static final String SOME = """
            {"workload": {"type": "internal-tool", "models": ["qwen3.6-35b-a3b", "gemma-4-31b", "gpt-oss-120b"],
                          "use": "code", "namedUsers": 30},
             "constraints": {"dataMustStay": true}, "team": {"skills": ["linux", "cuda"]}}""";
    private static final String TEAM = """
            {"workload": {"type": "internal-tool", "model": "qwen3.6-35b-a3b", "namedUsers": 60},
             "team": {"skills": ["linux", "cuda"]}}""";
    private static final String CUSTOMERS = """
            {"workload": {"type": "production", "model": "llama-3.1-70b", "namedUsers": 2000},
             "budget": {"monthlyUsd": 30000}, "team": {"skills": ["linux", "cuda", "kubernetes"]}}""";
    private static final String NAMED = """
            {"workload": {"type": "evaluation", "model": "llama-3.1-70b", "quantization": "q4_k_m"},
             "candidates": [{"hardware": "mac-studio-m3-ultra-80c-gpu-256gb"},
                            {"hardware": "nvidia-rtx-3090", "devices": 2},
                            {"hardware": "nvidia-rtx-4090", "devices": 2}]}""";
    private static final String LEVEL = """
            {"workload": {"type": "internal-tool", "model": "llama-3.3-70b", "concurrency": 2, "inputTokens": 6000},
             "candidates": [{"hardware": "nvidia-rtx-a6000"}, {"hardware": "nvidia-rtx-6000-ada-48gb"}]}""";
    private static final String TOO_POOR = """
            {"workload": {"type": "production", "model": "llama-3.1-70b", "concurrency": 200},
             "budget": {"monthlyUsd": 1500}}""";

    private static final Map<String, Advised> ADVISED = new HashMap<>(); // by request

    private final Decider decider = TestWorkspace.decider();

    private record Advised(Decision decision, Advice advice) {}

    @ParameterizedTest
    @ValueSource(strings = {CHAT, CUSTOMERS, NAMED, TOO_POOR, ANY, SOME})
    void every_flip_flips_and_what_is_a_little_nearer_does_not(String json) throws Exception {
        Decision decision = advised(json).decision();
        Optional<Contender> today = winner(decision.asked());
        List<Flip> flips = advised(json).advice().flips();
        assertThat(flips).isNotEmpty();
        for (Flip flip : flips) {
            DecisionRequest flipped = set(decision.asked(), flip.field(), flip.to());
            assertThat(winner(flipped))
                    .as("%s = %s", flip.field(), flip.to())
                    .isNotEqualTo(today)
                    .isEqualTo(Optional.ofNullable(flip.contender()));
            if (flip.to() instanceof Number to) {
                DecisionRequest before = set(decision.asked(), flip.field(), before(decision, flip, to));
                assertThat(winner(before))
                        .as("just before %s = %s", flip.field(), to)
                        .isEqualTo(today);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, CUSTOMERS, NAMED, ANY})
    void every_question_is_about_something_unsaid_and_its_value_flips(String json) throws Exception {
        Decision decision = advised(json).decision();
        Optional<Contender> today = winner(decision.asked());
        List<Question> questions = advised(json).advice().questions();
        assertThat(questions).isNotEmpty();
        for (Question question : questions) {
            String path = question.field().replace("team.", "");
            assertThat(Records.get(decision.asked(), path)).as(path).isIn(null, false);
            Object flipsAt = question.flipsAt();
            if (flipsAt != null) {
                Optional<Contender> then = winner(set(decision.asked(), question.field(), flipsAt));
                assertThat(then).as("%s = %s", path, flipsAt).isNotEqualTo(today);
                assertThat(then.map(each -> each.candidate().acquisition()))
                        .isEqualTo(Optional.ofNullable(question.candidate()).map(Candidate::acquisition));
                assertThat(then.map(Contender::candidate).filter(each -> each.acquisition() != Acquisition.API))
                        .isEqualTo(Optional.ofNullable(question.candidate())
                                .filter(each -> each.acquisition() != Acquisition.API));
            }
        }
    }

    @Test
    void what_would_make_a_candidate_win_does() throws Exception {
        Decision decision = advised(NAMED).decision();
        List<Advice.Chance> chances = advised(NAMED).advice().wins();
        assertThat(chances).hasSize(2);
        assertThat(chances).anySatisfy(each -> assertThat(each.flips()).isNotEmpty());
        for (Advice.Chance chance : chances) {
            Candidate wanted = decision.asked()
                    .candidates()
                    .get(chance.candidate().assessment().deployment().group());
            for (Flip flip : chance.flips()) {
                assertThat(winner(set(decision.asked(), flip.field(), flip.to())))
                        .as("%s = %s", flip.field(), flip.to())
                        .contains(new Contender(wanted, null));
            }
        }
    }

    @Test
    void owning_and_renting_are_weighed_against_each_other() throws Exception {
        List<Flip> flips = advised(CUSTOMERS).advice().flips();
        assertThat(flips).anySatisfy(flip -> {
            assertThat(flip.field()).isEqualTo("constraints.acquisition");
            assertThat(flip.becomes().assessment().acquisition()).isEqualTo(flip.to());
        });
    }

    @Test
    void the_same_decision_gets_the_same_advice() throws Exception {
        Decision decision = advised(CHAT).decision();
        String once = DecisionWriter.write(decision, advised(CHAT).advice());
        String again = DecisionWriter.write(decision, new Advisor(decider).of(decision));
        assertThat(again).isEqualTo(once).contains("\"stability\"", "\"winsIf\"");
    }

    @Test
    void nothing_suitable_comes_with_the_smallest_change_that_helps() throws Exception {
        assertThat(advised(TOO_POOR).decision().hasRecommendation()).isFalse();
        Advice advice = advised(TOO_POOR).advice();
        assertThat(advice.flips()).anySatisfy(flip -> {
            assertThat(flip.field()).isEqualTo("budget.monthlyUsd");
            assertThat(flip.becomes()).isNotNull();
        });
        assertThat(advice.plan()).isNotNull();
        assertThat(advice.stability()).isNull();
    }

    @Test
    void customers_are_served_from_elsewhere_than_where_a_model_is_tried_out() throws Exception {
        String inHouse = CUSTOMERS.replace("\"budget\"", "\"constraints\": {\"dataMustStay\": true}, \"budget\"");
        Plan plan = advised(inHouse).advice().plan();
        assertThat(plan).isNotNull();
        assertThat(plan.stages()).hasSizeGreaterThan(1);
        assertThat(plan.stages().get(0).from()).isEqualTo("now");
        assertThat(plan.stages().get(plan.stages().size() - 1).until()).isNull();
        assertThat(plan.stages().get(0).does()).startsWith("Develop");
    }

    @ParameterizedTest
    @ValueSource(strings = {TEAM, CUSTOMERS})
    void the_plan_grows_with_the_first_request_for_which_sizing_counts_another_replica(String json) throws Exception {
        Decision decision = advised(json).decision();
        Recommendation best = decision.ranked().get(0);
        ChangedRequests trials = new ChangedRequests(decider, decision.asked());
        Growth growth = Growth.of(
                        trials,
                        decision.request(),
                        trials.winner().orElseThrow().recommendation())
                .orElseThrow();
        assertThat(growth.concurrency())
                .isGreaterThan(
                        Objects.requireNonNull(decision.request().workload().concurrency()));
        int chosen = best.assessment().replicas();
        assertThat(sized(decision, best, growth.concurrency() - 1).replicas()).isEqualTo(chosen);
        assertThat(sized(decision, best, growth.concurrency()).replicas()).isEqualTo(chosen + 1);
        Recommendation then = growth.added() == null ? growth.moved() : growth.added();
        assertThat(then).isNotNull();
        assertThat(then.isRuledOut()).isFalse();
        if (growth.added() != null) {
            assertThat(then.assessment().hardware()).isEqualTo(best.assessment().hardware());
            assertThat(then.assessment().replicas()).isEqualTo(best.assessment().replicas() + 1);
        }
        assertThat(advised(json).advice().plan().stages())
                .extracting(Plan.Stage::from)
                .contains(FieldWords.value("workload.concurrency", growth.concurrency()));
    }

    /** The same with as many replicas as are counted for so many requests. */
    private Assessment sized(Decision decision, Recommendation chosen, int concurrency) {
        Assessment it = chosen.assessment();
        Candidate fixed = new Candidate(
                it.hardware().id(),
                it.devices(),
                null,
                it.acquisition(),
                null,
                it.engineId(),
                it.quantization().id(),
                null,
                null);
        DecisionRequest more = Records.with(
                Records.with(decision.asked(), "candidates", List.of(fixed)), "workload.concurrency", concurrency);
        List<Recommendation> judged = decider.ranking(more);
        assertThat(judged).hasSize(1);
        return judged.get(0).assessment();
    }

    @Test
    void a_hosted_api_that_is_cheaper_is_said_and_whether_data_may_leave_is_asked() throws Exception {
        String request = """
                {"workload": {"type": "evaluation", "model": "llama-3.3-70b"}, "constraints": {"dataMustStay": %s}}""";
        Advice open = advised(String.format(request, false)).advice();
        assertThat(open.pickReasons()).containsKey("hostedApi");
        assertThat(open.plan().stages()).anyMatch(each -> each.does().contains("hosted API") && each.with() == null);
        assertThat(open.questions()).extracting(Question::field).contains("constraints.dataMustStay");
        Advice kept = advised(String.format(request, true)).advice();
        assertThat(kept.pickReasons()).doesNotContainKey("hostedApi");
        assertThat(kept.plan().stages()).noneMatch(each -> each.does().contains("hosted API"));
    }

    @Test
    void draws_of_neighbouring_seeds_differ() throws Exception {
        Stability stability = advised(LEVEL).advice().stability();
        assertThat(stability.staysFirstPercent()).isBetween(20.0, 80.0);
        assertThat(stability.rivalFirstPercent()).isBetween(20.0, 80.0);
    }

    @Test
    void what_is_owned_and_suffices_is_a_pick_with_its_reason() throws Exception {
        Advised advised = advised("""
                {"workload": {"type": "evaluation", "model": "qwen3.6-35b-a3b"},
                 "constraints": {"owned": [{"hardware": "nvidia-rtx-3090", "devices": 2}], "dataMustStay": true}}""");
        Decision decision = advised.decision();
        assertThat(decision.picks().owned())
                .isNotNull()
                .isEqualTo(decision.picks().best());
        assertThat(decision.ranked().get(0).assessment().isOwned())
                .as("points order the ranking")
                .isFalse();
        assertThat(decision.picks().runnerUp()).isEqualTo(1);
        Map<String, String> reasons = advised.advice().pickReasons();
        assertThat(reasons.get("best"))
                .startsWith("You have it, and it meets the need; it costs $")
                .endsWith("It is also the cheapest.");
        assertThat(reasons).doesNotContainKeys("owned", "cheapest");
        assertThat(Headline.of(decision, advised.advice()))
                .startsWith("Use owned 2× NVIDIA RTX 3090 ")
                .contains("You have it, and it suffices; the alternative is to buy ");
        assertThat(advised.advice().plan().stages().get(0).does()).startsWith("Use owned 2× NVIDIA RTX 3090");
    }

    /** Flips, questions and the plan go by what is recommended: by the points alone something else leads already. */
    @Test
    void what_is_owned_flips_where_the_plan_says_that_it_is_full() throws Exception {
        Advice advice = advised("""
                {"workload": {"type": "evaluation", "model": "llama-3.3-70b"},
                 "constraints": {"owned": [{"hardware": "mac-studio-m4-max-40c-gpu-128gb"}]},
                 "team": {"skills": ["macos"]}}""").advice();
        Flip more = advice.flips().stream()
                .filter(each -> each.field().equals("workload.concurrency"))
                .findFirst()
                .orElseThrow();
        assertThat(more.becomes().assessment().isOwned()).isFalse();
        Plan.Stage first = advice.plan().stages().get(0);
        assertThat(first.does()).startsWith("Use owned Mac Studio M4 Max").endsWith("it meets the need.");
        assertThat(first.until())
                .startsWith(FieldWords.value("workload.concurrency", more.to()) + ", or the day when ");
        assertThat(advice.plan().stages().get(1).with().assessment().hardware())
                .isEqualTo(more.becomes().assessment().hardware());
    }

    @Test
    void who_asks_what_to_buy_is_told_what_to_buy() throws Exception {
        Decision decision = advised("""
                {"workload": {"type": "evaluation", "model": "qwen3.6-35b-a3b"},
                 "constraints": {"owned": [{"hardware": "nvidia-rtx-3090", "devices": 2}], "acquisition": "buy"}}""").decision();
        assertThat(decision.picks().best()).isEqualTo(1);
        assertThat(decision.recommended().orElseThrow().assessment().isBought()).isTrue();
    }

    /** The ranking goes by typical figures; where another one holds in most draws, text and picks say that one. */
    @ParameterizedTest
    @ValueSource(strings = {CHAT, TEAM, CUSTOMERS, NAMED, LEVEL, ANY, SOME})
    void what_is_recommended_is_never_what_the_text_calls_the_riskier(String json) throws Exception {
        Advised advised = advised(json);
        Stability stability = Objects.requireNonNull(advised.advice().stability());
        Decision decision = advised.decision().with(advised.advice().picks());
        var recommended = decision.recommended().orElseThrow().assessment().deployment();
        var expected = stability.isRivalSafer()
                ? Objects.requireNonNull(stability.rival())
                : decision.ranked().get(0);
        assertThat(recommended).isEqualTo(expected.assessment().deployment());
        assertThat(Headline.of(advised.decision(), advised.advice()))
                .startsWith(capital(DeploymentWords.how(expected.assessment())));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {ANY, SOME})
    void where_models_are_compared_there_is_a_plan_and_draws_and_what_would_make_others_win(String json)
            throws Exception {
        Advice advice = advised(json).advice();
        assertThat(Objects.requireNonNull(advice.plan()).stages()).isNotEmpty();
        assertThat(Objects.requireNonNull(advice.stability()).draws()).isGreaterThanOrEqualTo(200);
        assertThat(advice.wins()).anySatisfy(each -> assertThat(each.flips()).isNotEmpty());
    }

    @Test
    void shares_of_the_draws_are_shares() throws Exception {
        Stability stability = advised(CHAT).advice().stability();
        assertThat(stability).isNotNull();
        assertThat(stability.draws()).isGreaterThanOrEqualTo(200);
        assertThat(stability.staysFirstPercent() + stability.rivalFirstPercent())
                .isBetween(0.0, 100.0 + 1e-9);
        assertThat(stability.inputs()).hasSizeLessThanOrEqualTo(3);
        assertThat(stability.staysFirstPercent()).isCloseTo(50, within(50.0));
    }

    /** The decision and its advice, which takes seconds and is always the same. */
    private Advised advised(String json) throws BadJsonException {
        Advised known = ADVISED.get(json);
        if (known != null) {
            return known;
        }
        DecisionRequest request = RequestReader.read(json, LocalDate.of(2026, 11, 24))
                .requests()
                .get(0)
                .value();
        assertThat(request).isNotNull();
        Decision decision = decider.decide(request).value();
        assertThat(decision).isNotNull();
        Advised advised = new Advised(decision, new Advisor(decider).of(decision));
        ADVISED.put(json, advised);
        return advised;
    }

    /** One unit nearer to the value of now, or 1 % for what is no whole number. */
    private static Object before(Decision decision, Flip flip, Number to) {
        boolean whole = RequestFields.get(flip.field()).isWhole();
        Number from = flip.from() instanceof Number said ? said : null;
        boolean up = from == null
                ? flip.field().equals("workload.minDecodeTokensPerSecond")
                : to.doubleValue() > from.doubleValue();
        if (whole) {
            return to.intValue() + (up ? -1 : 1);
        }
        double back = up ? to.doubleValue() / 1.01 : to.doubleValue() * 1.01;
        if (from == null) {
            return back;
        }
        return up ? Math.max(from.doubleValue(), back) : Math.min(from.doubleValue(), back);
    }

    private static DecisionRequest set(DecisionRequest asked, String field, Object value) {
        Object typed = value instanceof Collection<?> many
                ? many.stream().collect(Collectors.toSet())
                : value instanceof Named row ? row.id() : value;
        return Records.with(asked, field.replace("team.", ""), typed);
    }

    /** Asked again, with all candidates and nothing of what the search uses. */
    private Optional<Contender> winner(DecisionRequest request) {
        return decider.decide(request).value().ranked().stream().findFirst().map(each -> named(request, each));
    }

    private static Contender named(DecisionRequest request, Recommendation each) {
        var deployment = each.assessment().deployment();
        Candidate candidate = request.candidates().isEmpty()
                ? Candidate.of(
                                each.assessment().isHosted()
                                        ? HostedApi.KIND
                                        : deployment.hardware().id())
                        .with("acquisition", deployment.acquisition())
                : request.candidates().get(deployment.group());
        return new Contender(
                candidate,
                each.assessment().comparesModels() ? each.assessment().model().id() : null);
    }
}
