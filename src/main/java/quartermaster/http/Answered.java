package quartermaster.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * An answer on its way: of what it was made, nothing is held.
 *
 * @param kept true when it is on the disk, false when it is lost
 */
record Answered(String text, CompletableFuture<Boolean> kept) {
    private static final String NOT_KEPT = ",\"kept\":false}";

    /** One that need not be kept. */
    static Answered problem(String text) {
        return new Answered(text, CompletableFuture.completedFuture(true));
    }

    /** One that nobody wanted to be kept, and that says so. */
    static Answered passing(String text) {
        return problem(text.substring(0, text.length() - 1) + NOT_KEPT);
    }

    byte[] bytes(boolean isKept) {
        String said = isKept ? text : text.substring(0, text.length() - 1) + NOT_KEPT;
        return said.getBytes(StandardCharsets.UTF_8);
    }
}
