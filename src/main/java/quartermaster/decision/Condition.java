package quartermaster.decision;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a policy table: typed, closed, and never code.
 *
 * <p>Values are numbers ({@link Double}), ids ({@link String}) or several ids (a collection). A missing value (null)
 * meets only {@link Any}.
 */
public sealed interface Condition {
    boolean holds(@Nullable Object value);

    /** An empty cell or a hyphen. */
    record Any() implements Condition {
        @Override
        public boolean holds(@Nullable Object value) {
            return true;
        }

        @Override
        public String toString() {
            return "-";
        }
    }

    /** A number or a span of numbers; an end without a limit includes infinity. */
    record Within(double low, boolean lowIncluded, double high, boolean highIncluded) implements Condition {
        public static final Within ANYTHING =
                new Within(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, true);

        static Within atLeast(double low) {
            return new Within(low, true, Double.POSITIVE_INFINITY, true);
        }

        /** Whether it has two ends, apart from each other. */
        public boolean isBounded() {
            return Double.isFinite(low) && Double.isFinite(high) && low < high;
        }

        @Override
        public boolean holds(@Nullable Object value) {
            if (!(value instanceof Number number)) {
                return false;
            }
            double found = number.doubleValue();
            boolean aboveLow = lowIncluded ? found >= low : found > low;
            boolean belowHigh = highIncluded ? found <= high : found < high;
            return aboveLow && belowHigh;
        }
    }

    /** One id of a list, in the order of the cell; of a value that is several ids, any of them. */
    record OneOf(Set<String> ids) implements Condition {
        public OneOf {
            ids = Collections.unmodifiableSet(new LinkedHashSet<>(ids));
        }

        @Override
        public boolean holds(@Nullable Object value) {
            if (value instanceof String id) {
                return ids.contains(id);
            }
            return value instanceof Collection<?> several && several.stream().anyMatch(ids::contains);
        }
    }

    /** The opposite of a condition, for values that are there. */
    record Not(Condition inner) implements Condition {
        @Override
        public boolean holds(@Nullable Object value) {
            return value != null && !inner.holds(value);
        }
    }
}
