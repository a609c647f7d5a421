package quartermaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import quartermaster.decision.Case;
import quartermaster.decision.CaseOutcome;
import quartermaster.decision.Cases;
import quartermaster.decision.RuleSource;
import quartermaster.unit.Imported;
import quartermaster.workbook.Workspace;

/** Every row of {@code rules/cases.xlsx} is a test. */
class CasesTest {
    private static final int AT_LEAST = 20;
    private static List<Case> cases;

    @BeforeAll
    static void readCases() {
        Imported<List<Case>> read = Workspace.cases(TestWorkspace.FOLDER, TestWorkspace.decider());
        assertThat(read.problems())
                .as("Problems of rules/cases.xlsx; correct the cells")
                .isEmpty();
        cases = read.value();
    }

    @TestFactory
    Stream<DynamicTest> every_case_holds() {
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(each.id() + ": " + each.statement(), () -> requireHolds(each)));
    }

    @Test
    void there_are_enough_cases() {
        assertThat(cases).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    }

    @Test
    void every_rule_says_why_it_is_so() {
        assertThat(rules().filter(rule -> rule.source() == null))
                .as("Rules without a source. Write @source(\"who says so, and when\") between the rule's name and when")
                .isEmpty();
    }

    private static void requireHolds(Case each) {
        CaseOutcome outcome = Cases.run(TestWorkspace.decider(), each);
        assertThat(outcome.holds()).as(outcome.toString()).isTrue();
    }

    private static Stream<RuleSource> rules() {
        return TestWorkspace.decider().rules().rules().stream();
    }
}
