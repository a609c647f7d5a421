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
 * @param sizeMm edges of the complete machine, e.g. {@code 150 x 150 x 50.5}; null for a card, and where nobody looked it up
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
        @Column("Id") String id,
        @Column("Name") String name,
        @Column("Aliases") List<String> aliases,
        @Column("Vendor") String vendor,
        @Column("Family") String family,
        @Column("Chip class") String chipClass,
        @Column("Generation") @Nullable String generation,
        @Column("Tier") @Nullable String tier,
        @Column("Memory kind") MemoryKind memoryKind,
        @Column("Form factor") String formFactor,
        @Column("Size (mm)") @Nullable String sizeMm,
        @Column("Mobile") boolean mobile,
        @Column("Data centre") boolean datacentre,
        @Column("Memory (GiB): > 0") double memoryGiB,
        @Column("Usable memory (GiB): > 0") @Nullable Double usableMemoryGiB,
        @Column("Bandwidth (GB/s): > 0") @Nullable Double bandwidthGBps,
        @Column("Low-bit share: 0 to 1") @Nullable Double lowBitShare,
        @Column("Sustained share: 0 to 1") @Nullable Double sustainedShare,
        @Column("FP16 dense (TFLOPS): > 0") @Nullable Double fp16Tflops,
        @Column("FP8 dense (TFLOPS): > 0") @Nullable Double fp8Tflops,
        @Column("INT8 dense (TOPS): > 0") @Nullable Double int8Tops,
        @Column("FP4 dense (TFLOPS): > 0") @Nullable Double fp4Tflops,
        @Column("Link (GB/s per direction): > 0") @Nullable Double linkGBps,
        @Column("Link kind") LinkKind linkKind,
        @Column("Max devices per node") int maxDevicesPerNode,
        @Column("TDP (W)") @Nullable Double tdpWatts,
        @Column("Load power (W)") @Nullable Double loadPowerWatts,
        @Column("Idle power (W)") @Nullable Double idlePowerWatts,
        @Column("Price low (USD)") @Nullable Double priceLowUsd,
        @Column("Price high (USD)") @Nullable Double priceHighUsd,
        @Column("Price as of") @Nullable String priceAsOf,
        @Column("Availability") Availability availability,
        @Column("Lead time low (weeks)") @Nullable Double leadTimeLowWeeks,
        @Column("Lead time high (weeks)") @Nullable Double leadTimeHighWeeks,
        @Column("Host") @Nullable String host,
        @Column("Cloud only") boolean cloudOnly,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row)
        implements Named {

    public Hardware {
        aliases = List.copyOf(aliases);
        generation = generation == null ? chipClass : generation;
        tier = tier == null ? family : tier;
        lowBitShare = lowBitShare == null ? Double.valueOf(1) : lowBitShare;
        sustainedShare = sustainedShare == null ? Double.valueOf(1) : sustainedShare;
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
