package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

class SupervisedTest {
    @Test
    void want_of_memory_is_too_large_however_the_library_hides_it() {
        Exception caused = new IllegalStateException("broken", new IOException(new OutOfMemoryError("a test's")));
        Exception suppressing = new IllegalArgumentException("Self-suppression not permitted");
        suppressing.addSuppressed(caused);
        for (Exception thrown : new Exception[] {caused, suppressing}) {
            assertThat(refusal(thrown).code()).isEqualTo("too-large");
            assertThat(refusal(thrown).reason()).isEqualTo(Reason.SIZE);
        }
        assertThat(refusal(new IllegalStateException("broken")).code()).isEqualTo("damaged-workbook");
    }

    @Test
    void work_that_goes_on_after_its_deadline_is_known_until_it_ends() {
        try (EndlessWork endless = new EndlessWork(1)) {
            assertThat(endless).isNotNull();
            assertThat(OverdueWork.goesOn()).isTrue();
        }
        assertThat(OverdueWork.goesOn()).isFalse();
    }

    private static UnreadableWorkbookException refusal(Exception thrown) {
        return catchThrowableOfType(
                UnreadableWorkbookException.class,
                () -> new Supervised("test.xlsx", Duration.ofSeconds(20)).run(() -> {
                    throw thrown;
                }));
    }
}
