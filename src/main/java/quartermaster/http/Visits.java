package quartermaster.http;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Goes with every request from its beginning to its end, whatever becomes of it. */
final class Visits extends Handler.Wrapper {
    private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();

    /** Whether a request of this connection is being worked on. */
    boolean isBusy(EndPoint end) {
        return busy.contains(end);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Visit visit = new Visit(UUID.randomUUID().toString());
        request.setAttribute(Visit.ATTRIBUTE, visit);
        EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
        busy.add(end);
        visit.atEnd(() -> busy.remove(end));
        Request.addCompletionListener(request, failure -> visit.end());
        return super.handle(request, response, callback);
    }
}
