package quartermaster.workspace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.json.BadJsonException;
import quartermaster.json.RequestReader;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.ledger.KeptDecision;
import quartermaster.ledger.Ledger;
import quartermaster.request.DecisionRequest;

/** The requests of decisions that were kept, newest first, by what they are called. */
public final class PastRequests {
    private static final Logger LOG = LoggerFactory.getLogger(PastRequests.class);

    private PastRequests() {}

    /**
     * Of a workspace's ledger, which a service may be writing; none where nothing was kept yet.
     *
     * @param shared where the ledger is instead; null for the workspace's folder
     */
    public static Map<String, DecisionRequest> newest(Path workspace, @Nullable DatabaseAddress shared, int limit) {
        Path own = workspace.resolve(Workspace.OWN);
        if (limit <= 0 || shared == null && !Files.exists(own.resolve(Ledger.FILE))) {
            return Map.of();
        }
        try (Ledger ledger = Ledger.open(own, shared)) {
            return newest(ledger, limit);
        }
    }

    public static Map<String, DecisionRequest> newest(Ledger ledger, int limit) {
        Map<String, DecisionRequest> past = new LinkedHashMap<>();
        for (KeptDecision each : ledger.newestDecisions(limit)) {
            try {
                DecisionRequest request = RequestReader.read(each.request(), each.asOf())
                        .requests()
                        .get(0)
                        .value();
                if (request != null) {
                    past.put("decision " + each.id(), request);
                }
            } catch (BadJsonException e) {
                LOG.warn("The request of decision {} cannot be read any more: {}", each.id(), e.getMessage());
            }
        }
        return past;
    }
}
