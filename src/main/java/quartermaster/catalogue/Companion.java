package quartermaster.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that generates no text and stands beside one that does: one row of the sheet {@code Companions}.
 *
 * @param kind what it does, e.g. {@code embedding}, {@code reranker}, {@code speech to text} or {@code ocr}
 * @param memoryGiB of its weights at 16 bits
 */
public record Companion(
        @Column("Id") String id,
        @Column("Name") String name,
        @Column("Aliases") List<String> aliases,
        @Column("Kind") String kind,
        @Column("Memory (GiB): > 0") double memoryGiB,
        @Column("Licence") @Nullable String licence,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row)
        implements Named {

    public Companion {
        aliases = List.copyOf(aliases);
    }

    /**
     * How fast it was measured somewhere: one row of the sheet {@code Companion speeds}.
     *
     * @param companion id in Companions
     * @param unit e.g. {@code documents/s}
     * @param hardware id in Hardware; null where the machine is none of the catalogue
     * @param measuredOn the machine in the words of the source
     */
    public record Speed(
            @Column("Companion") String companion,
            @Column("Speed: > 0") double speed,
            @Column("Unit") String unit,
            @Column("Hardware") @Nullable String hardware,
            @Column("Measured on") String measuredOn,
            @Column("Source") String source,
            @Column("As of") @Nullable String asOf,
            int row) {}
}
