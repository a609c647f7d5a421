package quartermaster.http.guard;

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
 * @param load what all clients together may ask
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
        Duration stopTimeout,
        Load load) {
    public static final Limits USUAL = new Limits(
            2_000_000,
            300_000,
            4_500_000,
            100_000_000,
            25_000_000,
            16,
            2,
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Load.USUAL);

    /**
     * What all clients together may ask.
     *
     * @param places pieces of work that are done at the same time
     * @param mostWaiting others that wait for a place
     * @param leastPatience how long each of them may wait, however short the work inside is
     * @param mostPatience how long at most, however long it is
     * @param deadline for a piece of work
     * @param heldBytes of bodies that are received or worked on
     * @param connections that are open at the same time
     * @param bodyGrace from when on a body must come fast enough, and how long it may pause
     * @param bodyBytesPerSecond how fast that is, in the average from its beginning
     * @param bodyDeadline for a whole body
     */
    public record Load(
            int places,
            int mostWaiting,
            Duration leastPatience,
            Duration mostPatience,
            Duration deadline,
            long heldBytes,
            int connections,
            Duration bodyGrace,
            int bodyBytesPerSecond,
            Duration bodyDeadline) {
        public static final Load USUAL = new Load(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                64,
                Duration.ofMillis(250),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Math.max(32_000_000, Runtime.getRuntime().maxMemory() / 4),
                200,
                Duration.ofSeconds(5),
                1_000,
                Duration.ofSeconds(60));
    }
}
