package quartermaster.http;

import java.util.UUID;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Goes with every request from its beginning to its end, whatever becomes of it. */
final class Visits extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Visit visit = new Visit(UUID.randomUUID().toString());
        request.setAttribute(Visit.ATTRIBUTE, visit);
        Request.addCompletionListener(request, failure -> visit.end());
        return super.handle(request, response, callback);
    }
}
