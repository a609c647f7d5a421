package quartermaster.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.unit.Imported;

/** Cells of policy tables: what they mean, and that hostile ones are data. */
class ConditionsTest {
    private static final Column NUMBER = Vocabulary.find("Concurrent requests").orElseThrow();
    private static final Column CHOICE = Vocabulary.find("Acquisition").orElseThrow();
    private static final Column OPEN = Vocabulary.find("Hardware family").orElseThrow();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 | 8 | true",
                "8 | 8.5 | false",
                "1..4 | 1 | true",
                "1..4 | 4 | true",
                "1..4 | 5 | false",
                "> 8 | 8 | false",
                "> 8 | 9 | true",
                ">= 8 | 8 | true",
                "< 8 | 7.9 | true",
                "<= 8 | 8 | true",
                "[0.5..0.9) | 0.9 | false",
                "[0.5..0.9) | 0.5 | true",
                "(1..4] | 1 | false",
                "not 1..4 | 5 | true",
                "not 1..4 | 2 | false",
                "1,5..2,5 | 2 | true",
                "- | 3 | true",
                "≥ 10 % | 10 | true"
            })
    void numbers_and_ranges(String cell, double value, boolean holds) {
        assertThat(parse(NUMBER, cell).holds(value)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rent | rent | true",
                "buy, owned | rent | false",
                "Buy; OWNED | owned | true",
                "not rent | buy | true",
                "not rent | rent | false",
                "not buy, owned | rent | true"
            })
    void lists_of_ids(String cell, String value, boolean holds) {
        assertThat(parse(CHOICE, cell).holds(value)).isEqualTo(holds);
    }

    @Test
    void a_missing_value_meets_only_any() {
        assertThat(parse(NUMBER, "-").holds(null)).isTrue();
        assertThat(parse(NUMBER, "").holds(null)).isTrue();
        assertThat(parse(NUMBER, "1..4").holds(null)).isFalse();
        assertThat(parse(NUMBER, "not 1..4").holds(null)).isFalse();
        assertThat(parse(CHOICE, "not rent").holds(null)).isFalse();
    }

    @Test
    void of_several_values_any_counts() {
        Column skills = Vocabulary.find("Team lacks").orElseThrow();

        assertThat(parse(skills, "cuda, kubernetes").holds(List.of("linux", "cuda")))
                .isTrue();
        assertThat(parse(skills, "macos").holds(List.of("linux", "cuda"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "many",
                "4..1",
                "1..",
                "> x",
                "[1..1)",
                "1 2 3",
                "\"); System.exit(1); //",
                "${1+1}",
                "=cmd|' /C calc'!A0"
            })
    void what_is_no_number_is_reported(String cell) {
        Imported<Condition> parsed = Conditions.parse(NUMBER, cell, "Fit!C7");

        assertThat(parsed.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.at()).isEqualTo("Fit!C7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rented", "\"); System.exit(1); //", "${jndi:ldap://x}", "=cmd|x"})
    void what_is_no_value_of_the_column_is_reported(String cell) {
        assertThat(Conditions.parse(CHOICE, cell, "Fit!C7").problems()).isNotEmpty();
    }

    @Test
    void hostile_text_in_an_open_column_is_reported_too() {
        assertThat(Conditions.parse(OPEN, "apple\"); System.exit(1); //", "Fit!C7")
                        .problems())
                .isNotEmpty();
        assertThat(Conditions.parse(OPEN, "x".repeat(32_767), "Fit!C7").problems())
                .isNotEmpty();
        assertThat(Conditions.parse(OPEN, "apple\u0000silicon", "Fit!C7").problems())
                .isNotEmpty();
    }

    @Test
    void a_near_match_is_suggested() {
        assertThat(Conditions.parse(CHOICE, "ownd", "Fit!C7").problems().get(0).message())
                .contains("Did you mean owned?");
    }

    private static Condition parse(Column column, String cell) {
        Imported<Condition> parsed = Conditions.parse(column, cell, "Fit!C7");
        assertThat(parsed.problems()).isEmpty();
        return parsed.value();
    }
}
