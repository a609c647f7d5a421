package quartermaster.decision.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.decision.analysis.Tables.analysis;
import static quartermaster.decision.analysis.Tables.table;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.Assessment;
import quartermaster.decision.Column;
import quartermaster.decision.Policy;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.decision.Threshold;
import quartermaster.decision.Vocabulary;
import quartermaster.decision.engine.Decider;
import quartermaster.decision.engine.Requests;
import quartermaster.decision.rules.RuleFile;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.resolution.Resolution;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.request.WorkloadType;

/** What is said of a policy before it is used: in words that name the cell and show an example. */
class PolicyAnalysisTest {
    @ParameterizedTest
    @EnumSource
    void assessments_say_only_what_columns_allow(WorkloadType type) {
        Decider decider = TestWorkspace.decider();
        Resolution resolution = new Resolver(decider.catalogue(), new Estimator(decider.catalogue()))
                .resolve(Requests.request(type, 7, List.of()))
                .value();
        List<Assessment> assessments = decider.assessments(resolution);
        assertThat(assessments).isNotEmpty();
        for (Column column : Vocabulary.columns()) {
            assertThat(assessments)
                    .as(column.header())
                    .allMatch(each -> isAllowed(column, column.value().apply(each)));
        }
    }

    @Test
    void every_open_column_knows_what_the_catalogue_has() {
        assertThat(Vocabulary.columns())
                .filteredOn(each -> each.kind() == Column.Kind.ID && each.ids().isEmpty())
                .allSatisfy(each -> assertThat(PolicyAnalysis.known(TestWorkspace.catalogue(), each))
                        .as(each.header())
                        .isNotEmpty());
    }

    @Test
    void a_row_that_two_others_cover_together_never_decides() {
        PolicyTable table =
                table(List.of("Workload type", "Load (%)"), "batch | <= 50", "batch | > 40", "batch | 10..90", "- | -");

        assertThat(analysis(table).findings())
                .filteredOn(PolicyFinding::isProblem)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.code()).isEqualTo("shadowed-row");
                    assertThat(it.at()).hasToString("rules/policy.xlsx Budget!A4");
                    assertThat(it.message()).contains("Rows 2, 3 above together");
                    assertThat(it.example()).contains("Workload type batch", "is decided by row 2");
                });
    }

    @Test
    void whole_numbers_leave_no_gap_between_them() {
        PolicyTable whole = table(List.of("Replicas"), "1", "2..4", ">= 5");
        PolicyTable broken = table(List.of("Load (%)"), "<= 1", "2..4", ">= 5");

        assertThat(analysis(whole).findings()).isEmpty();
        assertThat(analysis(broken).findings()).extracting(PolicyFinding::code).containsOnly("gap");
    }

    @Test
    void what_may_be_missing_needs_a_row_too() {
        PolicyTable table = table(List.of("Budget used (%)"), "<= 100", "> 100");

        assertThat(analysis(table).findings())
                .singleElement()
                .satisfies(it -> assertThat(it.example()).isEqualTo("Budget used (%) not known"));
    }

    @Test
    void a_condition_that_nothing_can_meet_is_named_with_its_cell() {
        PolicyTable table = table(List.of("Workload type", "Replicas"), "- | < 1", "- | -");

        assertThat(analysis(table).findings()).singleElement().satisfies(it -> {
            assertThat(it.code()).isEqualTo("contradictory-row");
            assertThat(it.at()).hasToString("rules/policy.xlsx Budget!B2");
        });
    }

    @Test
    void the_same_conditions_in_other_words_are_a_duplicate() {
        PolicyTable table = table(List.of("Acquisition"), "not rent", "buy, owned, api", "-");

        assertThat(analysis(table).findings()).singleElement().satisfies(it -> {
            assertThat(it.code()).isEqualTo("duplicate-row");
            assertThat(it.message()).contains("as row 2");
        });
    }

    @Test
    void ranges_that_overlap_are_advice_and_exceptions_are_not() {
        PolicyTable table = table(List.of("Load (%)"), "10..20", "18..30", "18..40", "-");

        assertThat(analysis(table).findings())
                .filteredOn(it -> it.at().toString().endsWith("A3"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.code()).isEqualTo("overlap");
                    assertThat(it.isProblem()).isFalse();
                    assertThat(it.message()).contains("Row 2", "gives 2 points instead of 3");
                });
    }

    @Test
    void thresholds_are_looked_for_where_rules_name_them() {
        RuleFile rules = new RuleFile("rules/own.drl", """
                // Threshold( name == "in a comment" )
                rule "own"
                    when
                        Threshold( $limit : value, name == "near budgit" )
                    then
                end
                """);
        Policy policy = TestWorkspace.decider().rules().policy();

        List<PolicyFinding> findings = PolicyAnalysis.of(policy, TestWorkspace.catalogue(), List.of(rules), List.of());

        assertThat(findings.get(0).code()).isEqualTo("missing-threshold");
        assertThat(findings.get(0).at()).hasToString("rules/own.drl:4");
        assertThat(findings.get(0).message()).contains("Did you mean near budget?", "It stands at Thresholds!A11.");
        assertThat(findings)
                .filteredOn(it -> it.code().equals("unused-threshold"))
                .hasSize(policy.thresholds().size() - Threshold.OF_THE_PROGRAM.size())
                .anySatisfy(it -> assertThat(it.toString())
                        .startsWith("rules/policy.xlsx Thresholds!A2: No rule compares with the threshold \"thin"));
        assertThat(findings).extracting(PolicyFinding::code).contains("rule-without-case");
    }

    @Test
    void values_that_the_catalogue_does_not_have_are_named_with_a_near_one() {
        Policy shipped = TestWorkspace.decider().rules().policy();
        PolicyTable table = table(List.of("Hardware family"), "aple-silicon", "-");
        Map<Step, PolicyTable> tables = new java.util.EnumMap<>(shipped.tables());
        tables.put(Step.BUDGET, table);
        Policy policy = new Policy(
                shipped.file(),
                shipped.digest(),
                shipped.weights(),
                shipped.weightsOfSeveralModels(),
                shipped.thresholds(),
                tables,
                List.of());

        assertThat(PolicyAnalysis.of(policy, TestWorkspace.catalogue(), List.of(), List.of()))
                .filteredOn(it -> it.code().equals("unknown-value"))
                .singleElement()
                .satisfies(it -> assertThat(it.toString())
                        .contains("Budget!A2", "(aple-silicon)", "Did you mean apple-silicon?"));
    }

    @Test
    void the_shipped_policy_has_no_problems() {
        assertThat(PolicyAnalysis.of(
                        TestWorkspace.decider().rules().policy(),
                        TestWorkspace.catalogue(),
                        TestWorkspace.rules(),
                        List.of()))
                .filteredOn(PolicyFinding::isProblem)
                .isEmpty();
    }

    @Test
    void a_last_row_of_hyphens_may_be_a_net() {
        PolicyTable table = table(List.of("Load (%)"), "<= 50", "> 50", "-");

        assertThat(analysis(table).findings()).singleElement().satisfies(it -> {
            assertThat(it.code()).isEqualTo("net-row");
            assertThat(it.isProblem()).isFalse();
        });
    }

    private static boolean isAllowed(Column column, @Nullable Object value) {
        if (value == null) {
            return column.mayBeMissing();
        }
        if (value instanceof Number number) {
            boolean whole = column.kind() != Column.Kind.WHOLE_NUMBER || number.doubleValue() % 1 == 0;
            return whole && column.possible().holds(value);
        }
        Stream<?> ids = value instanceof java.util.Collection<?> several ? several.stream() : Stream.of(value);
        return column.ids().isEmpty() || ids.allMatch(column.ids()::contains);
    }
}
