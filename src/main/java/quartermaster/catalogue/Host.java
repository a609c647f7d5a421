package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What cards need around them: one row of the sheet {@code Hosts}.
 *
 * @param line hosts of one line differ in how many cards they hold, e.g. {@code server-sxm}
 * @param memoryGiB of the host itself; null where nobody knows, and nothing is kept there then
 * @param memoryGBps nominal bandwidth of that memory, all sockets together
 * @param sockets processors that share it; null means one
 * @param loadPowerWatts of the host alone, without cards
 */
public record Host(
        @Column("Id") String id,
        @Column("Name") String name,
        @Column("Line") String line,
        @Column("Server room") boolean serverRoom,
        @Column("Max devices") int maxDevices,
        @Column("Memory (GiB): > 0") @Nullable Double memoryGiB,
        @Column("Memory bandwidth (GB/s): > 0") @Nullable Double memoryGBps,
        @Column("Sockets: > 0") @Nullable Double sockets,
        @Column("Price (USD)") @Nullable Double priceUsd,
        @Column("Idle power (W)") @Nullable Double idlePowerWatts,
        @Column("Load power (W)") @Nullable Double loadPowerWatts,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {}
