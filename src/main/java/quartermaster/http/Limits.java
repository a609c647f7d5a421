package quartermaster.http;

import java.time.Duration;

/**
 * What one client may ask of the service.
 *
 * @param jsonBytes of a request
 * @param workbookBytes of an uploaded workbook
 * @param uploadsAtOnce workbooks that are received or waiting
 * @param workbooksAtOnce workbooks that are read and scored; each may take some hundred megabytes
 * @param patience how long an upload waits for its turn
 * @param stopTimeout how long running requests may take to end when the service stops
 */
public record Limits(
        int jsonBytes,
        int workbookBytes,
        int uploadsAtOnce,
        int workbooksAtOnce,
        Duration patience,
        Duration stopTimeout) {
    public static final Limits USUAL =
            new Limits(2_000_000, 25_000_000, 16, 2, Duration.ofSeconds(60), Duration.ofSeconds(30));
}
