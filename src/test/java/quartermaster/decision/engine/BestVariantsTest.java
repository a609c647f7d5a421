package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.DrawnRequests;
import quartermaster.TestWorkspace;
import quartermaster.decision.Recommendation;
import quartermaster.decision.rules.RuleFile;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.request.Acquisition;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

class BestVariantsTest {
    private static final Decider DECIDER = TestWorkspace.decider();

    static List<DecisionRequest> requests() {
        Constraints strict = Records.with(Records.with(Constraints.NONE, "dataMustStay", true), "mobile", true);
        List<DecisionRequest> requests = new ArrayList<>();
        for (WorkloadType type : WorkloadType.values()) {
            for (Integer concurrency : new Integer[] {null, 1, 30, 3_000}) {
                requests.add(Requests.request(type, concurrency, List.of()));
                requests.add(Requests.request(type, null, concurrency, Requests.TWELVE, strict));
            }
        }
        return requests;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whoever_is_not_asked_about_could_not_have_led(DecisionRequest asked) {
        List<Recommendation> ofAll = Decider.best(DECIDER.variants(asked));
        List<Recommendation> ranking = DECIDER.ranking(asked);
        assertThat(ranking).hasSameSizeAs(ofAll);
        for (int i = 0; i < ranking.size(); i++) {
            Recommendation one = ranking.get(i);
            Recommendation other = ofAll.get(i);
            assertThat(one.assessment().deployment())
                    .isEqualTo(other.assessment().deployment());
            assertThat(one.verdict()).isEqualTo(other.verdict());
            assertThat(one.score()).isEqualTo(other.score());
            assertThat(one.steps()).isEqualTo(other.steps());
            assertThat(one.findings())
                    .usingRecursiveComparison()
                    .ignoringFields("values")
                    .isEqualTo(other.findings());
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_variant_scores_as_it_does_alone_whichever_others_share_its_estimate(DecisionRequest asked) {
        List<Recommendation> together = DECIDER.variants(asked);
        for (int i = 0; i < together.size(); i += 7) { // of each candidate some
            Recommendation one = together.get(i);
            assertThat(one.steps())
                    .isEqualTo(DECIDER.judge(List.of(one.assessment())).get(0).steps());
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void who_leads_is_found_without_judging_all(DecisionRequest asked) {
        List<Recommendation> ranking = DECIDER.ranking(asked);
        List<Recommendation> leading = DECIDER.leading(asked);
        assertThat(leading.size()).isLessThanOrEqualTo(ranking.size());
        assertThat(DECIDER.recommended(asked, leading)
                        .map(each -> each.assessment().deployment()))
                .isEqualTo(DECIDER.recommended(asked, ranking)
                        .map(each -> each.assessment().deployment()));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void what_scores_lower_than_one_that_is_known_could_not_have_led(DecisionRequest asked) {
        List<Recommendation> ranking = DECIDER.ranking(asked);
        assertThat(DECIDER.recommended(asked, DECIDER.leading(asked, BestVariants.highestOf(ranking)))
                        .map(each -> each.assessment().deployment()))
                .isEqualTo(DECIDER.recommended(asked, ranking)
                        .map(each -> each.assessment().deployment()));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void who_is_likely_to_lead_is_asked_first_and_decides_nothing(DecisionRequest asked) {
        Decider remembering = DECIDER.remembering(); // what it knows of one request tells nothing false of the next
        for (Integer concurrency : new Integer[] {5, 200}) {
            DecisionRequest changed = Records.with(asked, "workload.concurrency", concurrency);
            Optional<Recommendation> best = DECIDER.recommended(changed, DECIDER.ranking(changed));
            for (String hardware : List.of("nvidia-rtx-4090", "nvidia-h100-sxm-80gb")) {
                assertThat(remembering.recommended(changed, remembering.leading(changed, Set.of(hardware))))
                        .usingRecursiveComparison()
                        .comparingOnlyFields("value.assessment.assessed.deployment", "value.score", "value.verdict")
                        .isEqualTo(best);
            }
        }
    }

    static List<DecisionRequest> ofTheCatalogue() {
        List<DecisionRequest> requests = new ArrayList<>(DrawnRequests.of(15, List.of(WorkloadType.values())));
        for (DecisionRequest each : List.copyOf(requests.subList(0, 3))) {
            Workload any = each.workload().with("model", null).with("models", List.of(Workload.ANY_MODEL));
            requests.add(Records.with(each, "workload", any));
            requests.add(Records.with(each, "skills", Set.of(Skill.LINUX)));
            requests.add(Records.with(each, "constraints.availableWithinWeeks", 2));
            requests.add(Records.with(each, "budget.monthlyUsd", 500.0));
            requests.add(Records.with(each, "constraints.acquisition", Acquisition.RENT));
        }
        return requests;
    }

    @ParameterizedTest
    @MethodSource("ofTheCatalogue")
    void what_is_not_estimated_could_not_have_led(DecisionRequest asked) {
        Optional<Recommendation> best = DECIDER.recommended(asked, DECIDER.ranking(asked));
        Stream<String> likely = Stream.concat(
                Stream.of("nvidia-rtx-4090", "nvidia-h100-sxm-80gb"),
                best.map(each -> each.assessment().hardware().id()).stream());
        likely.forEach(hardware -> assertThat(DECIDER.recommended(asked, DECIDER.leading(asked, Set.of(hardware))))
                .usingRecursiveComparison()
                .comparingOnlyFields("value.assessment.assessed.deployment", "value.score", "value.verdict")
                .isEqualTo(best));
    }

    @ParameterizedTest
    @MethodSource("ofTheCatalogue")
    void no_candidate_scores_higher_than_was_told_before_it_was_estimated(DecisionRequest asked) {
        Preparation preparation = new Preparation(TestWorkspace.catalogue());
        Ceiling ceiling = new Ceiling(DECIDER.rules().policy(), preparation);
        Map<String, Double> most = new ConcurrentHashMap<>(); // by model, hardware and way to come by it
        preparation.assessments(asked, it -> {
            most.merge(key(it.demand(), it.deployment()), ceiling.of(it), Math::max);
            return false; // so that every other one is asked about
        });
        for (Recommendation each : DECIDER.variants(asked)) {
            if (!each.assessment().isHosted()) {
                assertThat(each.score())
                        .as(() -> each.assessment().deployment().toString())
                        .isLessThanOrEqualTo(most.getOrDefault(
                                        key(
                                                each.assessment().demand(),
                                                each.assessment().deployment()),
                                        -1.0)
                                + 1e-6);
            }
        }
    }

    private static String key(Demand demand, Deployment it) {
        return demand.model().id() + "/" + it.hardware().id() + "/" + it.acquisition() + "/"
                + (it.offer() == null ? "" : it.offer().id());
    }

    @Test
    void the_rules_of_the_repository_judge_each_alone() {
        assertThat(TestWorkspace.rules()).allMatch(RuleFile::judgesEachAlone);
        assertThat(DECIDER.rules().judgesEachAlone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$it : Assessment( isApple == true, engineId not in ( \"mlx\" ) ) then findings.note(kcontext, $it, \"\", \"\");",
                "$it : Assessment( isApple == true ) then delete($it);",
                "$table : PolicyTable( ) $all : Assessments( ) then findings.score(kcontext, $all, $table);"
            })
    void a_rule_that_looks_at_one_or_at_the_tables_judges_each_alone(String rule) {
        assertThat(file(rule).judgesEachAlone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$it : Assessment( ) Assessment( this != $it ) then findings.note(kcontext, $it, \"\", \"\");",
                "$it : Assessment( ) $all : Assessments( ) then findings.note(kcontext, $it, \"\", \"\");",
                "$it : Assessment( ) PolicyTable( ) then findings.note(kcontext, $it, \"\", \"\");",
                "$limit : Threshold( ) not Assessment( ) then System.out.println($limit);",
                "exists ( $it : Assessment( ) ) then System.out.println(1);",
                "$limit : Threshold( ) $it : Assessment( ) then delete($limit);",
                "$it : Assessment( ) then insert(new Object());",
                "$it : Object( ) then System.out.println($it);"
            })
    void where_the_text_leaves_a_doubt_all_are_judged_together(String rule) {
        assertThat(file(rule).judgesEachAlone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$it : Assessment( isApple == true ) then findings.note(kcontext, $it, \"\", \"\");",
                "$it : Assessment( ) then String word = \"delete\"; findings.warn( kcontext, $it, word, \"reject\");",
            })
    void a_rule_that_only_warns_or_notes_need_not_be_asked_who_is_ruled_out(String rule) {
        assertThat(file(rule).remarks()).containsExactly("own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$it : Assessment( ) then findings.reject(kcontext, $it, \"\", \"\");",
                "$it : Assessment( ) then findings.warn(kcontext, $it, \"\", \"\"); delete($it);",
                "$it : Assessment( ) then findings.warn(kcontext, $it, \"\", \"\"); Own.say(findings, kcontext, $it);",
                "$it : Assessment( ) then var own = findings; findings.note(kcontext, $it, \"\", \"\");",
                "$it : Assessment( ) then findings.note(kcontext, $it, \"\", \"\"); Own.say(kcontext);",
                "$it : Assessment( ) then findings.note(kcontext, $it, \"\", \"\"); throw new Own();",
                "$it : Assessment( ) then System.out.println($it);",
                "$table : PolicyTable( ) $all : Assessments( ) then findings.score(kcontext, $all, $table);",
            })
    void any_other_rule_is_asked(String rule) {
        assertThat(file(rule).remarks()).isEmpty();
    }

    @Test
    void a_rule_that_may_keep_another_from_firing_is_asked() {
        String text = "rule \"own\" activation-group \"one\" when $it : Assessment( ) then"
                + " findings.note(kcontext, $it, \"\", \"\"); end";
        assertThat(new RuleFile("rules/own.drl", text).remarks()).isEmpty();
    }

    private static RuleFile file(String conditions) {
        return new RuleFile("rules/own.drl", "rule \"own\"\nwhen\n    " + conditions + "\nend\n");
    }
}
