package quartermaster.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;

/** What a fuzzer has found, made small: files that no program writes, and that could be scored all the same. */
class FuzzedWorkbooksTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void names_that_lack_their_name_or_their_place() throws Exception {
        assertScored("xl/workbook.xml", text -> text.replace("name=\"Favourite\"", ""));
        assertScored(
                "xl/workbook.xml",
                text -> text.replace(
                        "<definedName name=\"Favourite\">",
                        "<definedName name=\"_quartermaster_candidates\"/><definedName name=\"Favourite\">"));
    }

    private static void assertScored(String part, UnaryOperator<String> change) throws UnreadableWorkbookException {
        byte[] sound = UserWorkbook.bytes();
        byte[] changed = Workbooks.withPart(sound, part, text -> {
            String other = change.apply(text);
            assertThat(other).as("the change").isNotEqualTo(text);
            return other;
        });
        byte[] scored =
                ScoredWorkbook.score(changed, TestWorkspace.decider(), TODAY).workbook();
        assertThat(Workbooks.opened(scored).findSheet("Recommendations")).isPresent();
    }
}
