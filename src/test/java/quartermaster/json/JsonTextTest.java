package quartermaster.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quartermaster.request.Acquisition;
import quartermaster.unit.Place;

public class JsonTextTest {
    @Test
    void what_is_no_finite_number_becomes_null() {
        assertThat(JsonText.of(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)))
                .isEqualTo("[null,null,null]");
        assertThat(Rounded.to(2, Double.NaN)).isNull();
        assertThat(Rounded.figures(Double.POSITIVE_INFINITY)).isNull();
    }

    @Test
    void numbers_have_neither_exponents_nor_trailing_zeros() {
        assertThat(JsonText.of(Arrays.asList(new BigDecimal("23.7500"), new BigDecimal("100.00"), 1e7, 0.0001, 70, 0L)))
                .isEqualTo("[23.75,100,10000000,0.0001,70,0]");
    }

    @Test
    void numbers_keep_four_figures_and_their_whole_part() {
        assertThat(Rounded.figures(0.0123456)).isEqualByComparingTo("0.01235");
        assertThat(Rounded.figures(12.34567)).isEqualByComparingTo("12.35");
        assertThat(Rounded.figures(123456.7)).isEqualByComparingTo("123457");
        assertThat(Rounded.figures(0.0)).isEqualByComparingTo("0");
        assertThat(Rounded.figures(9.99996)).isEqualByComparingTo("10");
    }

    /** A row as a record says it: its parts in their order, choices by their ids, places as they print. */
    public record Row(
            Acquisition acquisition, Place at, @Nullable Double usd, Set<String> tags) {}

    @Test
    void a_record_is_an_object_of_its_components() {
        assertThat(JsonText.of(List.of(new Row(Acquisition.RENT, Place.row("a.xlsx", "Offers", 3), null, Set.of("x")))))
                .isEqualTo("[{\"acquisition\":\"rent\",\"at\":\"a.xlsx Offers!A3\",\"usd\":null,\"tags\":[\"x\"]}]");
    }

    @Test
    void a_stream_is_written_like_a_list() {
        List<Object> list = List.of(1, Map.of("a", List.of()), "b");
        assertThat(JsonText.of(Map.of("of", list.stream()))).isEqualTo(JsonText.of(Map.of("of", list)));
    }

    @Test
    void text_is_escaped() {
        assertThat(JsonText.of("a \"b\"\n\\ <ü>")).isEqualTo("\"a \\\"b\\\"\\n\\\\ <ü>\"");
    }
}
