package quartermaster.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DatesTest {
    @Test
    void a_month_ends_with_its_last_day() {
        assertThat(Dates.latest("2026-05")).contains(LocalDate.of(2026, 5, 31));
        assertThat(Dates.latest("2024-02")).contains(LocalDate.of(2024, 2, 29));
    }

    @Test
    void a_span_counts_to_its_end_however_it_is_written() {
        assertThat(Dates.latest("2025-06..08")).contains(LocalDate.of(2025, 8, 31));
        assertThat(Dates.latest("2025-01..2025-06")).contains(LocalDate.of(2025, 6, 30));
        assertThat(Dates.latest("2025-08..2026")).contains(LocalDate.of(2026, 12, 31));
    }

    @Test
    void a_day_is_itself_and_text_without_a_date_has_none() {
        assertThat(Dates.latest("seen 2026-09-25 by hand")).contains(LocalDate.of(2026, 9, 25));
        assertThat(Dates.latest("undated")).isEmpty();
        assertThat(Dates.latest("2026-13")).isEmpty();
    }
}
