package quartermaster.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be so.
 *
 * @param offline no connection to anywhere
 * @param dataMustStay data may not leave the house
 * @param mobile a laptop is needed
 * @param acquisition the only way to come by hardware that is considered; null for every way. Candidates that were
 *     named say their own
 * @param allowProjected hardware that is announced and not sold may be recommended
 */
public record Constraints(
        boolean offline,
        boolean dataMustStay,
        boolean mobile,
        @Nullable Integer availableWithinWeeks,
        boolean allowProjected,
        List<Owned> owned,
        @Nullable Acquisition acquisition) {
    public static final Constraints NONE = new Constraints(false, false, false, null, false, List.of());

    /** Constraints that leave open how to come by hardware. */
    public Constraints(
            boolean offline,
            boolean dataMustStay,
            boolean mobile,
            @Nullable Integer availableWithinWeeks,
            boolean allowProjected,
            List<Owned> owned) {
        this(offline, dataMustStay, mobile, availableWithinWeeks, allowProjected, owned, null);
    }

    public Constraints {
        owned = List.copyOf(owned);
    }

    /**
     * Hardware that stands there already.
     *
     * @param devices how many; null means one
     */
    public record Owned(String hardware, @Nullable Integer devices) {}
}
