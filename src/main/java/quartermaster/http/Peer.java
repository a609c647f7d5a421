package quartermaster.http;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Whoever waits at the other end of a connection, while his request is worked on. That he has gone shows only when
 * something is read from him; what comes instead is his next request, and is given back to the connection.
 */
final class Peer {
    private static final int SOME = 1_024;

    private final Connection connection;
    private boolean looking = true;

    private Peer(Connection connection) {
        this.connection = connection;
    }

    /** @param request whose body is read to its end */
    static Peer of(ServletRequest request) {
        Connection connection = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection();
        return new Peer(connection);
    }

    synchronized boolean hasGone() {
        if (!looking || !(connection instanceof Connection.UpgradeTo takesBack)) {
            return false;
        }
        EndPoint end = connection.getEndPoint();
        ByteBuffer buffer = BufferUtil.allocate(SOME);
        try {
            int read = end.fill(buffer);
            if (read > 0) {
                looking = false;
                takesBack.onUpgradeTo(buffer);
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Before the connection reads again itself. */
    synchronized void lookNoMore() {
        looking = false;
    }
}
