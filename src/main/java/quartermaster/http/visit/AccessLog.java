package quartermaster.http.visit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.json.JsonText;

/** A line of JSON for each request. */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final String STANDARD_ERROR = "-";

    private final @Nullable OutputStream to;
    private boolean failing;

    /** @param file that lines are added to; - for standard error, null for none */
    public AccessLog(@Nullable String file) {
        try {
            this.to = file == null
                    ? null
                    : file.equals(STANDARD_ERROR)
                            ? System.err
                            : Files.newOutputStream(
                                    Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("The access log " + file + " cannot be written.", e);
        }
    }

    boolean isWanted() {
        return to != null;
    }

    /** Never throws: a full disk must not stop the service. */
    synchronized void write(Map<String, ? extends @Nullable Object> fields) {
        if (to == null) {
            return;
        }
        try {
            to.write((JsonText.of(fields) + "\n").getBytes(StandardCharsets.UTF_8)); // as one piece
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("The access log cannot be written: {}", e.toString());
            }
            failing = true;
        }
    }

    @Override
    public synchronized void close() {
        if (to != null && to != System.err) {
            try {
                to.close();
            } catch (IOException e) {
                LOG.warn("The access log cannot be closed: {}", e.toString());
            }
        }
    }
}
