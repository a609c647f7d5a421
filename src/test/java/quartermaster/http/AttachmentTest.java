package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentTest {
    @ParameterizedTest
    @CsvSource({
        "plan.xlsx, plan-scored.xlsx",
        "plan-scored.xlsx, plan-scored.xlsx",
        "Plan.XLSX, Plan-scored.xlsx",
        "C:\\Users\\me\\plan.xlsx, plan-scored.xlsx",
        "../../etc/plan.xlsx, plan-scored.xlsx",
        "'', candidates-scored.xlsx",
        ", candidates-scored.xlsx",
        "';\"\r\n.xlsx', candidates-scored.xlsx"
    })
    void a_scored_workbook_is_called_like_the_uploaded_one(String uploaded, String scored) {
        assertThat(Attachment.scored(uploaded)).startsWith("attachment; filename=\"" + scored + "\";");
    }

    @Test
    void macros_stay_in_a_file_that_may_have_them() {
        assertThat(Attachment.scored("plan.xlsm")).contains("filename=\"plan-scored.xlsm\"");
    }

    @Test
    void letters_beyond_ascii_are_told_in_both_ways() {
        assertThat(Attachment.scored("Büro 7.xlsx"))
                .isEqualTo("attachment; filename=\"B_ro 7-scored.xlsx\"; filename*=UTF-8''B%C3%BCro%207-scored.xlsx");
    }

    @Test
    void a_name_of_any_length_is_cut() {
        assertThat(Attachment.scored("x".repeat(5_000) + ".xlsx")).hasSizeLessThan(300);
    }
}
