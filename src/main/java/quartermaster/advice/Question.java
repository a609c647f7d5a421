package quartermaster.advice;

import org.jspecify.annotations.Nullable;
import quartermaster.request.Candidate;

/**
 * Something to find out, because another answer than the one assumed could give another winner.
 *
 * @param field that was not said
 * @param text the question
 * @param because what hangs on it
 * @param flipsAt the value at which something else wins; null where it is asked for its own sake
 * @param candidate that wins then; null when nothing is suitable
 */
public record Question(
        String field,
        String text,
        String because,
        @Nullable Object flipsAt,
        @Nullable Candidate candidate) {}
