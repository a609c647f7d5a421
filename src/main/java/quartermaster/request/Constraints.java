package quartermaster.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Records;

/**
 * What must be so.
 *
 * @param offline no connection to anywhere
 * @param dataMustStay data may not leave the house
 * @param mobile a laptop is needed
 * @param acquisition the only way to come by hardware that is considered; null for every way. Candidates that were
 *     named say their own
 * @param spareReplicas how many may fail without the rest being too few
 * @param burstFactor peak over the load that is stated, 1 and more
 * @param maxPowerWatts of all machines with their hosts under load: a socket, a rack. What is rented draws it
 *     elsewhere
 * @param region where what is rented must stand, e.g. {@code EU}; null for anywhere
 * @param maxMachines that the place has room for: complete machines, or hosts around cards, of all replicas with the
 *     spare ones. What is rented stands elsewhere
 * @param autoscaling rented replicas follow the load: fewer run at night
 * @param allowProjected hardware that is announced and not sold may be recommended
 */
public record Constraints(
        boolean offline,
        boolean dataMustStay,
        boolean mobile,
        @Nullable Integer availableWithinWeeks,
        boolean allowProjected,
        List<Owned> owned,
        @Nullable Acquisition acquisition,
        @Nullable Integer spareReplicas,
        @Nullable Double burstFactor,
        @Nullable Double maxPowerWatts,
        @Nullable String region,
        @Nullable Integer maxMachines,
        boolean autoscaling) {
    public static final Constraints NONE = Records.of(Constraints.class, component -> null);

    public Constraints {
        owned = owned == null ? List.of() : List.copyOf(owned);
    }

    /**
     * Hardware that stands there already.
     *
     * @param devices how many; null means one
     */
    public record Owned(String hardware, @Nullable Integer devices) {}
}
