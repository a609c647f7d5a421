package quartermaster.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest(name = "{0} in {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "70 | | 70",
                "-3.5 | | -3.5",
                "1e3 | | 1000",
                "4,5 | | 4.5",
                "0,500 | | 0.5",
                "5,000 | | 5000",
                "1,234.5 | | 1234.5",
                "1.234,5 | | 1234.5",
                "1.234.567 | | 1234567",
                "12 345,6 | | 12345.6",
                "12'345 | | 12345",
                "30 % | | 0.3",
                "4,5 % | | 0.045",
                "7 % | % | 7",
                "192GB | GiB | 192",
                "1 TB | GiB | 1024",
                "3.35 TB/s | GB/s | 3350",
                "$5,000 | USD | 5000",
                "5k | USD | 5000",
                "USD 12.50 | USD | 12.5",
                "0.15 $/kWh | USD/kWh | 0.15",
                "350 ms | s | 0.35",
                "20 tokens/s | tok/s | 20",
                "8B | B | 8",
                "135M | B | 0.135",
            })
    void clear_numbers_are_read(String text, String unit, double value) {
        assertThat(Numbers.parse(text, unit)).hasValue(value);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "fast |",
                "10-20 |",
                "about 5 |",
                "1,23,456 |",
                "1.2.3 |",
                "$5 | GiB",
                "5 EUR | USD",
                "128k | tokens",
                "20 W | GB/s",
                "192GB |",
                "NaN |",
                "1e999 |",
            })
    void what_would_be_a_guess_is_not_read(String text, String unit) {
        assertThat(Numbers.parse(text, unit)).isEmpty();
    }

    @Test
    void numbers_are_written_without_false_precision() {
        assertThat(Numbers.plain(70)).isEqualTo("70");
        assertThat(Numbers.plain(0.15)).isEqualTo("0.15");
        assertThat(Numbers.plain(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(Numbers.plain(1e-7)).isEqualTo("0.0000001");
        assertThat(Numbers.plain(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void numbers_with_grouped_digits_are_written_as_formats_write_them() {
        Random random = new Random(1);
        List<Double> values =
                new ArrayList<>(List.of(0.0, -0.0, 0.5, 1.5, 0.005, 0.015, 1.005, 2.675, 999.5, 999_999.5, 0.995));
        values.addAll(List.of(-2.5, 1e9, 12_345_678.125, 1e18, Double.NaN, Double.POSITIVE_INFINITY, 0.0049999999));
        for (int i = 0; i < 20_000; i++) {
            double value = Math.pow(10, 12 * random.nextDouble() - 3);
            values.add(value);
            values.add(Math.round(value * 8) / 8.0);
            values.add(Math.round(value * 1000) / 1000.0);
        }
        for (double value : values) {
            for (int decimals = 0; decimals <= 2; decimals++) {
                assertThat(Numbers.grouped(value, decimals))
                        .isEqualTo(String.format(Locale.ROOT, "%,." + decimals + "f", value));
            }
        }
    }
}
