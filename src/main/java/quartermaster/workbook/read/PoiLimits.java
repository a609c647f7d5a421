package quartermaster.workbook.read;

import org.apache.poi.openxml4j.util.ZipSecureFile;

/** The library's limits, which are one set for the whole program. {@link WorkbookInspection} has looked before they count. */
final class PoiLimits {
    private static final double DENSEST_HONEST_SHEET = 0.001; // packed to unpacked: many equal rows
    private static final long LARGEST_PART_BYTES = 150_000_000;
    private static final long PARTS = 5_000;

    private PoiLimits() {}

    static void set() {
        ZipSecureFile.setMinInflateRatio(DENSEST_HONEST_SHEET);
        ZipSecureFile.setMaxEntrySize(LARGEST_PART_BYTES);
        ZipSecureFile.setMaxFileCount(PARTS);
    }
}
