package quartermaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "precision = fp8, fp8-block | fp8-block | true",
                "precision = fp8, fp8-block | fp8-blocks | false",
                "format = any | gguf | false",
                "mlxRepository = *-4bit | mlx-community/Qwen3-8B-4bit | true",
                "mlxRepository != *-4bit | mlx-community/Qwen3-8B-4bit | false",
                "mlxRepository != * | mlx-community/Qwen3-8B-4bit | false",
                "mlxRepository != * | | true",
                "mlxRepository = * | | false",
                "name = a.c | abc | false",
                "devices > 1 | 2 | true",
                "devices > 1 | 1 | false",
                "devices < 2 | 1 | true",
                "devices > 1 | | false"
            })
    void a_condition_compares_a_name_with_values(String written, String actual, boolean holds) {
        List<String> values = Stream.ofNullable(actual).toList();
        assertThat(Condition.read(written).orElseThrow().holds(values)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices", "devices >", "devices > many", "devices > 1, 2", "= 3", "devices ~ 3"})
    void what_is_no_condition_is_not_taken_for_one(String written) {
        assertThat(Condition.read(written)).isEmpty();
    }

    @Test
    void a_cell_holds_conditions_that_must_all_hold() {
        assertThat(Condition.parts("a = 1; ;b > 2 ")).containsExactly("a = 1", "b > 2");
        assertThat(Condition.parts(null)).isEmpty();
    }
}
