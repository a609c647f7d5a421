package quartermaster.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import quartermaster.json.JsonText;

/** Lines of JSON on their way to a client. While they are sent, which is as slow as he is, others have the processor. */
final class LinesOut {
    private static final int MUCH = 64 * 1_024;

    private final OutputStream client;
    private final Turn turn;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private boolean listens = true;

    LinesOut(OutputStream client, Turn turn) {
        this.client = client;
        this.turn = turn;
    }

    /** False where nobody listens any more. */
    boolean add(Map<String, ? extends @Nullable Object> fields) {
        lines.writeBytes((JsonText.of(fields) + "\n").getBytes(StandardCharsets.UTF_8));
        if (turn.isLongEnough() || lines.size() > MUCH) {
            send();
        }
        return listens;
    }

    void send() {
        try {
            turn.outside(this::write);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The service stops.");
        }
    }

    private void write() {
        try {
            lines.writeTo(client);
            client.flush();
        } catch (IOException e) {
            listens = false;
        }
        lines.reset();
    }
}
