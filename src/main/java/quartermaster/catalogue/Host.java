package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What cards need around them: one row of the sheet {@code Hosts}.
 *
 * @param line hosts of one line differ in how many cards they hold, e.g. {@code server-sxm}
 * @param loadPowerWatts of the host alone, without cards
 */
public record Host(
        String id,
        String name,
        String line,
        boolean serverRoom,
        int maxDevices,
        @Nullable Double priceUsd,
        @Nullable Double idlePowerWatts,
        @Nullable Double loadPowerWatts,
        String source,
        String asOf,
        int row) {}
