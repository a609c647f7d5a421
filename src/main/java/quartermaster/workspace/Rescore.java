package quartermaster.workspace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.cases.Comparison;
import quartermaster.decision.cases.Edits;
import quartermaster.decision.engine.Decider;
import quartermaster.json.BadJsonException;
import quartermaster.json.RequestReader;
import quartermaster.json.RescoreLines;
import quartermaster.ledger.DecisionLog;
import quartermaster.ledger.KeptDecision;
import quartermaster.ledger.Ledger;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;

/**
 * The log under a draft: every request that was kept is decided by what is in force and by the draft, on all cores, some
 * at a time, from the oldest to the moment when it began.
 */
public final class Rescore {
    private static final int AT_HAND = 256; // programs ask the same again and again

    private final Decider before;
    private final Decider after;
    private final Edits edits;
    private final RescoreLines.Head head;
    private final Runnable stillWanted;
    private final Map<String, Comparison> atHand = new LinkedHashMap<>(AT_HAND, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Comparison> eldest) {
            return size() > AT_HAND;
        }
    };

    /**
     * Some of the log.
     *
     * @param lines as {@link RescoreLines} writes them
     * @param last where the next ones begin
     * @param isEnd whether there are no more
     */
    public record Part(List<String> lines, DecisionLog.@Nullable Position last, boolean isEnd) {
        public Part {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param before what is in force
     * @param after the draft
     * @param since decisions before are left out
     * @param until decisions from then on are left out
     * @param stillWanted throws where it is not
     */
    public Rescore(
            Workspace.Loaded before, Workspace.Loaded after, Instant since, Instant until, Runnable stillWanted) {
        this.before = before.decider().asLongAs(stillWanted);
        this.after = after.decider().asLongAs(stillWanted);
        this.edits = new Edits(Previews.changes(before.files(), after.files()), ThresholdsOfRules.in(after.files()));
        this.head = new RescoreLines.Head(
                before.decider().versions().workspace(),
                after.decider().versions().workspace(),
                since,
                until);
        this.stillWanted = stillWanted;
    }

    public RescoreLines.Head head() {
        return head;
    }

    /** How many decisions there are. */
    public long count(Ledger ledger) {
        return ledger.count(search());
    }

    private DecisionLog.Search search() {
        return DecisionLog.Search.oldestFirst(head.since(), head.until());
    }

    /**
     * @param position where the part before ended; null for the first one
     * @param some how many are decided together
     */
    public Part next(Ledger ledger, DecisionLog.@Nullable Position position, int some) {
        DecisionLog.Page page = ledger.decisions(search(), position, some);
        List<String> lines = page.decisions().parallelStream().map(this::line).toList();
        DecisionLog.Position last = page.decisions().isEmpty()
                ? position
                : DecisionLog.Position.of(page.decisions().get(page.decisions().size() - 1));
        return new Part(lines, last, page.next() == null);
    }

    /** A decision under the draft, as {@link RescoreLines} writes it. */
    public String line(KeptDecision kept) {
        stillWanted.run();
        List<Problem> problems = new ArrayList<>();
        Comparison comparison = comparison(kept, problems);
        return comparison == null
                ? RescoreLines.line(
                        kept.id(), kept.createdAt(), kept.versionId(), kept.request(), kept.answer(), problems)
                : RescoreLines.line(
                        kept.id(), kept.createdAt(), kept.versionId(), kept.request(), kept.answer(), comparison);
    }

    private @Nullable Comparison comparison(KeptDecision kept, List<Problem> problems) {
        String asked = kept.asOf() + " " + kept.request();
        synchronized (atHand) {
            Comparison known = atHand.get(asked);
            if (known != null) {
                return Records.with(known, "about", "decision " + kept.id());
            }
        }
        Imported<@Nullable DecisionRequest> request = request(kept);
        Decision then = decision(before, request, problems);
        Decision now = then == null ? null : decision(after, request, problems);
        if (then == null || now == null) {
            return null;
        }
        Comparison comparison = Comparison.of("decision " + kept.id(), then, now, edits);
        synchronized (atHand) {
            atHand.put(asked, comparison);
        }
        return comparison;
    }

    private static Imported<@Nullable DecisionRequest> request(KeptDecision kept) {
        try {
            return RequestReader.read(kept.request(), kept.asOf()).requests().get(0);
        } catch (BadJsonException e) {
            return Imported.nothing(
                    List.of(new Problem("bad-json", String.valueOf(e.getMessage()), new Place.Pointer(""))));
        }
    }

    private static @Nullable Decision decision(
            Decider decider, Imported<@Nullable DecisionRequest> request, List<Problem> problems) {
        Imported<@Nullable Decision> decided = decider.decide(request);
        problems.addAll(decided.problems());
        return decided.value();
    }
}
