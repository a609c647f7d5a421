package quartermaster.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import quartermaster.unit.Choice;

/**
 * Jobs that decide the log again, for any number of services: whoever has the lease of one works on it. What a part found
 * and where the next one begins are written together, so that nothing is there twice, whoever is killed when.
 */
public final class Rescores {
    private static final Duration LEASE = Duration.ofMinutes(2); // for one part
    private static final String FIELDS =
            "id, created_at, actor, version_id, draft, since_at, until_at, state, done, total, parts, last, result";
    private static final String IS_FREE = "(state = 'waiting' OR (state = 'running' AND lease_until < :now))";
    private static final String IS_MINE = "id = :id AND owner = :owner AND state = 'running'";

    private final Jdbi jdbi;

    Rescores(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param files content of the draft by digest */
    public void add(KeptRescore job, Map<String, byte[]> files) {
        jdbi.useTransaction(handle -> {
            Database.insertFiles(files, handle);
            handle.createUpdate(
                            "INSERT INTO rescore (id, created_at, actor, version_id, draft, since_at, until_at, state,"
                                    + " done, total, parts) VALUES (:id, :createdAt, :actor, :versionId, :draft, :since,"
                                    + " :until, :state, 0, :total, 0)")
                    .bind("id", job.id())
                    .bind("createdAt", Database.text(job.createdAt()))
                    .bind("actor", Database.clean(job.actor()))
                    .bind("versionId", job.versionId())
                    .bind("draft", job.draft().text())
                    .bind("since", Database.text(job.since()))
                    .bind("until", Database.text(job.until()))
                    .bind("state", Choice.id(job.state()))
                    .bind("total", job.total())
                    .execute();
        });
    }

    public Optional<KeptRescore> find(String id) {
        return jdbi.withHandle(handle -> find(id, handle));
    }

    private static Optional<KeptRescore> find(String id, Handle handle) {
        return handle.createQuery("SELECT " + FIELDS + " FROM rescore WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findFirst();
    }

    /** How many are waiting or running. */
    public int unended() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT COUNT(*) FROM rescore WHERE state IN ('waiting', 'running')")
                        .mapTo(Integer.class)
                        .one());
    }

    /**
     * The lease of the oldest one on which nobody works. Who comes second finds it no longer free, whatever he saw before.
     *
     * @param owner the service that asks
     */
    public Optional<KeptRescore> claim(String owner, Instant now) {
        return jdbi.withHandle(handle -> {
            Optional<String> free = handle.createQuery(
                            "SELECT id FROM rescore WHERE " + IS_FREE + " ORDER BY created_at, id LIMIT 1")
                    .bind("now", Database.text(now))
                    .mapTo(String.class)
                    .findFirst();
            if (free.isEmpty()) {
                return Optional.empty();
            }
            int claimed = handle.createUpdate("UPDATE rescore SET state = 'running', owner = :owner,"
                            + " lease_until = :lease WHERE id = :id AND " + IS_FREE)
                    .bind("owner", owner)
                    .bind("lease", Database.text(now.plus(LEASE)))
                    .bind("id", free.get())
                    .bind("now", Database.text(now))
                    .execute();
            return claimed == 1 ? find(free.get(), handle) : Optional.empty();
        });
    }

    /**
     * Keeps a part, and that the next one begins behind it.
     *
     * @param number from 0
     * @return false where the job is no longer this owner's, and nothing was kept
     */
    public boolean add(
            String id, String owner, int number, List<String> lines, DecisionLog.Position last, Instant now) {
        return jdbi.inTransaction(handle -> {
            int mine = handle.createUpdate("UPDATE rescore SET done = done + :more, parts = :parts, last = :last,"
                            + " lease_until = :lease WHERE " + IS_MINE + " AND parts = :number")
                    .bind("more", lines.size())
                    .bind("parts", number + 1)
                    .bind("last", last.toString())
                    .bind("lease", Database.text(now.plus(LEASE)))
                    .bind("id", id)
                    .bind("owner", owner)
                    .bind("number", number)
                    .execute();
            if (mine == 1) {
                handle.createUpdate(
                                "INSERT INTO rescore_part (rescore_id, number, lines) VALUES (:id, :number, :lines)")
                        .bind("id", id)
                        .bind("number", number)
                        .bind("lines", Packed.pack(String.join("\n", lines)))
                        .execute();
            }
            return mine == 1;
        });
    }

    /** @return false where it is no longer this owner's */
    public boolean end(String id, String owner, JobState state, String result, Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "UPDATE rescore SET state = :state, result = :result, ended_at = :now WHERE " + IS_MINE)
                        .bind("state", Choice.id(state))
                        .bind("result", Database.clean(result))
                        .bind("now", Database.text(now))
                        .bind("id", id)
                        .bind("owner", owner)
                        .execute()
                == 1);
    }

    /** Somebody else may go on with what this owner has begun. */
    public void giveBack(String owner) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE rescore SET state = 'waiting' WHERE owner = :owner AND state = 'running'")
                .bind("owner", owner)
                .execute());
    }

    /** The lines of a job, one part after the other. */
    public void forEachLine(String id, Consumer<String> reader) {
        Optional<String> some = part(id, 0);
        for (int number = 1; some.isPresent(); number++) {
            some.get().lines().forEach(reader);
            some = part(id, number);
        }
    }

    private Optional<String> part(String id, int number) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT lines FROM rescore_part WHERE rescore_id = :id AND number = :number")
                .bind("id", id)
                .bind("number", number)
                .mapTo(byte[].class)
                .findFirst()
                .map(Packed::unpack));
    }

    public void delete(String id) {
        jdbi.useTransaction(handle -> delete(id, handle));
    }

    /** The job first: who works on it adds nothing after that. */
    private static void delete(String id, Handle handle) {
        handle.createUpdate("DELETE FROM rescore WHERE id = :id").bind("id", id).execute();
        handle.createUpdate("DELETE FROM rescore_part WHERE rescore_id = :id")
                .bind("id", id)
                .execute();
    }

    /** Deletes those that ended before. */
    public void forget(Instant before) {
        jdbi.useTransaction(handle -> handle.createQuery("SELECT id FROM rescore WHERE ended_at < :before")
                .bind("before", Database.text(before))
                .mapTo(String.class)
                .list()
                .forEach(id -> delete(id, handle)));
    }

    private static KeptRescore job(ResultSet row) throws SQLException {
        String last = row.getString("last");
        return new KeptRescore(
                row.getString("id"),
                Instant.parse(row.getString("created_at")),
                row.getString("actor"),
                row.getString("version_id"),
                Manifest.parse(row.getString("draft")),
                Instant.parse(row.getString("since_at")),
                Instant.parse(row.getString("until_at")),
                Choice.find(JobState.class, row.getString("state")).orElseThrow(),
                row.getLong("done"),
                row.getLong("total"),
                row.getInt("parts"),
                last == null ? null : DecisionLog.Position.parse(last).orElseThrow(),
                row.getString("result"));
    }
}
