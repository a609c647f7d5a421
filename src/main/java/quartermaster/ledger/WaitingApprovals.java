package quartermaster.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What waits for a second person, for any number of services and over their restarts. */
public final class WaitingApprovals {
    private static final String FIELDS = "id, asked_at, asked_by, reason, subject, content, expected, change";

    private final Jdbi jdbi;

    WaitingApprovals(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param mostBytes that all of them may hold
     * @return false where that would be too much, and nothing was kept
     */
    public boolean add(KeptApproval approval, long mostBytes) {
        return jdbi.inTransaction(handle -> {
            long held = handle.createQuery("SELECT COALESCE(SUM(size), 0) FROM approval")
                    .mapTo(Long.class)
                    .one();
            if (held + approval.bytes() > mostBytes) {
                return false;
            }
            handle.createUpdate("INSERT INTO approval (" + FIELDS + ", size) VALUES (:id, :askedAt, :askedBy, :reason,"
                            + " :subject, :content, :expected, :change, :size)")
                    .bind("id", approval.id())
                    .bind("askedAt", Database.text(approval.askedAt()))
                    .bind("askedBy", Database.clean(approval.askedBy()))
                    .bind("reason", Database.clean(approval.reason()))
                    .bind("subject", approval.subject())
                    .bind("content", approval.content())
                    .bind("expected", approval.expected())
                    .bind("change", Database.clean(approval.change()))
                    .bind("size", approval.bytes())
                    .execute();
            return true;
        });
    }

    public Optional<KeptApproval> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + FIELDS + " FROM approval WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> approval(row))
                .findFirst());
    }

    /** Oldest first. */
    public List<KeptApproval> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + FIELDS + " FROM approval ORDER BY asked_at, id")
                .map((row, context) -> approval(row))
                .list());
    }

    public void delete(String id) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM approval WHERE id = :id")
                .bind("id", id)
                .execute());
    }

    /** Deletes what was asked before. */
    public void forget(Instant before) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM approval WHERE asked_at < :before")
                .bind("before", Database.text(before))
                .execute());
    }

    private static KeptApproval approval(ResultSet row) throws SQLException {
        return new KeptApproval(
                row.getString("id"),
                Instant.parse(row.getString("asked_at")),
                row.getString("asked_by"),
                row.getString("reason"),
                row.getString("subject"),
                row.getBytes("content"),
                row.getString("expected"),
                row.getString("change"));
    }
}
