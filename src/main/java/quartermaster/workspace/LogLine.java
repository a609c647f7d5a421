package quartermaster.workspace;

import java.util.Map;
import java.util.Optional;
import quartermaster.json.DecisionRecord;
import quartermaster.json.JsonText;
import quartermaster.ledger.KeptDecision;
import quartermaster.unit.Problem;

/** Kept decisions as lines of JSON, outside of the ledger. */
public final class LogLine {
    private LogLine() {}

    public static String of(KeptDecision kept) {
        return DecisionRecord.write(
                kept.id(),
                kept.createdAt(),
                kept.versionId(),
                kept.duration(),
                kept.actor(),
                kept.request(),
                kept.answer());
    }

    /** What {@link #of} wrote; empty for anything else. */
    public static Optional<KeptDecision> read(String line) {
        return DecisionRecord.read(line)
                .map(it -> new KeptDecision(
                        it.id(),
                        it.createdAt(),
                        it.version(),
                        it.request(),
                        it.answer(),
                        it.asOf(),
                        it.duration(),
                        it.actor()));
    }

    /** What stands in the place of a line that is none, so that it is neither lost nor in the way of others. */
    public static String unreadable(String line) {
        return JsonText.of(Map.of("problem", "Found " + Problem.quoted(line) + "; expected a line of the log."));
    }
}
