package quartermaster.http;

import java.time.LocalDate;
import quartermaster.decision.engine.Decider;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.ScoredWorkbook;

/** How an uploaded workbook is scored: by {@link ScoredWorkbook}, but where a test makes it slow or fail. */
@FunctionalInterface
public interface WorkbookScoring {
    ScoredWorkbook.Result score(byte[] upload, Decider decider, LocalDate today) throws UnreadableWorkbookException;
}
