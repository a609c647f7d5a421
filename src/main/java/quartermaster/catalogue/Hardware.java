package quartermaster.catalogue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine or a card that can be bought, rented or owned: one row of the sheet {@code Hardware}.
 *
 * @param chipClass key of the efficiency constants, e.g. {@code apple-m3-ultra}
 * @param generation chips of one architecture, e.g. {@code hopper}; the chip class where the sheet says nothing
 * @param tier chips of one size and market, e.g. {@code apple-max}; the family where the sheet says nothing
 * @param datacentre made for a machine room: not what one puts under a desk
 * @param memoryGiB what the vendor prints on the box
 * @param usableMemoryGiB what a model may occupy by default; null where nobody knows
 * @param bandwidthGBps peak memory bandwidth; null where nobody knows
 * @param lowBitShare of the bandwidth that is left where GGUF weights of fewer than 6 bits are unpacked; 1 for most
 * @param sustainedShare of the speed that is left in long work with larger models; less than 1 without a fan
 * @param fp16Tflops dense peak without sparsity, likewise the others
 * @param linkGBps to the other devices of a replica, one direction
 * @param loadPowerWatts of the complete machine at the wall; null for a card
 * @param host the line of hosts that a card needs; null for a complete machine
 * @param cloudOnly never sold, only rented
 */
public record Hardware(
        String id,
        String name,
        List<String> aliases,
        String vendor,
        String family,
        String chipClass,
        String generation,
        String tier,
        MemoryKind memoryKind,
        String formFactor,
        boolean mobile,
        boolean datacentre,
        double memoryGiB,
        @Nullable Double usableMemoryGiB,
        @Nullable Double bandwidthGBps,
        double lowBitShare,
        double sustainedShare,
        @Nullable Double fp16Tflops,
        @Nullable Double fp8Tflops,
        @Nullable Double int8Tops,
        @Nullable Double fp4Tflops,
        @Nullable Double linkGBps,
        LinkKind linkKind,
        int maxDevicesPerNode,
        @Nullable Double tdpWatts,
        @Nullable Double loadPowerWatts,
        @Nullable Double idlePowerWatts,
        @Nullable Double priceLowUsd,
        @Nullable Double priceHighUsd,
        @Nullable String priceAsOf,
        Availability availability,
        @Nullable Double leadTimeLowWeeks,
        @Nullable Double leadTimeHighWeeks,
        @Nullable String host,
        boolean cloudOnly,
        String source,
        String asOf,
        int row)
        implements Named {

    public Hardware {
        aliases = List.copyOf(aliases);
    }

    /** Whether a list names this machine: by its family, its generation or its chip class. */
    public boolean isOneOf(List<String> kinds) {
        return kinds.contains(family) || kinds.contains(generation) || kinds.contains(chipClass);
    }

    public boolean isApple() {
        return family.equals("apple-silicon");
    }

    /** Midpoint of the price range, or its one end. */
    public Optional<Double> priceUsd() {
        if (priceLowUsd == null) {
            return Optional.ofNullable(priceHighUsd);
        }
        return Optional.of(priceHighUsd == null ? priceLowUsd : (priceLowUsd + priceHighUsd) / 2);
    }

    /** A card lives in a host; everything else is a machine of its own. */
    public boolean isCard() {
        return host != null;
    }
}
