package quartermaster.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.decision.analysis.PolicyFinding;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.engine.Decider;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.ledger.Origin;
import quartermaster.ledger.Publication;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

/**
 * The version that decides, while people edit the next one. A change of the folder's files is found by their digests,
 * built beside the running version, proved by its cases and put in its place in one step; what does not pass leaves the
 * last good version in force and is said. Requests go on with the version that they began with.
 */
public final class InForce implements AutoCloseable {
    /** Code of the problem that the database cannot be read from which it would begin. */
    public static final String NO_DATABASE = "database-not-reachable";

    private static final Logger LOG = LoggerFactory.getLogger(InForce.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration READ_EVERY = Duration.ofSeconds(2); // whatever sizes and times say
    private static final int LOOKS_BEFORE_SOMETHING_IS_MISSING = 30; // saving may delete a file and write it again
    private static final String ANY = "*"; // whatever version is in force
    private static final Duration FIRST_PROOF_AFTER = Duration.ofSeconds(5); // the first requests go before

    private final Path folder;
    private final Workspace.Setting setting;
    private final Clock clock;
    private final VersionHistory history;
    private final Publication publication;
    private final ScheduledExecutorService watcher = Executors.newScheduledThreadPool(2, InForce::thread);
    private final AtomicReference<State> state = new AtomicReference<>(new State(null, null));
    private final SharedVersion shared;
    private volatile @Nullable Building building;
    private @Nullable WorkspaceFiles seen;
    private @Nullable WorkspaceFiles tried;
    private int looksAtTheSame;
    private String outsideSeen = "";
    private long readAt;

    /**
     * What decides, and what was tried since and may not.
     *
     * @param loaded null before the first good version
     */
    public record State(
            Workspace.@Nullable Loaded loaded, @Nullable Broken broken) {
        @Nullable
        Decider decider() {
            return loaded == null ? null : loaded.decider();
        }
    }

    /** An edit that is not in force, and why. */
    public record Broken(List<Problem> problems, List<CaseOutcome> failedCases, Instant since) {
        public List<CaseOutcome> brokenTruths() {
            return failedCases.stream().filter(CaseOutcome::breaksTruth).toList();
        }

        /** Cases that fail only because others win. */
        public List<CaseOutcome> changedPreferences() {
            return failedCases.stream().filter(CaseOutcome::changesPreference).toList();
        }
    }

    /** A change that is being built and proved. */
    public record Building(Set<String> files, Instant since) {}

    /**
     * What was sent, and whether it came into force.
     *
     * @param before what was in force when it was sent
     */
    public record Published(Workspace.Loaded before, Previews.Built built, boolean done) {}

    /**
     * An earlier version, in force again, unless its cases speak against it.
     *
     * @param overwritten files that were saved and not in force, each with where it is kept now
     */
    public record Activated(Workspace.Loaded loaded, Map<String, String> overwritten, Preview preview, boolean done) {}

    /** @param folder the workspace; what the program keeps for itself lies in its {@code .quartermaster} */
    public InForce(Path folder, String program, Clock clock) {
        this(folder, program, clock, null);
    }

    /**
     * @param folder the workspace; what the program keeps for itself lies in its {@code .quartermaster}
     * @param database whose version is in force for all services that share it. Then the folder is read once, at
     *     the start: it is what is in force where nothing is yet. Null for the folder, which is watched and written
     */
    public InForce(Path folder, String program, Clock clock, @Nullable DatabaseAddress database) {
        Path own = folder.resolve(Workspace.OWN);
        this.folder = folder;
        this.setting = Workspace.Setting.of(folder, program, clock::instant);
        this.clock = clock;
        this.history = new VersionHistory(own, setting, clock, database);
        this.publication = new Publication(own, history.files());
        this.shared = new SharedVersion(history, state, clock);
    }

    /** Loads what stands in the folder, else the version that was last in force here, and begins to watch. */
    public InForce start() {
        return start(null);
    }

    /** @param earlier whose unchanged parts are taken over, and whose cases have run; null when there is none */
    public InForce start(Workspace.@Nullable Loaded earlier) {
        if (history.isShared()) {
            shared.begin(Workspace.load(readFolder(), earlier, setting));
            return this;
        }
        try {
            publication.recover(folder);
            begin(WorkspaceFiles.read(folder), earlier);
        } catch (IOException e) {
            throw new UncheckedIOException("The workspace " + folder + " cannot be read.", e);
        }
        long every = LOOK_EVERY.toMillis();
        ScheduledFuture<?> unused = watcher.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
        if (earlier == null) {
            ScheduledFuture<?> unusedToo =
                    watcher.schedule(this::prove, FIRST_PROOF_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
        return this;
    }

    private WorkspaceFiles readFolder() {
        try {
            return WorkspaceFiles.read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The workspace " + folder + " cannot be read.", e);
        }
    }

    /**
     * Puts what stands in the folder in force for all services that share the database, if its cases hold: what cannot be
     * sent over HTTP comes this way.
     */
    public synchronized void publishFolder() {
        Workspace.Loaded now = now();
        Previews.Built built = Previews.build(now, readFolder(), setting);
        Workspace.Loaded next = built.loaded();
        if (next == null || !built.preview().passes()) {
            Broken broken = broken(built.preview());
            say(broken);
            setState(now, broken);
        } else if (!id(next).equals(id(now))) {
            shared.put(next, now, Origin.LOADED, null, null);
        }
    }

    private static String id(Workspace.Loaded loaded) {
        return loaded.decider().versions().workspace();
    }

    /** The start does not wait for the cases of what was in force before. Once they have run, a change is proved faster. */
    private void prove() {
        Workspace.Loaded loaded = state().loaded();
        if (loaded != null) {
            Preview preview =
                    Previews.proved(loaded, new Imported<>(loaded, List.of())).preview();
            preview.cases().forEach(outcome -> LOG.warn("In force, although a case fails: {}", outcome.inShort()));
        }
    }

    /** Deletes decisions that are older, now and once a day. */
    public InForce keepingDecisions(Duration age) {
        ScheduledFuture<?> unused =
                watcher.scheduleWithFixedDelay(() -> history.forgetDecisions(age), 0, 1, TimeUnit.DAYS);
        return this;
    }

    private synchronized void begin(WorkspaceFiles files, Workspace.@Nullable Loaded earlier) {
        seen = files;
        tried = files;
        Imported<Workspace.@Nullable Loaded> imported = Workspace.load(files, earlier, setting);
        Workspace.Loaded loaded = imported.value();
        Broken broken = loaded == null
                ? new Broken(imported.problems(), List.of(), clock.instant())
                : failingSince(loaded).orElse(null);
        if (loaded != null && broken == null) {
            putInForce(loaded, Origin.LOADED, null, null);
        } else if (broken != null) {
            say(broken);
            setState(history.lastInForce().orElse(loaded), broken);
        }
    }

    /** What was saved while nobody looked has to hold its cases too; what was in force before has done so. */
    private Optional<Broken> failingSince(Workspace.Loaded loaded) {
        if (history.wasInForceLast(loaded) || history.isNew()) {
            return Optional.empty();
        }
        Workspace.Loaded before = history.lastInForce().orElse(loaded);
        Preview preview =
                Previews.proved(before, new Imported<>(loaded, List.of())).preview();
        return preview.passes() ? Optional.empty() : Optional.of(broken(preview));
    }

    /** The version of the program. */
    public String program() {
        return setting.program();
    }

    public State state() {
        return state.get();
    }

    private void setState(Workspace.@Nullable Loaded loaded, @Nullable Broken broken) {
        state.set(new State(loaded, broken));
    }

    public Optional<Building> building() {
        return Optional.ofNullable(building);
    }

    public @Nullable Decider decider() {
        return state().decider();
    }

    /** What was wrong with the folder when it was last looked at; nothing where its version is in force. */
    public List<Problem> problems() {
        Broken broken = state().broken();
        return broken == null ? List.of() : broken.problems();
    }

    /** One look at the folder. Never throws: the next look may see more. */
    private void look() {
        try {
            lookAtFiles();
        } catch (Throwable e) { // after one that is thrown on, it would never be looked again
            LOG.warn("The workspace {} could not be looked at: {}", folder, e.toString());
        }
    }

    /** Reads while nobody publishes: what was read before would come into force after it. */
    private synchronized void lookAtFiles() throws IOException {
        if (publication.isUnderWay()) {
            return;
        }
        String outside = WorkspaceFiles.outside(folder);
        boolean due = System.nanoTime() - readAt > READ_EVERY.toNanos();
        if (outside.equals(outsideSeen) && seen != null && seen.equals(tried) && !due) {
            return;
        }
        readAt = System.nanoTime();
        outsideSeen = outside;
        WorkspaceFiles files = WorkspaceFiles.read(folder);
        looksAtTheSame = files.equals(seen) ? looksAtTheSame + 1 : 0;
        seen = files;
        boolean stable = looksAtTheSame >= (isComplete(files) ? 1 : LOOKS_BEFORE_SOMETHING_IS_MISSING);
        if (!stable || files.equals(tried)) {
            return;
        }
        tried = files;
        Workspace.Loaded loaded = state().loaded();
        if (loaded == null) {
            begin(files, null);
            return;
        }
        if (files.equals(loaded.files())) {
            setState(loaded, null);
            LOG.info("The workspace is again what is in force.");
            return;
        }
        building = new Building(files.differences(loaded.files()), clock.instant());
        try {
            tryOut(loaded, files);
        } finally {
            building = null;
        }
    }

    private void tryOut(Workspace.Loaded loaded, WorkspaceFiles files) {
        Previews.Built built = Previews.build(loaded, files, setting);
        if (built.preview().passes() && built.loaded() != null) {
            putInForce(built.loaded(), Origin.LOADED, null, null);
        } else {
            Broken broken = broken(built.preview());
            say(broken);
            setState(loaded, broken);
        }
    }

    private static boolean isComplete(WorkspaceFiles files) {
        return files.find(Workspace.CATALOGUE).isPresent()
                && files.find(Workspace.POLICY).isPresent();
    }

    private Broken broken(Preview preview) {
        List<Problem> problems = new ArrayList<>(preview.problems());
        preview.analysis().stream()
                .filter(PolicyFinding::isProblem)
                .forEach(each -> problems.add(new Problem(each.code(), each.message(), each.at())));
        return new Broken(problems, preview.cases(), clock.instant());
    }

    static void say(Broken broken) {
        broken.problems().forEach(problem -> LOG.warn("Not in force: {}", problem));
        broken.brokenTruths().forEach(outcome -> LOG.warn("Not in force, a case fails: {}", outcome.inShort()));
        broken.changedPreferences()
                .forEach(outcome -> LOG.warn(
                        "Not in force without a yes, a case fails: {}. {}", outcome.inShort(), outcome.winners()));
    }

    private void putInForce(Workspace.Loaded loaded, Origin origin, @Nullable String reason, @Nullable String actor) {
        history.keep(loaded, origin, reason, actor);
        setState(loaded, null);
        sayInForce(loaded, origin);
    }

    static void sayInForce(Workspace.Loaded loaded, Origin origin) {
        LOG.info("In force: {} ({}).", id(loaded), origin);
    }

    /**
     * What changed files would do.
     *
     * @param past requests of before, by what they are called
     * @param given requests that somebody wants to see answered both ways
     * @param between is called between two parts of the work, from any of its threads; what it throws ends it
     */
    public Previews.Built preview(
            Map<String, byte[]> changes,
            Map<String, DecisionRequest> past,
            Map<String, DecisionRequest> given,
            Runnable between) {
        Workspace.Loaded now = now();
        return Previews.compare(now, now.files().with(changes), past, given, setting, between);
    }

    /** What changed files would decide with, or what is wrong with them. */
    public Imported<Workspace.@Nullable Loaded> drafted(Workspace.Loaded before, Map<String, byte[]> changes) {
        return changes.isEmpty()
                ? new Imported<>(before, List.of())
                : Workspace.load(before.files().with(changes), before, setting);
    }

    public Workspace.Loaded now() {
        Workspace.Loaded now = state().loaded();
        if (now == null) {
            throw WorkspaceRefusal.notReady();
        }
        return now;
    }

    /**
     * Writes changed files into the folder and puts them in force, in one step.
     *
     * @param expected version that the sender saw
     * @param reason why; null where nobody said
     * @param yes whether it is done although preferences change. Truths always have to hold
     * @param actor who does it; null when nobody had to say who he is
     * @param between is called between two parts of the work, from any of its threads; what it throws ends it
     * @throws IOException where the folder cannot be read or written
     */
    public synchronized Published publish(
            Map<String, byte[]> changes,
            String expected,
            @Nullable String reason,
            boolean yes,
            @Nullable String actor,
            Runnable between)
            throws IOException {
        Workspace.Loaded now = now();
        requireInForce(now, expected);
        if (!history.isShared()) {
            requireNothingElse(now, changes);
        }
        building = new Building(changes.keySet(), clock.instant());
        try {
            return publish(changes, now, reason, yes, actor, between);
        } finally {
            building = null;
        }
    }

    private Published publish(
            Map<String, byte[]> changes,
            Workspace.Loaded now,
            @Nullable String reason,
            boolean yes,
            @Nullable String actor,
            Runnable between)
            throws IOException {
        WorkspaceFiles files = now.files().with(changes);
        Previews.Built built = Previews.build(now, files, setting, between);
        Workspace.Loaded next = built.loaded();
        boolean forced = yes
                && built.preview().problems().isEmpty()
                && built.preview().brokenTruths().isEmpty();
        if (next == null || !(built.preview().passes() || forced)) {
            return new Published(now, built, false);
        }
        Origin origin = built.preview().passes() ? Origin.PUBLISHED : Origin.FORCED;
        if (history.isShared()) {
            shared.put(next, now, origin, reason, actor);
            return new Published(now, built, true);
        }
        publication.publish(
                folder, changes, Set.of(), () -> requireNothingElse(now, changes), () -> history.markLast(next));
        tried = files;
        putInForce(next, origin, reason, actor);
        return new Published(now, built, true);
    }

    /**
     * Writes an earlier version's files into the folder and puts it in force, in one step. Its own cases have to hold;
     * preferences that a yes gave up when it was published need none again.
     *
     * @param expected version that the sender saw in force
     * @param reason why
     * @param yes whether it is done although its preferences do not hold
     * @param actor who does it; null when nobody had to say who he is
     * @param between is called between two parts of the work, from any of its threads; what it throws ends it
     * @throws IOException where the folder cannot be read or written
     */
    public synchronized Activated activate(
            String id, String expected, @Nullable String reason, boolean yes, @Nullable String actor, Runnable between)
            throws IOException {
        Workspace.Loaded now = state().loaded();
        if (now != null) {
            requireInForce(now, expected);
        }
        Workspace.Loaded loaded = version(id);
        Preview preview = Previews.proved(now == null ? loaded : now, new Imported<>(loaded, List.of()), between)
                .preview();
        boolean agreed = yes || history.requireVersion(id).origin() == Origin.FORCED;
        if (!preview.brokenTruths().isEmpty() || preview.cases().stream().anyMatch(CaseOutcome::needsYes) && !agreed) {
            return new Activated(now == null ? loaded : now, Map.of(), preview, false);
        }
        if (history.isShared()) {
            shared.put(loaded, now, Origin.ACTIVATED, reason, actor);
            return new Activated(loaded, Map.of(), preview, true);
        }
        WorkspaceFiles onDisk = WorkspaceFiles.read(folder);
        if (now != null && !expected.equals(ANY)) {
            requireNotPublished(now, onDisk);
        }
        Set<String> differing = onDisk.differences(loaded.files());
        Map<String, byte[]> changes = new TreeMap<>(loaded.files().bytes());
        changes.keySet().retainAll(differing);
        Set<String> superfluous = onDisk.bytes().keySet().stream()
                .filter(name -> !loaded.files().bytes().containsKey(name))
                .collect(Collectors.toSet());
        Map<String, String> overwritten = drafts(onDisk);
        overwritten.keySet().retainAll(differing);
        publication.publish(folder, changes, superfluous, () -> requireSame(onDisk), () -> history.markLast(loaded));
        tried = loaded.files();
        putInForce(loaded, Origin.ACTIVATED, reason, actor);
        return new Activated(loaded, overwritten, preview, true);
    }

    /** Files that were saved and are not in force, each with the place where it is kept once it is overwritten. */
    private Map<String, String> drafts(WorkspaceFiles onDisk) {
        Workspace.Loaded now = state().loaded();
        Map<String, String> drafts = new TreeMap<>(onDisk.digests());
        if (now != null) {
            drafts.keySet().retainAll(onDisk.differences(now.files()));
        }
        drafts.replaceAll(
                (name, digest) -> Workspace.OWN + "/" + history.files().nameOf(digest));
        return drafts;
    }

    public void requireVersion(String expected) {
        requireInForce(now(), expected);
    }

    private static void requireInForce(Workspace.Loaded now, String expected) {
        String version = id(now);
        if (!expected.equals(version) && !expected.equals(ANY)) {
            throw WorkspaceRefusal.otherVersion(expected, version);
        }
    }

    /** Somebody's edit that waits in the folder must not be published, nor overwritten, in passing; but it may be sent. */
    private void requireNothingElse(Workspace.Loaded now, Map<String, byte[]> changes) throws IOException {
        WorkspaceFiles onDisk = WorkspaceFiles.read(folder);
        Set<String> edited = onDisk.differences(now.files());
        edited.removeIf(name -> Arrays.equals(onDisk.find(name).orElse(null), changes.get(name)));
        if (!edited.isEmpty()) {
            requireNotPublished(now, onDisk);
            throw WorkspaceRefusal.editedMeanwhile(edited);
        }
    }

    /** Another service on this folder may have published what this one has not seen yet. */
    private void requireNotPublished(Workspace.Loaded now, WorkspaceFiles onDisk) {
        Set<String> differing = onDisk.differences(now.files());
        if (!differing.isEmpty() && history.wasPublishedElsewhere(now, onDisk)) {
            throw WorkspaceRefusal.publishedMeanwhile(differing);
        }
    }

    private void requireSame(WorkspaceFiles before) throws IOException {
        Set<String> changed = WorkspaceFiles.read(folder).differences(before);
        if (!changed.isEmpty()) {
            throw WorkspaceRefusal.publishedMeanwhile(changed);
        }
    }

    /** A version by its id or the first digits of it. */
    public Workspace.Loaded version(String id) {
        return history.version(id, state().loaded());
    }

    public VersionHistory history() {
        return history;
    }

    @Override
    public void close() {
        watcher.shutdownNow();
        history.close();
    }

    private static Thread thread(Runnable looking) {
        Thread thread = new Thread(looking, "watching the workspace");
        thread.setDaemon(true);
        return thread;
    }
}
