package quartermaster.http;

import java.time.LocalDate;
import quartermaster.decision.Decider;
import quartermaster.workbook.ScoredWorkbook;
import quartermaster.workbook.UnreadableWorkbookException;

/** How an uploaded workbook is scored: by {@link ScoredWorkbook}, but where a test makes it slow or fail. */
@FunctionalInterface
public interface WorkbookScoring {
    ScoredWorkbook.Result score(byte[] upload, Decider decider, LocalDate today) throws UnreadableWorkbookException;
}
