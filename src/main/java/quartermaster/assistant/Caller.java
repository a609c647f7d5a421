package quartermaster.assistant;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.request.DecisionRequest;

/** Whoever sent a message: what he may do, and how costly work is done for him. */
public interface Caller {
    /** By the name of his key; null where nobody has to say who he is. */
    @Nullable
    String name();

    boolean may(Role role);

    /** Something to do; it asks now and then whether it is still wanted, and ends where that throws. */
    interface Work<T> {
        T with(Runnable stillWanted) throws Exception;
    }

    /** Does what takes a processor for a while. */
    <T> T inTurn(Work<T> work) throws Exception;

    /** The same of what takes one for long; while it asks, others may come first. */
    <T> T inLongTurn(Work<T> work) throws Exception;

    /** @throws ToolFailure where more is asked for than anybody may */
    void requireLittleEnough(Decider decider, DecisionRequest request) throws ToolFailure;

    /**
     * Keeps an answer.
     *
     * @return whether it is on the disk
     */
    boolean keep(Decision decision, String answer, Duration took);
}
