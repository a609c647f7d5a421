package quartermaster.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was decided, with which version, and which version was in force when: {@code ledger.sqlite} in the workspace's
 * own folder, or a PostgreSQL database that several services share.
 *
 * <p>Writing returns at once: one thread opens the tables and writes, and whoever reads waits for what was recorded
 * before. Nothing fails because something cannot be written: it waits in a file beside the ledger, as far as that may
 * grow, and is written when that goes again. What is lost is counted ({@link #lost}) and logged, and
 * {@link #findProblem} says why. A file that was deleted or is damaged is begun anew. Only reading throws a
 * {@link LedgerException}, when there is nothing to read from, and {@link #putInForce}.
 */
public final class Ledger implements AutoCloseable {
    /** Its file within the folder. */
    public static final String FILE = SqliteFile.FILE;

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Pattern ID_OR_PREFIX = Pattern.compile("(sha256:)?[0-9a-f]{4,64}");

    private static final int FORGOTTEN_AT_ONCE = 1_000;
    private static final int BROUGHT_AT_ONCE = 256;
    private static final long OPENED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Source source;
    private final Spill spill;
    private final LedgerWriter writer = new LedgerWriter(new Writing());
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>(); // it is open, or that was tried
    private final AtomicLong errors = new AtomicLong();
    private volatile @Nullable Database database; // null while it is not to be opened
    private volatile @Nullable String problem;
    private volatile boolean overflowing;
    private long openedAt;
    private boolean trying; // only whether it goes again
    private @Nullable KeptVersion lastVersion; // a new file has to know with what it goes on
    private @Nullable Activation lastActivation;

    private Ledger(Source source, Spill spill) {
        this.source = source;
        this.spill = spill;
    }

    /**
     * Copies a folder's ledger as it is at one moment, while others may write it.
     *
     * @param to a file that is not there yet
     * @throws IOException where it cannot be copied
     */
    public static void copy(Path folder, Path to) throws IOException {
        SqliteFile.copy(folder, to);
    }

    /** The ledger in a folder, which is opened or created meanwhile. */
    public static Ledger open(Path folder) {
        return open(folder, null);
    }

    /**
     * @param folder for the ledger, or only for what cannot be written at present
     * @param shared where the ledger is instead; null for the folder
     */
    public static Ledger open(Path folder, @Nullable DatabaseAddress shared) {
        return open(folder, shared, Spill.MOST_BYTES);
    }

    static Ledger open(Path folder, @Nullable DatabaseAddress shared, long mostWaitingBytes) {
        Source source = shared == null ? new SqliteFile(folder) : new PostgresServer(shared);
        Ledger ledger = new Ledger(source, new Spill(folder, mostWaitingBytes));
        ledger.writer.start();
        return ledger;
    }

    /** Keeps room beside the ledger, so that decisions can wait there even where the disk is full. */
    public Ledger keepingRoom() {
        begun.thenRun(() -> spill.reserve(Spill.RESERVED_BYTES));
        return this;
    }

    /** Why nothing is being written at present; empty while all is well. */
    public Optional<String> findProblem() {
        return Optional.ofNullable(problem);
    }

    /** Decisions, versions and activations that were not kept since the start. */
    public long lost() {
        return writer.lost();
    }

    /** How often writing failed since the start. */
    public long errors() {
        return errors.get();
    }

    /** What it takes on the disk. */
    public long bytes() {
        return source.bytes();
    }

    /** How many will be written next. */
    public int waiting() {
        return writer.waiting();
    }

    /** How many wait in a file until the ledger can be written again. */
    public int waitingAside() {
        return spill.waiting();
    }

    /** Keeps a version; one that is known stays as it is. */
    public void keep(KeptVersion version) {
        writer.offer(version);
    }

    public void record(Activation activation) {
        writer.offer(activation);
    }

    /**
     * The decision can be found from now on, and is on the disk a little later.
     *
     * @return true when it is there, false when it is not: it may come there later, or is lost
     */
    public CompletableFuture<Boolean> record(KeptDecision decision) {
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        boolean accepted = writer.offer(decision, kept);
        if (!accepted && !overflowing) {
            LOG.error("{} decisions wait for {}: those that come now are lost.", writer.waiting(), source.name());
        }
        overflowing = !accepted;
        return kept;
    }

    /** Whether decisions that come now will probably be kept late or not at all. */
    public boolean isFailing() {
        return problem != null || overflowing;
    }

    /** The version that all decide with that share this database; empty before the first. */
    public Optional<KeptVersion> inForce() {
        return readNow(Database::inForce);
    }

    /** Its id alone. */
    public Optional<String> inForceId() {
        return readNow(Database::inForceId);
    }

    /**
     * Keeps a version with its files and puts it in force for all that share this database, in one step.
     *
     * @param files content by digest
     * @param expected id of what is in force; null where nothing is yet
     * @return false where something else is in force, and nothing was done
     * @throws LedgerException where it cannot be done
     */
    public boolean putInForce(
            KeptVersion version, Map<String, byte[]> files, Activation activation, @Nullable String expected) {
        return readNow(open -> open.putInForce(version, files, activation, expected));
    }

    /** Content of a file of a version that was put in force so. */
    public Optional<byte[]> findFile(String digest) {
        return readNow(open -> open.findFile(digest));
    }

    /** Calls back whenever another version may be in force for all, from a thread of its own; until this is closed. */
    public void listen(Runnable listener) {
        source.listen(listener);
    }

    /** Newest first. */
    public List<PastVersion> versions() {
        return read(Database::versions);
    }

    /**
     * Finds a version by its id or the first four or more digits of it, with or without {@code sha256:}.
     *
     * @throws IllegalArgumentException when several versions begin so
     */
    public Optional<KeptVersion> findVersion(String idOrPrefix) {
        if (!ID_OR_PREFIX.matcher(idOrPrefix).matches()) {
            return Optional.empty();
        }
        String first = idOrPrefix.startsWith("sha256:") ? idOrPrefix : "sha256:" + idOrPrefix;
        List<KeptVersion> found = read(open -> open.versionsThatBegin(first));
        if (found.size() > 1) {
            throw new IllegalArgumentException("\"" + idOrPrefix + "\" begins " + found.size()
                    + " versions: it must have as many digits as tell them apart.");
        }
        return found.stream().findFirst();
    }

    /** Newest first. */
    public List<Activation> newestActivations(int limit) {
        return read(open -> open.activations(limit));
    }

    public Optional<KeptDecision> findDecision(String id) {
        Optional<KeptDecision> waiting = writer.find(id).map(KeptDecision.class::cast);
        return waiting.isPresent() ? waiting : readNow(open -> open.findDecision(id));
    }

    /** Newest first. */
    public List<KeptDecision> newestDecisions(int limit) {
        List<KeptDecision> decisions = new ArrayList<>();
        forEachNewestDecision(limit, decisions::add);
        return decisions;
    }

    /** Newest first, without holding them all in memory. */
    public void forEachNewestDecision(int limit, Consumer<KeptDecision> reader) {
        read(open -> {
            open.newestDecisions(limit, reader);
            return true;
        });
    }

    /**
     * Some of what is looked for, in order.
     *
     * @param after the last one of the page before; null for the first page
     * @param limit how many at most
     */
    public DecisionLog.Page decisions(DecisionLog.Search search, DecisionLog.@Nullable Position after, int limit) {
        return read(open -> open.page(search, after, limit));
    }

    /** How many there are. */
    public long count(DecisionLog.Search search) {
        return read(open -> open.count(search));
    }

    /** Works with the jobs that decide the log again. */
    public <T> T rescores(Function<Rescores, T> work) {
        return readNow(open -> work.apply(open.rescores()));
    }

    /** Works with the jobs that score long workbooks. */
    public <T> T workbooks(Function<WorkbookJobs, T> work) {
        return readNow(open -> work.apply(open.workbooks()));
    }

    /** Works with answers to requests that may be sent again. */
    public <T> T repeats(Function<KeptRepeats, T> work) {
        return readNow(open -> work.apply(open.repeats()));
    }

    /** Works with what waits for a second person. */
    public <T> T approvals(Function<WaitingApprovals, T> work) {
        return readNow(open -> work.apply(open.approvals()));
    }

    /** What deleting has freed goes back to the disk. */
    public void giveBackSpace() {
        read(open -> {
            open.giveBackSpace();
            return true;
        });
    }

    /** Deletes decisions that were made before; versions stay for ever. Says how many. */
    public int forgetDecisions(Instant before) {
        return read(open -> {
            int deleted = 0;
            for (int some = FORGOTTEN_AT_ONCE; some == FORGOTTEN_AT_ONCE; deleted += some) {
                some = open.deleteDecisions(before, FORGOTTEN_AT_ONCE);
            }
            if (deleted > 0) {
                open.giveBackSpace();
            }
            return deleted;
        });
    }

    /** Waits until what was recorded is on the disk, waits for better times, or is lost. */
    public void flush() {
        writer.flush();
    }

    /** Writes what waits; what comes later is lost. */
    @Override
    public void close() {
        writer.close();
        closeDatabase();
        source.close();
        spill.close();
    }

    private void closeDatabase() {
        Database open = database;
        if (open != null) {
            open.close();
        }
    }

    /** What the one thread does that writes. */
    private final class Writing implements LedgerWriter.Destination {
        @Override
        public void open() {
            try {
                spill.recover();
                opened();
            } finally {
                begun.complete(true);
            }
        }

        @Override
        public boolean write(List<Entry> entries) {
            entries.forEach(this::remember);
            return insert(entries);
        }

        private void remember(Entry entry) {
            if (entry instanceof KeptVersion version) {
                lastVersion = version;
            } else if (entry instanceof Activation activation) {
                lastActivation = activation;
            }
        }

        @Override
        public boolean putAside(List<Entry> entries) {
            return spill.add(entries);
        }

        @Override
        public void idle() {
            if (spill.waiting() > 0 || problem != null || !source.isSame()) {
                List<Entry> waited = spill.oldest(BROUGHT_AT_ONCE);
                trying = waited.isEmpty();
                if (insert(waited)) {
                    spill.written();
                }
                trying = false;
            }
        }
    }

    private enum Attempt {
        DONE,
        FAILED,
        /** Nothing can ever be written there again. */
        GONE,
        DAMAGED
    }

    private boolean insert(List<Entry> entries) {
        Database open = opened();
        if (open == null) {
            return false;
        }
        Attempt first = attempt(open, entries);
        if (first == Attempt.DONE || first == Attempt.FAILED) {
            return first == Attempt.DONE;
        }
        Database anew = begunAnew(first == Attempt.DAMAGED);
        return anew != null && attempt(anew, entries) == Attempt.DONE;
    }

    private Attempt attempt(Database open, List<Entry> entries) {
        try {
            open.insert(entries);
        } catch (RuntimeException e) {
            failed("cannot be written: " + reason(e), e);
            return source.isDamaged(e) ? Attempt.DAMAGED : source.isSame() ? Attempt.FAILED : Attempt.GONE;
        }
        if (!source.isSame()) {
            failed("was deleted or replaced while it was open; what it held is gone.", null);
            return Attempt.GONE;
        }
        if (problem != null) {
            LOG.info("{} can be written again; {} entries were lost, {} wait.", source.name(), lost(), waitingAside());
            problem = null;
        }
        return Attempt.DONE;
    }

    private @Nullable Database begunAnew(boolean damaged) {
        closeDatabase();
        database = null;
        openedAt = 0;
        try {
            if (damaged) {
                source.putAside();
            }
            Database anew = opened();
            if (anew != null) {
                anew.insert(Stream.of(lastVersion, lastActivation)
                        .filter(Objects::nonNull)
                        .map(Entry.class::cast)
                        .toList());
            }
            return anew;
        } catch (IOException | RuntimeException e) {
            failed("cannot be begun anew: " + e.getMessage(), e);
            return null;
        }
    }

    /** Tries to open it, but not all the time. */
    private @Nullable Database opened() {
        long now = System.nanoTime();
        if (database == null && (openedAt == 0 || now - openedAt > OPENED_EVERY_NANOS)) {
            openedAt = now;
            database = openNow();
        }
        return database;
    }

    private @Nullable Database openNow() {
        try {
            return Database.open(source);
        } catch (Exception | LinkageError e) { // SQLite's library may not load
            if (source.isDamaged(e)) {
                return openNew(e);
            }
            failed("cannot be opened: " + reason(e), e);
            return null;
        }
    }

    private @Nullable Database openNew(Throwable damage) {
        try {
            errors.incrementAndGet();
            LOG.error("{} cannot be opened.", source.name(), damage);
            source.putAside();
            return Database.open(source);
        } catch (IOException | RuntimeException e) {
            failed("cannot be opened: " + reason(e), e);
            return null;
        }
    }

    private void failed(String what, @Nullable Throwable cause) {
        if (!trying || problem == null) {
            errors.incrementAndGet();
        }
        if (problem == null) {
            Throwable root = cause == null ? null : root(cause);
            LOG.error(
                    "{} {} Decisions are answered, and written later.",
                    source.name(),
                    what,
                    root instanceof SQLException ? null : root); // a database says enough in its message
        }
        problem = source.name() + " " + what;
    }

    /** What the database says, without the statement and what it was to write: others read it. */
    private static String reason(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof BatchUpdateException) {
            return "a statement failed";
        }
        return root instanceof IOException ? root.toString() : String.valueOf(root.getMessage());
    }

    private static Throwable root(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .reduce((outer, inner) -> inner)
                .orElse(failure);
    }

    private <T> T read(Function<Database, T> query) {
        flush();
        return readNow(query);
    }

    private <T> T readNow(Function<Database, T> query) {
        begun.join();
        Database open = database;
        if (open == null) {
            throw new LedgerException(String.valueOf(problem));
        }
        try {
            return query.apply(open);
        } catch (JdbiException e) {
            throw new LedgerException(source.name() + " cannot be read: " + reason(e), e);
        }
    }
}
