package quartermaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import quartermaster.decision.RuleSource;
import quartermaster.decision.Step;
import quartermaster.decision.cases.Case;
import quartermaster.decision.cases.CaseColumn;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Cases;
import quartermaster.decision.cases.Expectation;
import quartermaster.unit.Imported;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workspace.Workspace;

/** Every row of {@code rules/cases.xlsx} is a test. */
class CasesTest {
    private static final int AT_LEAST = 40;
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
    void every_rule_has_a_case_that_finds_it() {
        Set<String> rules = rules().map(RuleSource::name).collect(Collectors.toCollection(TreeSet::new));
        Stream.of(Step.values()).map(Step::id).forEach(rules::remove); // they score; every case runs them
        rules.removeAll(codesThat(CaseColumn.FINDS));
        assertThat(rules)
                .as("Rules without a case. Write a row in rules/cases.xlsx that triggers each of them, "
                        + "with the rule's name in the column Finds: rule-name @ hardware")
                .isEmpty();
    }

    @Test
    void most_rules_have_a_neighbour_that_does_not_trigger_them() {
        Set<String> tested = codesThat(CaseColumn.DOES_NOT_FIND);
        long rules = rules().count() - Step.values().length;
        assertThat(tested)
                .as("Rules with a case in which they stay silent. Write the triggering request again with one thing "
                        + "changed, and the rule's name in the column Does not find")
                .hasSizeGreaterThanOrEqualTo((int) rules / 2);
    }

    @Test
    void every_case_says_whether_it_is_a_truth_or_a_preference() {
        int kind = -1;
        for (var cell : sheet("Cases").rows().get(0).cells()) {
            kind = cell.text().equals("Kind") ? cell.column() : kind;
        }
        int column = kind;
        assertThat(sheet("Cases").rows())
                .filteredOn(row -> !row.cell(0).isEmpty())
                .allSatisfy(row -> assertThat(row.cell(column).text())
                        .as("Kind of " + row.cell(0).text())
                        .isNotBlank());
    }

    private static ReadSheet sheet(String name) {
        try {
            byte[] file = Files.readAllBytes(TestWorkspace.FOLDER.resolve("rules/cases.xlsx"));
            return WorkbookFile.open(file, "cases.xlsx").findSheet(name).orElseThrow();
        } catch (IOException | UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void every_rule_says_why_it_is_so() {
        assertThat(rules().filter(rule -> rule.source() == null))
                .as("Rules without a source. Write @source(\"who says so, and when\") between the rule's name and when")
                .isEmpty();
    }

    private static void requireHolds(Case each) {
        CaseOutcome outcome = Cases.run(TestWorkspace.decider(), List.of(each)).get(0);
        assertThat(outcome.holds()).as(outcome.toString()).isTrue();
    }

    private static Stream<RuleSource> rules() {
        return TestWorkspace.decider().rules().rules().stream();
    }

    private static Set<String> codesThat(CaseColumn column) {
        return cases.stream()
                .flatMap(each -> each.expectations().stream())
                .filter(each -> each.column() == column && each.code() != null)
                .map(Expectation::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
