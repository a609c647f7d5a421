package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

class SupervisedTest {
    @Test
    void want_of_memory_is_too_large_however_the_library_hides_it() {
        Exception caused = new IllegalStateException("broken", new IOException(new OutOfMemoryError("a test's")));
        Exception suppressing = new IllegalArgumentException("Self-suppression not permitted");
        suppressing.addSuppressed(caused);
        for (Exception thrown : new Exception[] {caused, suppressing}) {
            UnreadableWorkbookException refused = refusal(() -> {
                throw thrown;
            });
            assertThat(refused.code()).isEqualTo("too-large");
            assertThat(refused.reason()).isEqualTo(Reason.SIZE);
        }
    }

    @Test
    void what_the_library_cannot_read_is_a_damaged_file() {
        assertThat(refusal(() -> new XSSFWorkbook(new ByteArrayInputStream(new byte[] {'P', 'K', 3, 4})))
                        .code())
                .isEqualTo("damaged-workbook");
        assertThat(refusal(() -> CellRangeAddress.valueOf("no area")).code()).isEqualTo("damaged-workbook");
    }

    @Test
    void a_mistake_of_ours_is_not_told_as_damage_of_the_file() {
        Supervised supervised = new Supervised("test.xlsx", Duration.ofSeconds(20));
        assertThatThrownBy(() -> supervised.run(() -> List.of("only").get(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a mistake of the program, not of the file")
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> supervised.write(() -> CellRangeAddress.valueOf("no area")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a mistake of the program, not of the file");
    }

    @Test
    void work_that_goes_on_after_its_deadline_is_known_until_it_ends() {
        try (EndlessWork endless = new EndlessWork(1)) {
            assertThat(endless).isNotNull();
            assertThat(OverdueWork.goesOn()).isTrue();
        }
        assertThat(OverdueWork.goesOn()).isFalse();
    }

    private static UnreadableWorkbookException refusal(Callable<?> work) {
        return catchThrowableOfType(
                UnreadableWorkbookException.class, () -> new Supervised("test.xlsx", Duration.ofSeconds(20)).run(work));
    }
}
