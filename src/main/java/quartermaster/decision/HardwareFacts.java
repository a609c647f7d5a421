package quartermaster.decision;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Availability;

/** Of what rules judge: the hardware, and whether it is to be had. */
public interface HardwareFacts extends DeploymentFacts {
    default boolean isApple() {
        return hardware().isApple();
    }

    default double machineMemoryGiB() {
        return hardware().memoryGiB();
    }

    default boolean isConstrained() {
        return hardware().availability() == Availability.CONSTRAINED;
    }

    default Object leadTimeInWords() {
        return new LazyText(() -> {
            Double weeks = leadTimeWeeks();
            return weeks == null ? "" : String.format(Locale.ROOT, "; delivery takes up to %.0f weeks", weeks);
        });
    }

    default boolean isMobile() {
        return hardware().mobile();
    }

    default boolean isDatacentre() {
        return hardware().datacentre();
    }

    default Availability availability() {
        return hardware().availability();
    }

    default boolean isProjected() {
        return hardware().availability() == Availability.PROJECTED;
    }

    default boolean isDiscontinued() {
        return hardware().availability() == Availability.DISCONTINUED;
    }

    /** The longest that delivery is said to take; null where nobody says. */
    default @Nullable Double leadTimeWeeks() {
        Double high = hardware().leadTimeHighWeeks();
        return high != null ? high : hardware().leadTimeLowWeeks();
    }

    /** Each with what it was measured to do on this hardware. */
    default Object companionsInWords() {
        return new LazyText(() -> demand().companions().all().stream()
                .map(each -> each.model().name() + " (" + each.speedOn(hardware()) + ")")
                .collect(Collectors.joining(", ")));
    }
}
