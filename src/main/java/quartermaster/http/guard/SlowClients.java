package quartermaster.http.guard;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.http.visit.Visits;

/** Lets nobody keep a thread or a connection by sending slowly. */
public final class SlowClients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final long AT_ONCE = 1; // millisecond

    private final Limits.Load load;
    private final Set<Receiving> receiving = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor(SlowClients::thread);
    private volatile @Nullable Runnable connections;

    public SlowClients(Limits.Load load) {
        this.load = load;
        ScheduledFuture<?> unused = watching.scheduleWithFixedDelay(
                this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Looks after its connections, too. */
    public void watch(Server listening, Visits visits) {
        connections = () -> closeSilentConnections(listening, visits);
    }

    /** What reads from a client. */
    public interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Reads from a client.
     *
     * @throws Refusal where it does not come fast enough
     * @throws IOException where it cannot be read
     */
    public <T> T receive(Context ctx, Reading<T> reading) throws IOException {
        Connection connection = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection();
        Receiving body = new Receiving(connection);
        receiving.add(body);
        try {
            T read = reading.read();
            body.end();
            return read;
        } catch (IOException | RuntimeException e) {
            if (body.end()) {
                throw Refusal.slowBody(load.bodyBytesPerSecond());
            }
            throw e;
        } finally {
            receiving.remove(body);
        }
    }

    /** A body on its way in. */
    private final class Receiving {
        private final Connection connection;
        private final long patience;
        private final long bytesBefore;
        private final long begun = System.nanoTime();
        private long bytes;
        private long lastByteAt = begun;
        private boolean slow;
        private boolean ended;

        Receiving(Connection connection) {
            this.connection = connection;
            this.patience = connection.getEndPoint().getIdleTimeout();
            this.bytesBefore = connection.getBytesIn();
            this.bytes = bytesBefore;
        }

        /** Whoever reads from it is told that nothing comes any more. */
        synchronized void look(long now) {
            if (connection.getBytesIn() != bytes) {
                bytes = connection.getBytesIn();
                lastByteAt = now;
            }
            if (!ended && !slow && isSlow(now)) {
                slow = true;
                connection.getEndPoint().setIdleTimeout(AT_ONCE);
            }
        }

        private boolean isSlow(long now) {
            long grace = load.bodyGrace().toNanos();
            double seconds = (now - begun) / 1e9;
            return now - lastByteAt > grace
                    || now - begun > load.bodyDeadline().toNanos()
                    || now - begun > grace && (bytes - bytesBefore) / seconds < load.bodyBytesPerSecond();
        }

        /** Whether it was too slow. */
        synchronized boolean end() {
            if (!ended) {
                ended = true;
                connection.getEndPoint().setIdleTimeout(patience);
            }
            return slow;
        }
    }

    private void look() {
        try {
            long now = System.nanoTime();
            receiving.forEach(each -> each.look(now));
            Runnable silent = connections;
            if (silent != null) {
                silent.run();
            }
        } catch (RuntimeException e) {
            LOG.warn("Slow clients cannot be looked for: {}", e.toString());
        }
    }

    /** Those that have been open for a while and have not sent so much as the head of a request. */
    private void closeSilentConnections(Server listening, Visits visits) {
        long before = System.currentTimeMillis() - 2 * load.bodyGrace().toMillis();
        for (Connector connector : listening.getConnectors()) {
            for (EndPoint end : connector.getConnectedEndPoints()) {
                Connection connection = end.getConnection();
                boolean silent = connection != null && connection.getMessagesIn() == 0 && !visits.isBusy(end);
                if (silent && end.getCreatedTimeStamp() < before) {
                    end.setIdleTimeout(AT_ONCE);
                }
            }
        }
    }

    @Override
    public void close() {
        watching.shutdownNow();
    }

    private static Thread thread(Runnable looking) {
        Thread thread = new Thread(looking, "watching slow clients");
        thread.setDaemon(true);
        return thread;
    }
}
