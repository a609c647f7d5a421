package quartermaster.estimate;

import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.MemoryKind;
import quartermaster.unit.Bytes;

/** How much of the memory on the box a model may really occupy. */
final class UsableMemory {
    private static final double CATALOGUE_SHARE_OF_A_CARD = 0.9; // what the Usable cell holds for cards
    private static final double OS_SHARE = 0.06; // of a Mac's memory, at least the reserve of the Defaults sheet

    private UsableMemory() {}

    /**
     * Usable memory of all devices of a replica.
     *
     * <p>Apple: the GPU's working set, or what the operating system leaves, whichever is less. Other unified machines:
     * what the GPU may map, times the engine's share. Cards: visible memory × the engine's share − its margin. Example:
     * an H100 of 80 GiB with vLLM: 80 × 0.92 = 73.6 GiB; a 64 GiB Mac: min(48, 64 − 4) = 48 GiB.
     */
    static Bytes of(Hardware hardware, int devices, Engine engine, double osReserveGiB, double otherAppsGiB) {
        return Bytes.ofGiB(devices * perDeviceGiB(hardware, engine, osReserveGiB, otherAppsGiB));
    }

    private static double perDeviceGiB(Hardware hardware, Engine engine, double osReserveGiB, double otherAppsGiB) {
        double total = hardware.memoryGiB();
        if (hardware.isApple()) {
            double left = total - Math.max(osReserveGiB, OS_SHARE * total) - otherAppsGiB;
            return Math.min(workingSet(hardware), left);
        }
        if (hardware.memoryKind() == MemoryKind.UNIFIED) {
            return Math.min(workingSet(hardware), total * engine.memoryFraction());
        }
        double visible = hardware.usableMemoryGiB() == null
                ? total
                : Math.min(total, hardware.usableMemoryGiB() / CATALOGUE_SHARE_OF_A_CARD);
        return visible * engine.memoryFraction() - engine.deviceMarginGiB();
    }

    private static double workingSet(Hardware hardware) {
        return hardware.usableMemoryGiB() == null ? hardware.memoryGiB() * 2 / 3 : hardware.usableMemoryGiB();
    }
}
