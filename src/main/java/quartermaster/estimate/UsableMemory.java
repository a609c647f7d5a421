package quartermaster.estimate;

import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.MemoryKind;
import quartermaster.unit.Bytes;

/** How much of the memory on the box a model may really occupy. */
final class UsableMemory {
    private UsableMemory() {}

    /**
     * What is kept free, and what the cells of the catalogue mean.
     *
     * @param osGiB for the operating system of a Mac, at least
     * @param osShare of its memory, for the same
     * @param cardShare that the cell of a card's usable memory holds of what the driver shows
     * @param unifiedShare of a unified machine's memory that its GPU may map, where no cell says so
     */
    record Reserves(double osGiB, double osShare, double otherAppsGiB, double cardShare, double unifiedShare) {
        static Reserves of(Catalogue catalogue) {
            return new Reserves(
                    catalogue.number("osReserveGiB"),
                    catalogue.number("osReserveShare"),
                    catalogue.number("otherAppsGiB"),
                    catalogue.number("cardUsableShare"),
                    catalogue.number("unifiedUsableShare"));
        }
    }

    /**
     * Usable memory of all devices of a replica.
     *
     * <p>Apple: the GPU's working set, or what the operating system leaves, whichever is less. Other unified machines:
     * what the GPU may map, times the engine's share. Cards: visible memory × the engine's share − its margin. Example:
     * an H100 of 80 GiB with vLLM: 80 × 0.92 = 73.6 GiB; a 64 GiB Mac: min(48, 64 − 4) = 48 GiB.
     */
    static Bytes of(Hardware hardware, int devices, Engine engine, Reserves reserves) {
        return Bytes.ofGiB(devices * perDeviceGiB(hardware, engine, reserves));
    }

    private static double perDeviceGiB(Hardware hardware, Engine engine, Reserves reserves) {
        double total = hardware.memoryGiB();
        if (hardware.isApple()) {
            double left = total - Math.max(reserves.osGiB(), reserves.osShare() * total) - reserves.otherAppsGiB();
            return Math.min(workingSet(hardware, reserves), left);
        }
        if (hardware.memoryKind() == MemoryKind.UNIFIED) {
            return Math.min(workingSet(hardware, reserves), total * engine.memoryFraction());
        }
        double visible = hardware.usableMemoryGiB() == null
                ? total
                : Math.min(total, hardware.usableMemoryGiB() / reserves.cardShare());
        return visible * engine.memoryFraction() - engine.deviceMarginGiB();
    }

    private static double workingSet(Hardware hardware, Reserves reserves) {
        return hardware.usableMemoryGiB() == null
                ? hardware.memoryGiB() * reserves.unifiedShare()
                : hardware.usableMemoryGiB();
    }
}
