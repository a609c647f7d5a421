package quartermaster.http;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decider;
import quartermaster.decision.Decision;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.UnreadableWorkbookException;

/** Reads an uploaded workbook, decides, and writes the answers into it. */
@FunctionalInterface
public interface WorkbookScoring {
    Scored score(byte[] upload, Decider decider, LocalDate today) throws UnreadableWorkbookException;

    /**
     * @param answers in sheet order
     * @param problems everything that is wrong, at its cell
     * @param workbook the uploaded one with the answers in it
     */
    record Scored(List<Imported<@Nullable Decision>> answers, List<Problem> problems, byte[] workbook) {
        public Scored {
            answers = List.copyOf(answers);
            problems = List.copyOf(problems);
        }
    }
}
