package quartermaster.http;

import java.time.Duration;

/**
 * What one client may ask of the service. With {@link #USUAL} the largest batch takes 512 MB of heap at most.
 *
 * @param jsonBytes of a request
 * @param variantsAtOnce ways to run a model (engine, precision, acquisition, devices) that one request may leave open:
 *     all are estimated and judged together, and each takes about a kilobyte
 * @param variants the same of all requests of a batch, which are decided one after the other: some 100,000 a second
 * @param answerBytes of the answers to all requests of a batch, which are held until they are sent
 * @param workbookBytes of an uploaded workbook
 * @param uploadsAtOnce workbooks that are received or waiting
 * @param workbooksAtOnce workbooks that are read and scored; each may take some hundred megabytes
 * @param patience how long an upload waits for its turn
 * @param stopTimeout how long running requests may take to end when the service stops
 */
public record Limits(
        int jsonBytes,
        long variantsAtOnce,
        long variants,
        long answerBytes,
        int workbookBytes,
        int uploadsAtOnce,
        int workbooksAtOnce,
        Duration patience,
        Duration stopTimeout) {
    public static final Limits USUAL = new Limits(
            2_000_000,
            150_000,
            4_500_000,
            100_000_000,
            25_000_000,
            16,
            2,
            Duration.ofSeconds(60),
            Duration.ofSeconds(30));
}
