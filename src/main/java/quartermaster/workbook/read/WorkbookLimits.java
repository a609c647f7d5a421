package quartermaster.workbook.read;

import java.time.Duration;

/**
 * How much of a file is read before it is refused.
 *
 * @param fileBytes of the file as it comes
 * @param contentBytes of all that is packed inside it
 * @param heldBytes of all that is packed inside it but is no sheet
 * @param rows of all sheets together, likewise the others
 * @param time from the first byte to the last cell
 */
public record WorkbookLimits(
        long fileBytes,
        long contentBytes,
        long heldBytes,
        int sheets,
        int rows,
        int cells,
        long characters,
        Duration time) {
    private static final long MB = 1_000_000;
    private static final long FOR_THE_PROGRAM = 200 * MB; // of memory: rules, catalogue, other requests

    /** As much as fits into the memory that the program has, at most what one may have to wait for. */
    public static final WorkbookLimits DEFAULT = within(Runtime.getRuntime().maxMemory());

    /** For the architect's own files: 300,000 cells however little memory there is, and all the time that it takes. */
    public static final WorkbookLimits OWN =
            within(Math.max(Runtime.getRuntime().maxMemory(), 800 * MB)).within(Duration.ofMinutes(5));

    /** Where candidates are read in passing and only their values are held. */
    public static final WorkbookLimits LONG = inPassing(Runtime.getRuntime().maxMemory());

    static WorkbookLimits within(long memory) {
        long room = Math.max(64 * MB, memory - FOR_THE_PROGRAM);
        return new WorkbookLimits(
                20 * MB,
                Math.min(150 * MB, room / 4),
                Math.min(150 * MB, room / 4),
                200,
                100_000,
                (int) Math.min(500_000, room / 2_000),
                20 * MB,
                Duration.ofSeconds(20));
    }

    static WorkbookLimits inPassing(long memory) {
        long room = Math.max(64 * MB, memory - FOR_THE_PROGRAM);
        return new WorkbookLimits(
                100 * MB,
                500 * MB,
                Math.min(150 * MB, room / 4),
                200,
                (int) Math.min(1_000_000, room / 2_000),
                (int) Math.min(20_000_000, room / 80),
                Math.min(200 * MB, room / 6),
                Duration.ofMinutes(5));
    }

    /** Elements of XML in all parts: the library holds some hundred bytes for each. */
    long elements() {
        return 100_000 + 4L * cells;
    }

    /** Old workbooks are held in memory whole, at many times their size. */
    long oldFileBytes() {
        return Math.min(fileBytes, contentBytes / 8);
    }

    public WorkbookLimits within(Duration limit) {
        return new WorkbookLimits(fileBytes, contentBytes, heldBytes, sheets, rows, cells, characters, limit);
    }
}
