package quartermaster.assistant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.json.JsonText;
import quartermaster.request.DecisionRequest;
import quartermaster.workspace.InForce;

/** With one assistant that started the program, over its standard input and output: a message is a line. */
public final class Conversation implements Caller {
    private static final long PATIENCE_MILLIS = 500;
    private static final int PARSE_ERROR = -32700;

    private final Assistant assistant;
    private final InForce inForce;

    public Conversation(Assistant assistant, InForce inForce) {
        this.assistant = assistant;
        this.inForce = inForce;
    }

    /**
     * Answers until the other side closes.
     *
     * @throws IOException where its messages can no longer be read
     */
    public void hold(InputStream in, PrintWriter out) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                say(line, out);
            }
        }
    }

    private void say(String line, PrintWriter out) {
        try {
            assistant.answer(line, this).ifPresent(answer -> send(answer, out));
        } catch (Assistant.BadMessageException e) {
            send(
                    "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + PARSE_ERROR + ",\"message\":"
                            + JsonText.of(String.valueOf(e.getMessage())) + "}}",
                    out);
        }
    }

    /** On one line, as the protocol ends them on every system. */
    private static void send(String message, PrintWriter out) {
        out.print(message + "\n");
        out.flush();
    }

    @Override
    public @Nullable String name() {
        return null;
    }

    /** Whoever can start the program on these files can change them. */
    @Override
    public boolean may(Role role) {
        return true;
    }

    @Override
    public <T> T inTurn(Work<T> work) throws Exception {
        return work.with(() -> {});
    }

    @Override
    public <T> T inLongTurn(Work<T> work) throws Exception {
        return work.with(() -> {});
    }

    @Override
    public void requireLittleEnough(Decider decider, DecisionRequest request) {
        // nobody else waits
    }

    @Override
    public boolean keep(Decision decision, String answer, Duration took) {
        try {
            return inForce.history().record(decision, answer, took, null).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
