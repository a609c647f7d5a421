package quartermaster.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of what starts a model with an engine: one row of the sheet {@code Launch}.
 *
 * @param engines ids of the engines that it is for
 * @param template words with placeholders such as {@code {devices}}; a row of which one has no value does not apply
 * @param when conditions that must all hold, e.g. {@code precision = fp8; devices > 1}; null where it always applies
 * @param version of the engine that it was written for
 * @param triedHere it was run as printed, not only compared with the source
 * @param source where the flags are documented
 */
public record LaunchStep(
        @Column("Id") String id,
        @Column("Engines") List<String> engines,
        @Column("Part") LaunchPart part,
        @Column("Template") String template,
        @Column("When") @Nullable String when,
        @Column("Version") String version,
        @Column("Tried here") boolean triedHere,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {

    public LaunchStep {
        engines = List.copyOf(engines);
    }
}
