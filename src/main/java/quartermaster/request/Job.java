package quartermaster.request;

import org.jspecify.annotations.Nullable;

/**
 * Work with an end.
 *
 * @param items of one run, each with its prompt and answer
 * @param deadlineHours within which one run has to be done; null where there is time
 * @param timesPerMonth how often it is run; null means once
 */
public record Job(
        @Nullable Integer items,
        @Nullable Double deadlineHours,
        @Nullable Double timesPerMonth) {}
