package quartermaster.workspace;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.ledger.KeptVersion;
import quartermaster.ledger.LedgerException;
import quartermaster.ledger.Origin;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * The version that is in force for all services that share a database. Whoever changes it names the one that he saw; the
 * others follow as soon as they hear of it. A version that cannot be loaded here leaves the one before in force, and is
 * told.
 */
final class SharedVersion {
    private static final Logger LOG = LoggerFactory.getLogger(SharedVersion.class);
    private static final String NOT_LOADED = "version-not-loaded";

    private final VersionHistory history;
    private final AtomicReference<InForce.State> state; // what decides here
    private final Clock clock;
    private volatile String notLoaded = ""; // once is enough

    SharedVersion(VersionHistory history, AtomicReference<InForce.State> state, Clock clock) {
        this.history = history;
        this.state = state;
        this.clock = clock;
    }

    /**
     * Decides with what is in force for all; where nothing is yet, with the folder, and puts that in force.
     *
     * @param folder what stands there, and what is wrong with it
     */
    void begin(Imported<Workspace.@Nullable Loaded> folder) {
        try {
            Workspace.Loaded own = folder.value();
            Optional<KeptVersion> kept = history.ledger().inForce();
            if (kept.isEmpty() && own == null) {
                state.set(new InForce.State(null, broken(folder.problems())));
                return;
            }
            if (kept.isEmpty() && history.putInForceForAll(own, null, Origin.LOADED, null, null)) {
                take(own, Origin.LOADED);
            } else { // another service may have been first
                take(history.version(history.ledger().inForceId().orElseThrow(), own), Origin.LOADED);
            }
        } catch (LedgerException e) {
            state.set(new InForce.State(null, broken(problem(InForce.NO_DATABASE, e))));
            return;
        } catch (WorkspaceRefusal e) {
            state.set(new InForce.State(null, broken(problems(e))));
        }
        history.ledger().listen(this::follow);
    }

    /** Never throws: it is asked again in a second. */
    private void follow() {
        InForce.State before = state.get();
        try {
            String id = history.ledger().inForceId().orElse("");
            Workspace.Loaded here = before.loaded();
            boolean isHere = here != null && id.equals(id(here)) && notLoaded.isEmpty();
            if (id.isEmpty() || id.equals(notLoaded) || isHere) {
                return;
            }
            notLoaded = id; // until it is
            Workspace.Loaded next = history.version(id, here);
            notLoaded = "";
            if (state.compareAndSet(before, new InForce.State(next, null))) { // else it was published here
                InForce.sayInForce(next, Origin.LOADED);
            }
        } catch (WorkspaceRefusal e) {
            tell(before, problems(e));
        } catch (LedgerException e) {
            notLoaded = "";
            LOG.debug("It cannot be seen what is in force for all: {}", e.toString()); // the ledger says so itself
        } catch (Throwable e) {
            LOG.warn("What is in force for all cannot be taken over.", e);
            tell(before, problem(NOT_LOADED, e));
        }
    }

    private void tell(InForce.State before, List<Problem> problems) {
        InForce.Broken why = broken(problems);
        if (state.compareAndSet(before, new InForce.State(before.loaded(), why))) {
            InForce.say(why);
        }
    }

    /**
     * Puts a version in force for all.
     *
     * @param before what is in force, as far as this service knows
     * @throws WorkspaceRefusal where something else is by now, and nothing was done
     */
    void put(
            Workspace.Loaded next,
            Workspace.@Nullable Loaded before,
            Origin origin,
            @Nullable String reason,
            @Nullable String actor) {
        if (!history.putInForceForAll(next, before, origin, reason, actor)) {
            throw WorkspaceRefusal.otherVersion(
                    before == null ? "nothing" : id(before),
                    history.ledger().inForceId().orElse("nothing"));
        }
        take(next, origin);
    }

    private void take(Workspace.Loaded next, Origin origin) {
        state.set(new InForce.State(next, null));
        InForce.sayInForce(next, origin);
    }

    private InForce.Broken broken(List<Problem> problems) {
        return new InForce.Broken(problems, List.of(), clock.instant());
    }

    private static List<Problem> problems(WorkspaceRefusal refused) {
        return refused.problems().isEmpty() ? problem(NOT_LOADED, refused) : refused.problems();
    }

    private static List<Problem> problem(String code, Throwable why) {
        return List.of(new Problem(code, String.valueOf(why.getMessage()), new Place.File(Workspace.OWN)));
    }

    private static String id(Workspace.Loaded loaded) {
        return loaded.decider().versions().workspace();
    }
}
