package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.workbook.read.ReadCell.Format;

class MoneyFormatsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#,##0.00 [$€-407] | EUR",
                "_-* #,##0.00 \"€\" | EUR",
                "#,##0.00 \"Euro\" | EUR",
                "[$CHF] #,##0 | CHF",
                "[$£-809]#,##0 | GBP",
                "\"C$\"#,##0 | OTHER_CURRENCY",
                "[$R$-416] #,##0 | OTHER_CURRENCY",
                "\"US$\"#,##0 | CURRENCY",
                "$#,##0 | CURRENCY",
                "#,##0 \"USD\" | CURRENCY",
                "#,##0.00 | PLAIN",
                "0 \"pcs\" | PLAIN",
            })
    void which_money_a_format_shows(String code, Format format) {
        assertThat(MoneyFormats.of(code)).isEqualTo(format);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1.899,00 € | EUR",
                "1 800 kr | OTHER_CURRENCY",
                "US$1,800 | CURRENCY",
                "1,800 | PLAIN",
            })
    void which_money_people_see(String shown, Format format) {
        assertThat(MoneyFormats.shown(shown)).isEqualTo(format);
    }
}
