package quartermaster.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import quartermaster.http.guard.Refusal;
import quartermaster.http.guard.SafeHeaders;
import quartermaster.json.ProblemDocument;

/** Another port, which only says how the service is: with threads of its own, so that it answers whatever is asked elsewhere. */
final class HealthPort implements AutoCloseable {
    private static final int THREADS = 6;
    private static final int IDLE_MILLIS = 5_000;

    private final Server server;
    private final ServerConnector connector;

    /** What is said, and how it is. */
    record Answer(int status, String type, String text) {}

    /** @param answers by path */
    HealthPort(String host, int port, Map<String, Supplier<Answer>> answers) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("health");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(new Answering(answers));
    }

    HealthPort start() throws Exception {
        server.start();
        return this;
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The port for health cannot be closed.", e);
        }
    }

    private static final class Answering extends Handler.Abstract.NonBlocking {
        private final Map<String, Supplier<Answer>> answers;

        Answering(Map<String, Supplier<Answer>> answers) {
            this.answers = answers;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = Request.getPathInContext(request);
            Supplier<Answer> asked = request.getMethod().matches("GET|HEAD") ? answers.get(path) : null;
            Answer answer = asked == null ? nothing(request.getMethod() + " " + path) : asked.get();
            response.setStatus(answer.status());
            SafeHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
            response.write(true, ByteBuffer.wrap(answer.text().getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }

        private static Answer nothing(String asked) {
            ProblemDocument problem = ProblemDocument.of(
                    Refusal.NOT_FOUND, "not-found", "Not Found", "There is nothing at " + asked + " of this port.");
            return new Answer(problem.status(), ProblemDocument.MEDIA_TYPE, problem.toJson());
        }
    }
}
