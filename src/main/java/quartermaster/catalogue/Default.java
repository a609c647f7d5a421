package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What is assumed when a request does not say: one row of the sheet {@code Defaults}.
 *
 * @param name the request's field or the constant's name
 * @param workloadType a workload type's id, or {@code any}
 * @param number the value, where it is a number
 */
public record Default(
        String name,
        String workloadType,
        String text,
        @Nullable Double number,
        @Nullable String unit,
        String because,
        String source,
        String asOf,
        int row) {}
