package quartermaster.decision;

import org.jspecify.annotations.Nullable;

/** Ranks of the recommendations that most people ask for; null where there is none. */
public record Picks(
        @Nullable Integer best,
        @Nullable Integer runnerUp,
        @Nullable Integer cheapest,
        @Nullable Integer fastest) {}
