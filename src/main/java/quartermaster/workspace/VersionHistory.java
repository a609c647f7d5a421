package quartermaster.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.decision.Decision;
import quartermaster.decision.Versions;
import quartermaster.json.RequestWriter;
import quartermaster.ledger.Activation;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.ledger.KeptDecision;
import quartermaster.ledger.KeptFiles;
import quartermaster.ledger.KeptVersion;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.LedgerException;
import quartermaster.ledger.Manifest;
import quartermaster.ledger.Origin;
import quartermaster.ledger.PastVersion;
import quartermaster.unit.Digests;
import quartermaster.unit.Imported;

/** The versions that were in force, with their files, and what they decided. */
public final class VersionHistory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VersionHistory.class);
    private static final int VERSIONS_AT_HAND = 3;

    private final Workspace.Setting setting;
    private final Clock clock;
    private final @Nullable DatabaseAddress shared;
    private final Ledger ledger;
    private final KeptFiles files;
    private final Path last; // the version that was last in force, and a digest of its files: the ledger opens later
    private final Map<String, Workspace.Loaded> atHand = new LinkedHashMap<>(); // by version, oldest use first

    /**
     * @param own folder of the program within the workspace
     * @param shared where versions and decisions are kept instead; null for the folder
     */
    VersionHistory(Path own, Workspace.Setting setting, Clock clock, @Nullable DatabaseAddress shared) {
        this.setting = setting;
        this.clock = clock;
        this.shared = shared;
        this.ledger = Ledger.open(own, shared).keepingRoom();
        this.files = new KeptFiles(own);
        this.last = own.resolve("in-force");
    }

    /** Nothing was in force here yet. */
    boolean isNew() {
        return !Files.exists(last);
    }

    boolean wasInForceLast(Workspace.Loaded loaded) {
        return !isNew() && lastLine(0).equals(loaded.decider().versions().workspace());
    }

    /** Whether another service on this folder has put in force what lies there. */
    boolean wasPublishedElsewhere(Workspace.Loaded now, WorkspaceFiles onDisk) {
        return !isNew() && !wasInForceLast(now) && lastLine(1).equals(digest(onDisk));
    }

    /** Says to whoever else uses this folder what is in force from now on. It is so already: nothing fails by that. */
    void markLast(Workspace.Loaded loaded) {
        try {
            Files.writeString(last, loaded.decider().versions().workspace() + "\n" + digest(loaded.files()));
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", last, e.toString());
        }
    }

    private static String digest(WorkspaceFiles files) {
        return Digests.of(Manifest.of(files.digests()).text());
    }

    private String lastLine(int number) {
        try {
            List<String> lines = Files.readAllLines(last);
            return number < lines.size() ? lines.get(number) : "";
        } catch (IOException e) {
            return "";
        }
    }

    KeptFiles files() {
        return files;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Without its history the service goes on; it only cannot go back. */
    void keep(Workspace.Loaded loaded, Origin origin, @Nullable String reason, @Nullable String actor) {
        try {
            for (byte[] content : loaded.files().bytes().values()) {
                files.put(content);
            }
            markLast(loaded);
            KeptVersion version = version(loaded, origin, reason, actor);
            ledger.keep(version);
            ledger.record(activation(version));
        } catch (IOException e) {
            LOG.warn(
                    "Version {} could not be kept: {}",
                    loaded.decider().versions().workspace(),
                    e.toString());
        }
    }

    private KeptVersion version(
            Workspace.Loaded loaded, Origin origin, @Nullable String reason, @Nullable String actor) {
        Versions versions = loaded.decider().versions();
        return new KeptVersion(
                versions.workspace(),
                clock.instant(),
                origin,
                reason,
                Manifest.of(loaded.files().digests()),
                versions.catalogue(),
                versions.rules(),
                versions.program(),
                actor);
    }

    private static Activation activation(KeptVersion version) {
        return new Activation(version.id(), version.createdAt(), version.origin(), version.reason(), version.actor());
    }

    /** Whether several services share what is kept, and with it the version in force. */
    boolean isShared() {
        return shared != null;
    }

    /**
     * Puts a version in force for all services that share the database.
     *
     * @param before what is in force; null where nothing is yet
     * @return false where something else is, and nothing was done
     */
    boolean putInForceForAll(
            Workspace.Loaded loaded,
            Workspace.@Nullable Loaded before,
            Origin origin,
            @Nullable String reason,
            @Nullable String actor) {
        Map<String, byte[]> contents = new HashMap<>();
        loaded.files()
                .digests()
                .forEach((name, digest) ->
                        contents.put(digest, loaded.files().find(name).orElseThrow()));
        KeptVersion version = version(loaded, origin, reason, actor);
        return ledger.putInForce(
                version,
                contents,
                activation(version),
                before == null ? null : before.decider().versions().workspace());
    }

    /** A version by its id or the first digits of it; unchanged parts are taken over from the one in force. */
    Workspace.Loaded version(String id, Workspace.@Nullable Loaded now) {
        KeptVersion kept = requireVersion(id);
        if (now != null && now.decider().versions().workspace().equals(kept.id())) {
            return now;
        }
        synchronized (atHand) {
            Workspace.Loaded loaded = atHand.remove(kept.id());
            if (loaded == null) {
                loaded = load(kept, now);
                if (atHand.size() >= VERSIONS_AT_HAND) {
                    atHand.remove(atHand.keySet().iterator().next());
                }
            }
            atHand.put(kept.id(), loaded);
            return loaded;
        }
    }

    /** A version by its id or the first digits of it, as it was kept. */
    public KeptVersion requireVersion(String id) {
        try {
            return ledger.findVersion(id).orElseThrow(() -> WorkspaceRefusal.unknownVersion(id));
        } catch (IllegalArgumentException e) { // several begin so
            throw WorkspaceRefusal.unknownVersion(id);
        }
    }

    private Workspace.Loaded load(KeptVersion kept, Workspace.@Nullable Loaded now) {
        Imported<Workspace.@Nullable Loaded> imported = Workspace.load(files(kept), now, setting);
        if (imported.value() == null) {
            throw WorkspaceRefusal.invalid(imported.problems());
        }
        return imported.value();
    }

    private WorkspaceFiles files(KeptVersion kept) {
        return isShared() ? VersionFiles.of(kept, ledger) : VersionFiles.of(kept, files);
    }

    /** The version that was put in force last and can still be loaded. */
    Optional<Workspace.Loaded> lastInForce() {
        for (PastVersion past : lastActivatedFirst()) {
            try {
                return Optional.of(load(past.version(), null));
            } catch (WorkspaceRefusal | UncheckedIOException e) {
                LOG.warn(
                        "Version {} cannot be loaded any more: {}",
                        past.version().id(),
                        e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** The version that was in force before the one that is. */
    public Optional<KeptVersion> before(String inForce) {
        return lastActivatedFirst().stream()
                .map(PastVersion::version)
                .filter(each -> !each.id().equals(inForce))
                .findFirst();
    }

    private List<PastVersion> lastActivatedFirst() {
        try {
            return ledger.versions().stream()
                    .sorted(Comparator.comparing(
                                    PastVersion::lastActivated, Comparator.nullsFirst(Comparator.naturalOrder()))
                            .reversed())
                    .toList();
        } catch (LedgerException e) {
            LOG.warn("Earlier versions cannot be read: {}", e.toString());
            return List.of();
        }
    }

    /** Keeps an answer that nobody in particular asked for. */
    public void record(Decision decision, String answer, Duration took) {
        CompletableFuture<Boolean> unused = record(decision, answer, took, null);
    }

    /**
     * Keeps an answer; never slows or fails it. What comes back is true when it is on the disk, and false when it is lost.
     *
     * @param answer as it is given
     * @param actor who asked; null when nobody had to say who he is
     */
    public CompletableFuture<Boolean> record(Decision decision, String answer, Duration took, @Nullable String actor) {
        return ledger.record(kept(decision, answer, took, actor));
    }

    /** As the ledger has it. */
    public static KeptDecision kept(Decision decision, String answer, Duration took, @Nullable String actor) {
        return new KeptDecision(
                decision.id(),
                decision.decidedAt(),
                decision.versions().workspace(),
                RequestWriter.write(decision.asked()),
                answer,
                decision.asked().asOf(),
                took,
                actor);
    }

    /** Deletes decisions older than that; versions stay for ever. Never throws: tomorrow it may go better. */
    void forgetDecisions(Duration age) {
        try {
            int deleted = ledger.forgetDecisions(clock.instant().minus(age));
            if (deleted > 0) {
                LOG.info("{} decisions older than {} days are no longer kept.", deleted, age.toDays());
            }
        } catch (Throwable e) {
            LOG.warn("Old decisions cannot be deleted: {}", e.toString());
        }
    }

    public Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        if (shared != null) {
            status.put("database", shared.toString());
        }
        status.put("problem", ledger.findProblem().orElse(""));
        status.put("waiting", ledger.waiting());
        status.put("waitingInFile", ledger.waitingAside());
        status.put("lostDecisions", ledger.lost());
        return status;
    }

    @Override
    public void close() {
        ledger.close();
    }
}
