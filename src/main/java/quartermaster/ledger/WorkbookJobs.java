package quartermaster.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;

/**
 * Jobs that score long workbooks, for any number of services: whoever has the lease of one works on it. Files are in pieces,
 * so that nobody holds all of them; that it is done and what was decided are written together, so that nothing is there twice.
 */
public final class WorkbookJobs {
    private static final Duration LEASE = Duration.ofMinutes(1); // renewed about every second
    private static final int PIECE_BYTES = 2_000_000;
    private static final String FIELDS = "id, created_at, actor, name, version_id, as_of, state, attempts, phase, done,"
            + " total, candidates, problems, failure";
    private static final String IS_FREE = "(state = 'waiting' OR (state = 'running' AND lease_until < :now))";
    private static final String IS_MINE = "id = :id AND owner = :owner AND state = 'running'";

    private final Jdbi jdbi;

    WorkbookJobs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A file of a job. */
    public enum Content {
        UPLOAD,
        /** With the results. */
        WORKBOOK,
        /** The decisions as JSON. */
        ANSWERS
    }

    /**
     * Keeps a job with its file. Where there is no room for it, what ended longest ago makes some.
     *
     * @param mostUnended how many may wait or run
     * @param mostBytes that all of them may hold
     * @return false where that would be too much, and nothing was kept
     */
    public boolean add(KeptWorkbook job, byte[] upload, int mostUnended, long mostBytes) {
        return jdbi.inTransaction(handle -> {
            if (unended(handle) >= mostUnended || !makeRoom(mostBytes - upload.length, handle)) {
                return false;
            }
            handle.createUpdate("INSERT INTO workbook_job (id, created_at, actor, name, version_id, as_of, state,"
                            + " attempts, done, total, candidates, problems, bytes) VALUES (:id, :createdAt, :actor,"
                            + " :name, :versionId, :asOf, 'waiting', 0, 0, 0, 0, 0, :bytes)")
                    .bind("id", job.id())
                    .bind("createdAt", Database.text(job.createdAt()))
                    .bind("actor", Database.clean(job.actor()))
                    .bind("name", Database.clean(job.name()))
                    .bind("versionId", job.versionId())
                    .bind("asOf", job.asOf().toString())
                    .bind("bytes", upload.length)
                    .execute();
            for (int from = 0, number = 0; from < upload.length; from += PIECE_BYTES, number++) {
                byte[] piece = Arrays.copyOfRange(upload, from, Math.min(upload.length, from + PIECE_BYTES));
                insert(job.id(), Content.UPLOAD, number, piece, handle);
            }
            return true;
        });
    }

    private static int unended(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM workbook_job WHERE state IN ('waiting', 'running')")
                .mapTo(Integer.class)
                .one();
    }

    private static boolean makeRoom(long most, Handle handle) {
        while (handle.createQuery("SELECT COALESCE(SUM(bytes), 0) FROM workbook_job")
                        .mapTo(Long.class)
                        .one()
                > most) {
            Optional<String> oldest = handle.createQuery(
                            "SELECT id FROM workbook_job WHERE ended_at IS NOT NULL ORDER BY ended_at, id LIMIT 1")
                    .mapTo(String.class)
                    .findFirst();
            if (oldest.isEmpty()) {
                return false;
            }
            delete(oldest.get(), handle);
        }
        return true;
    }

    private static void insert(String id, Content content, int number, byte[] piece, Handle handle) {
        handle.createUpdate("INSERT INTO workbook_part (job_id, content, number, piece)"
                        + " VALUES (:id, :content, :number, :piece)")
                .bind("id", id)
                .bind("content", Choice.id(content))
                .bind("number", number)
                .bind("piece", piece)
                .execute();
    }

    public Optional<KeptWorkbook> find(String id) {
        return jdbi.withHandle(handle -> find(id, handle));
    }

    private static Optional<KeptWorkbook> find(String id, Handle handle) {
        return handle.createQuery("SELECT " + FIELDS + " FROM workbook_job WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findFirst();
    }

    /**
     * The lease of the oldest one on which nobody works. Who comes second finds it no longer free, whatever he saw before;
     * what an earlier owner wrote of its result is gone.
     *
     * @param owner the service that asks
     */
    public Optional<KeptWorkbook> claim(String owner, Instant now) {
        return jdbi.inTransaction(handle -> {
            Optional<String> free = handle.createQuery(
                            "SELECT id FROM workbook_job WHERE " + IS_FREE + " ORDER BY created_at, id LIMIT 1")
                    .bind("now", Database.text(now))
                    .mapTo(String.class)
                    .findFirst();
            if (free.isEmpty()) {
                return Optional.empty();
            }
            int claimed = handle.createUpdate("UPDATE workbook_job SET state = 'running', owner = :owner,"
                            + " lease_until = :lease, attempts = attempts + 1, phase = NULL, done = 0, total = 0"
                            + " WHERE id = :id AND " + IS_FREE)
                    .bind("owner", owner)
                    .bind("lease", Database.text(now.plus(LEASE)))
                    .bind("id", free.get())
                    .bind("now", Database.text(now))
                    .execute();
            if (claimed != 1) {
                return Optional.empty();
            }
            deleteParts(free.get(), Content.WORKBOOK, handle);
            deleteParts(free.get(), Content.ANSWERS, handle);
            return find(free.get(), handle);
        });
    }

    /**
     * Says how far it is, and keeps the lease.
     *
     * @return false where the job is no longer this owner's: it was deleted, or another service has it
     */
    public boolean reached(String id, String owner, @Nullable String phase, long done, long total, Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "UPDATE workbook_job SET phase = :phase, done = :done, total = :total,"
                                        + " lease_until = :lease WHERE " + IS_MINE)
                        .bind("phase", phase)
                        .bind("done", done)
                        .bind("total", total)
                        .bind("lease", Database.text(now.plus(LEASE)))
                        .bind("id", id)
                        .bind("owner", owner)
                        .execute())
                == 1;
    }

    /**
     * Keeps a file that was made.
     *
     * @return false where the job is no longer this owner's
     */
    public boolean add(String id, String owner, Content content, InputStream file) {
        byte[] piece = piece(file);
        for (int number = 0; piece.length > 0; number++) {
            if (!add(id, owner, content, number, piece)) {
                return false;
            }
            piece = piece(file);
        }
        return true;
    }

    private static byte[] piece(InputStream file) {
        try {
            return file.readNBytes(PIECE_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("What was made cannot be read.", e);
        }
    }

    private boolean add(String id, String owner, Content content, int number, byte[] piece) {
        return jdbi.inTransaction(handle -> {
            int mine = handle.createUpdate("UPDATE workbook_job SET bytes = bytes + :more WHERE " + IS_MINE)
                    .bind("more", piece.length)
                    .bind("id", id)
                    .bind("owner", owner)
                    .execute();
            if (mine == 1) {
                insert(id, content, number, piece, handle);
            }
            return mine == 1;
        });
    }

    /**
     * It is done: its files are there, and its decisions are among the others. Its upload goes.
     *
     * @return false where it is no longer this owner's, and nothing was kept
     */
    public boolean done(
            String id, String owner, int candidates, int problems, List<KeptDecision> decisions, Instant now) {
        return jdbi.inTransaction(handle -> {
            int mine = handle.createUpdate("UPDATE workbook_job SET state = 'done', candidates = :candidates,"
                            + " problems = :problems, ended_at = :now WHERE " + IS_MINE)
                    .bind("candidates", candidates)
                    .bind("problems", problems)
                    .bind("now", Database.text(now))
                    .bind("id", id)
                    .bind("owner", owner)
                    .execute();
            if (mine == 1) {
                Database.insert(List.copyOf(decisions), handle);
                deleteParts(id, Content.UPLOAD, handle);
            }
            return mine == 1;
        });
    }

    /**
     * It failed: nothing of its files stays.
     *
     * @param failure why, as JSON
     * @return false where it is no longer this owner's
     */
    public boolean failed(String id, String owner, String failure, Instant now) {
        return jdbi.inTransaction(handle -> {
            int mine = handle.createUpdate(
                            "UPDATE workbook_job SET state = 'failed', failure = :failure, ended_at = :now WHERE "
                                    + IS_MINE)
                    .bind("failure", Database.clean(failure))
                    .bind("now", Database.text(now))
                    .bind("id", id)
                    .bind("owner", owner)
                    .execute();
            if (mine == 1) {
                for (Content each : Content.values()) {
                    deleteParts(id, each, handle);
                }
            }
            return mine == 1;
        });
    }

    /** Somebody else may begin anew what this owner has begun. */
    public void giveBack(String owner) {
        jdbi.useHandle(
                handle -> handle.createUpdate("UPDATE workbook_job SET state = 'waiting', attempts = attempts - 1"
                                + " WHERE owner = :owner AND state = 'running'")
                        .bind("owner", owner)
                        .execute());
    }

    /** All of a file; empty where there is none. */
    public Optional<byte[]> read(String id, Content content) {
        return open(id, content).map(open -> {
            try (open) {
                return open.readAllBytes();
            } catch (IOException e) {
                throw new LedgerException("A file of the job " + id + " cannot be read: " + e.getMessage(), e);
            }
        });
    }

    /** A file, of which one piece at a time is held; empty where there is none. */
    public Optional<InputStream> open(String id, Content content) {
        return jdbi.withHandle(handle -> {
            int pieces = handle.createQuery(
                            "SELECT COUNT(*) FROM workbook_part WHERE job_id = :id AND content = :content")
                    .bind("id", id)
                    .bind("content", Choice.id(content))
                    .mapTo(Integer.class)
                    .one();
            return pieces == 0 ? Optional.empty() : Optional.of(new Pieces(id, content, pieces));
        });
    }

    /** One after another; where one is gone by then, reading fails and does not end. */
    private final class Pieces extends InputStream {
        private final String id;
        private final Content content;
        private final int pieces;
        private byte[] piece = {};
        private int next; // byte of it
        private int number; // of the piece behind it

        Pieces(String id, Content content, int pieces) {
            this.id = id;
            this.content = content;
            this.pieces = pieces;
        }

        @Override
        public int read() throws IOException {
            return isThere() ? piece[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            if (most == 0) {
                return 0;
            }
            if (!isThere()) {
                return -1;
            }
            int read = Math.min(most, piece.length - next);
            System.arraycopy(piece, next, to, from, read);
            next += read;
            return read;
        }

        private boolean isThere() throws IOException {
            while (next == piece.length && number < pieces) {
                piece = piece(id, content, number++);
                next = 0;
            }
            return next < piece.length;
        }
    }

    private byte[] piece(String id, Content content, int number) throws IOException {
        try {
            return jdbi.withHandle(handle -> handle.createQuery("SELECT piece FROM workbook_part"
                                    + " WHERE job_id = :id AND content = :content AND number = :number")
                            .bind("id", id)
                            .bind("content", Choice.id(content))
                            .bind("number", number)
                            .mapTo(byte[].class)
                            .findFirst())
                    .orElseThrow(() -> new IOException("The job " + id + " was deleted while it was read."));
        } catch (JdbiException e) {
            throw new IOException("The ledger cannot be read: " + e.getMessage(), e);
        }
    }

    /** Where somebody works on it, that ends soon. */
    public void delete(String id) {
        jdbi.useTransaction(handle -> delete(id, handle));
    }

    /** The job first: who works on it adds nothing after that. */
    private static void delete(String id, Handle handle) {
        handle.createUpdate("DELETE FROM workbook_job WHERE id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("DELETE FROM workbook_part WHERE job_id = :id")
                .bind("id", id)
                .execute();
    }

    private static void deleteParts(String id, Content content, Handle handle) {
        handle.createUpdate("DELETE FROM workbook_part WHERE job_id = :id AND content = :content")
                .bind("id", id)
                .bind("content", Choice.id(content))
                .execute();
        handle.createUpdate("UPDATE workbook_job SET bytes = (SELECT COALESCE(SUM(LENGTH(piece)), 0) FROM workbook_part"
                        + " WHERE job_id = :id) WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** Deletes those that ended before; says how many. */
    public int forget(Instant before) {
        return jdbi.inTransaction(handle -> {
            List<String> old = handle.createQuery("SELECT id FROM workbook_job WHERE ended_at < :before")
                    .bind("before", Database.text(before))
                    .mapTo(String.class)
                    .list();
            old.forEach(id -> delete(id, handle));
            return old.size();
        });
    }

    private static KeptWorkbook job(ResultSet row) throws SQLException {
        return new KeptWorkbook(
                row.getString("id"),
                Instant.parse(row.getString("created_at")),
                row.getString("actor"),
                row.getString("name"),
                row.getString("version_id"),
                LocalDate.parse(row.getString("as_of")),
                Choice.find(JobState.class, row.getString("state")).orElseThrow(),
                row.getInt("attempts"),
                row.getString("phase"),
                row.getLong("done"),
                row.getLong("total"),
                row.getInt("candidates"),
                row.getInt("problems"),
                row.getString("failure"));
    }
}
