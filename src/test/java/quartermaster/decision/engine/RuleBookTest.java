package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.Policy;
import quartermaster.decision.rules.RuleBookException;
import quartermaster.decision.rules.RuleFile;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Rules that do not build are named by file and line, and nothing is lost on the way. */
class RuleBookTest {
    private static final String HEADER = "package quartermaster.rules\nimport quartermaster.decision.Assessment\n"
            + "global quartermaster.decision.Findings findings\n";

    @Test
    void a_misspelt_property_names_its_line() {
        assertThat(problems(HEADER + "rule \"slow\"\nwhen\n    $it : Assessment( decodeSpeeed < 5 )\nthen\nend\n"))
                .anySatisfy(problem -> {
                    assertThat(problem.at()).hasToString("rules/own.drl:6");
                    assertThat(problem.message()).contains("decodeSpeeed");
                });
    }

    @Test
    void a_syntax_error_names_its_line() {
        assertThat(problems(HEADER + "rule \"slow\"\nwhen\n    $it : Assessment( decodeSpeed < )\nthen\nend\n"))
                .anySatisfy(problem -> assertThat(problem.at()).hasToString("rules/own.drl:6"));
    }

    @Test
    void an_error_in_what_a_rule_does_names_its_file() {
        assertThat(
                        problems(
                                HEADER
                                        + "rule \"slow\"\nwhen\n    $it : Assessment( decodeSpeed < 5 )\nthen\n    findings.shout($it);\nend\n"))
                .anySatisfy(problem -> {
                    assertThat(problem.at().toString()).startsWith("rules/own.drl");
                    assertThat(problem.message()).contains("shout");
                });
    }

    @Test
    void two_rules_of_one_name_are_named_with_both_places() {
        String rule = "rule \"same\"\nwhen\n    Assessment( )\nthen\nend\n";

        assertThat(problems(HEADER + rule + rule)).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("rules/own.drl:9");
            assertThat(problem.message()).contains("rules/own.drl:4");
        });
    }

    @Test
    void rules_in_comments_do_not_count() {
        RuleFile file = new RuleFile(
                "rules/own.drl",
                "// rule \"no\"\n/* rule \"neither\"\n*/\nrule \"yes\" @source(\"a book\")\nwhen\nthen\nend\n");

        assertThat(file.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("yes");
            assertThat(rule.at()).isEqualTo(new Place.Line("rules/own.drl", 4));
            assertThat(rule.source()).isEqualTo("a book");
        });
    }

    @Test
    void every_shipped_rule_says_where_it_comes_from() {
        assertThat(TestWorkspace.decider().rules().rules())
                .allSatisfy(rule -> assertThat(rule.source())
                        .as("Write @source(\"…\") under the name of the rule %s at %s.", rule.name(), rule.at())
                        .isNotBlank());
    }

    private static List<Problem> problems(String text) {
        Policy policy = TestWorkspace.decider().rules().policy();
        RuleBookException[] thrown = new RuleBookException[1];
        assertThatThrownBy(() -> RuleBook.of(policy, List.of(new RuleFile("rules/own.drl", text)), null))
                .isInstanceOfSatisfying(RuleBookException.class, e -> thrown[0] = e);
        return thrown[0].problems();
    }
}
