package quartermaster.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;

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
                "= 8 | 8 | true",
                "1–4 | 4 | true",
                "1 — 4 | 5 | false",
                "1-4 | 2 | true",
                "1 - 4 | 2 | true",
                "-4 | -4 | true",
                "-4..-1 | -2 | true",
                "1 to 4 | 3 | true",
                "> 1,000 | 999 | false",
                "> 1,000 | 1001 | true",
                "1.000,5 | 1000.5 | true",
                "> 1 000 | 1001 | true",
                "1e3 | 1000 | true",
                "\u00a0>\u00a08\u00a0 | 9 | true",
                "8\u202f..\u00a010 | 9 | true",
            })
    void numbers_and_ranges(String cell, double value, boolean holds) {
        assertThat(parse(NUMBER, cell).holds(value)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Memory headroom (%) | >= 10 % | 10 | true",
                "Memory headroom (%) | 10 %..20% | 20 | true",
                "Purchase (USD) | <= $5,000 | 5000 | true",
                "Purchase (USD) | $5k..$7k | 6000 | true",
                "TTFT (s) | < 500 ms | 0.4 | true",
                "TTFT (s) | < 500 ms | 0.6 | false",
                "Decode (tok/s per user) | > 20 tok/s | 21 | true",
                "Lead time (weeks) | 2..4 weeks | 3 | true"
            })
    void units_of_the_column_may_stand_in_the_cell(String column, String cell, double value, boolean holds) {
        assertThat(parse(Vocabulary.find(column).orElseThrow(), cell).holds(value))
                .isEqualTo(holds);
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
                "10 %",
                "$5",
                "1e309",
                "１２",
                "not not 4",
                "not -",
                "1..4..8",
                "4\u00005",
                "NaN",
                "Infinity",
                "\"); System.exit(1); //",
                "${1+1}",
                "=cmd|' /C calc'!A0"
            })
    void what_is_no_number_is_reported(String cell) {
        Imported<Condition> parsed = Conditions.parse(NUMBER, cell, new Place.Cell("Fit", 7, 2));

        assertThat(parsed.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.at()).hasToString("Fit!C7"));
    }

    @Test
    void the_longest_cells_are_refused_at_once() {
        for (String cell : List.of(
                "9".repeat(32_767), "not ".repeat(8_191) + "4", "1".repeat(16_000) + ".." + "2".repeat(16_000))) {
            assertThat(Conditions.parse(NUMBER, cell, new Place.Cell("Fit", 7, 2))
                            .problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).hasSizeLessThan(250));
        }
        assertThat(Conditions.parse(CHOICE, "not ".repeat(8_191) + "rent", new Place.Cell("Fit", 7, 2))
                        .problems())
                .hasSize(1);
    }

    @Test
    void control_characters_never_reach_a_message() {
        assertThat(Conditions.parse(CHOICE, "re\u001b[31mnt\u0000", new Place.Cell("Fit", 7, 2))
                        .problems()
                        .get(0)
                        .message())
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"buy\nowned", "buy ,owned ;", "\u00a0BUY\u00a0,  owned\u2009"})
    void lists_may_be_written_in_lines_and_with_any_space(String cell) {
        assertThat(parse(CHOICE, cell)).isEqualTo(parse(CHOICE, "buy, owned"));
    }

    @Test
    void ids_are_shown_in_the_order_of_their_cell() {
        assertThat(parse(OPEN, "z, c, x, a, y, b").toString()).contains("[z, c, x, a, y, b]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rented", "\"); System.exit(1); //", "${jndi:ldap://x}", "=cmd|x"})
    void what_is_no_value_of_the_column_is_reported(String cell) {
        assertThat(Conditions.parse(CHOICE, cell, new Place.Cell("Fit", 7, 2)).problems())
                .isNotEmpty();
    }

    @Test
    void hostile_text_in_an_open_column_is_reported_too() {
        assertThat(Conditions.parse(OPEN, "apple\"); System.exit(1); //", new Place.Cell("Fit", 7, 2))
                        .problems())
                .isNotEmpty();
        assertThat(Conditions.parse(OPEN, "x".repeat(32_767), new Place.Cell("Fit", 7, 2))
                        .problems())
                .isNotEmpty();
        assertThat(Conditions.parse(OPEN, "apple\u0000silicon", new Place.Cell("Fit", 7, 2))
                        .problems())
                .isNotEmpty();
    }

    @Test
    void a_near_match_is_suggested() {
        assertThat(Conditions.parse(CHOICE, "ownd", new Place.Cell("Fit", 7, 2))
                        .problems()
                        .get(0)
                        .message())
                .contains("Did you mean owned?");
    }

    private static Condition parse(Column column, String cell) {
        Imported<Condition> parsed = Conditions.parse(column, cell, new Place.Cell("Fit", 7, 2));
        assertThat(parsed.problems()).isEmpty();
        return parsed.value();
    }
}
