package quartermaster.workbook;

import java.time.Duration;

/**
 * How much of a file is read before it is refused.
 *
 * @param fileBytes of the file as it comes
 * @param contentBytes of all that is packed inside it
 * @param rows of all sheets together, likewise the others
 * @param time from the first byte to the last cell
 */
public record WorkbookLimits(
        long fileBytes, long contentBytes, int sheets, int rows, int cells, long characters, Duration time) {
    private static final long MB = 1_000_000;

    public static final WorkbookLimits DEFAULT =
            new WorkbookLimits(20 * MB, 150 * MB, 200, 100_000, 500_000, 20 * MB, Duration.ofSeconds(20));

    public WorkbookLimits within(Duration limit) {
        return new WorkbookLimits(fileBytes, contentBytes, sheets, rows, cells, characters, limit);
    }
}
