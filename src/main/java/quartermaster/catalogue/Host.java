package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What cards need around them: one row of the sheet {@code Hosts}.
 *
 * @param line hosts of one line differ in how many cards they hold, e.g. {@code server-sxm}
 * @param loadPowerWatts of the host alone, without cards
 */
public record Host(
        @Column("Id") String id,
        @Column("Name") String name,
        @Column("Line") String line,
        @Column("Server room") boolean serverRoom,
        @Column("Max devices") int maxDevices,
        @Column("Price (USD)") @Nullable Double priceUsd,
        @Column("Idle power (W)") @Nullable Double idlePowerWatts,
        @Column("Load power (W)") @Nullable Double loadPowerWatts,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {}
