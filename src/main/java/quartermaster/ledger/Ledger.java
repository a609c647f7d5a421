package quartermaster.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was decided, with which version, and which version was in force when: {@code ledger.sqlite} in the workspace's
 * own folder.
 *
 * <p>Writing returns at once: one thread opens the file and writes, and whoever reads waits for what was recorded
 * before. Nothing fails because something cannot be kept: what is lost is counted ({@link #lost}) and logged, and
 * {@link #findProblem} says why. Only reading throws a {@link LedgerException}, when there is nothing to read from.
 */
public final class Ledger implements AutoCloseable {
    /** Its file within the folder. */
    public static final String FILE = Database.FILE;

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Pattern ID_OR_PREFIX = Pattern.compile("(sha256:)?[0-9a-f]{4,64}");
    private static final String AFTER_HEX = "g"; // sorts behind every hexadecimal digit

    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final Path folder;
    private final Path file;
    private final CompletableFuture<Optional<Database>> database = new CompletableFuture<>(); // empty: not to be opened
    private final LedgerWriter writer = new LedgerWriter(this::open, this::write);
    private volatile @Nullable String problem;
    private volatile boolean overflowing;

    private Ledger(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(Database.FILE);
    }

    /** The ledger in a folder, which is opened or created meanwhile. */
    public static Ledger open(Path folder) {
        Ledger ledger = new Ledger(folder);
        ledger.writer.start();
        return ledger;
    }

    /** Why nothing is being kept at present; empty while all is well. */
    public Optional<String> findProblem() {
        return Optional.ofNullable(problem);
    }

    /** Decisions, versions and activations that were not kept since the start. */
    public long lost() {
        return writer.lost();
    }

    /** How many will be written next. */
    public int waiting() {
        return writer.waiting();
    }

    /** Keeps a version; one that is known stays as it is. */
    public void keep(KeptVersion version) {
        writer.offer(version);
    }

    public void record(Activation activation) {
        writer.offer(activation);
    }

    /** The decision can be found from now on, and is on the disk a little later. */
    public void record(KeptDecision decision) {
        boolean accepted = writer.offer(decision);
        if (!accepted && !overflowing) {
            LOG.error("{} decisions wait for {}: those that come now are lost.", writer.waiting(), file);
        }
        overflowing = !accepted;
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
        List<KeptVersion> found = read(open -> open.versionsFrom(first, first + AFTER_HEX));
        if (found.size() > 1) {
            throw new IllegalArgumentException("\"" + idOrPrefix + "\" begins " + found.size()
                    + " versions: it must have as many digits as tell them apart.");
        }
        return found.stream().findFirst();
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

    /** Deletes decisions that were made before; versions stay for ever. Says how many. */
    public int forgetDecisions(Instant before) {
        return read(open -> {
            int deleted = 0;
            for (int some = FORGOTTEN_AT_ONCE; some == FORGOTTEN_AT_ONCE; deleted += some) {
                some = open.deleteDecisions(before, FORGOTTEN_AT_ONCE);
            }
            return deleted;
        });
    }

    /** Waits until what was recorded is on the disk, or lost. */
    public void flush() {
        writer.flush();
    }

    /** Writes what waits; what comes later is lost. */
    @Override
    public void close() {
        writer.close();
        database.join().ifPresent(Database::close);
    }

    private void open() {
        try {
            database.complete(Optional.of(Database.open(folder)));
        } catch (Exception | LinkageError e) { // SQLite's library may not load
            LOG.error("{} cannot be opened: decisions are answered, and not kept.", file, e);
            problem = file + " cannot be opened: " + e.getMessage();
        } finally {
            database.complete(Optional.empty());
        }
    }

    private boolean write(List<Entry> entries) {
        Optional<Database> open = database.join();
        if (open.isEmpty()) {
            return false;
        }
        try {
            open.get().insert(entries);
            if (problem != null) {
                LOG.info("{} can be written again; {} entries were lost.", file, lost());
                problem = null;
            }
            return true;
        } catch (RuntimeException e) {
            if (problem == null) {
                LOG.error("{} cannot be written: decisions are answered, and not kept.", file, e);
            }
            problem = file + " cannot be written: " + e.getMessage();
            return false;
        }
    }

    private <T> T read(Function<Database, T> query) {
        flush();
        return readNow(query);
    }

    private <T> T readNow(Function<Database, T> query) {
        Database open = database.join().orElseThrow(() -> new LedgerException(String.valueOf(problem)));
        try {
            return query.apply(open);
        } catch (JdbiException e) {
            throw new LedgerException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
