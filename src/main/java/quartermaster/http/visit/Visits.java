package quartermaster.http.visit;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Goes with every request from its beginning to its end, whatever becomes of it: counts it, logs it, gives it an id. */
public final class Visits extends Handler.Wrapper {
    private static final Pattern REQUEST_ID = Pattern.compile("[\\w.:/+=-]{1,128}");
    private static final Pattern TRACE = // https://www.w3.org/TR/trace-context/#traceparent-header-field-values
            Pattern.compile("00-(?!0{32})(?<trace>[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-(?<flags>[0-9a-f]{2})");
    private static final int SPAN_BYTES = 8;
    private static final int TRACE_BYTES = 16;

    private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();
    private final SecureRandom random = new SecureRandom();
    private final Metrics metrics;
    private final AccessLog log;
    private final Clock clock;

    public Visits(Metrics metrics, AccessLog log, Clock clock) {
        this.metrics = metrics;
        this.log = log;
        this.clock = clock;
    }

    /** Whether a request of this connection is being worked on. */
    public boolean isBusy(EndPoint end) {
        return busy.contains(end);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Visit visit = new Visit(id(request.getHeaders().get("X-Request-Id")));
        String trace = trace(request.getHeaders().get("traceparent"));
        visit.giveBack(Map.of("X-Request-Id", visit.id(), "traceparent", trace));
        request.setAttribute(Visit.ATTRIBUTE, visit);
        visit.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
        busy.add(end);
        metrics.begin();
        visit.atEnd(() -> {
            busy.remove(end);
            metrics.end(request.getMethod(), visit.route(), response.getStatus(), visit.nanos());
            if (log.isWanted()) {
                log.write(line(visit, trace, request, response));
            }
        });
        Request.addCompletionListener(request, failure -> visit.end());
        return super.handle(request, response, callback);
    }

    private Map<String, @Nullable Object> line(Visit visit, String trace, Request request, Response response) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("at", clock.instant());
        fields.put("requestId", visit.id());
        fields.put("traceId", trace.split("-", -1)[1]);
        fields.put("client", Request.getRemoteAddr(request));
        fields.put("actor", visit.actor());
        fields.put("method", request.getMethod());
        fields.put("path", request.getHttpURI().getPath());
        fields.put("route", visit.route());
        fields.put("status", response.getStatus());
        fields.put("bytes", Response.getContentBytesWritten(response));
        fields.put("milliseconds", visit.nanos() / 1_000_000);
        fields.put("decisionId", visit.decision());
        return fields;
    }

    private static String id(@Nullable String sent) {
        return sent != null && REQUEST_ID.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }

    /** The caller's trace goes on; else one begins. */
    private String trace(@Nullable String sent) {
        Matcher known = TRACE.matcher(sent == null ? "" : sent);
        boolean goesOn = known.matches();
        return "00-" + (goesOn ? known.group("trace") : hex(TRACE_BYTES)) + "-" + hex(SPAN_BYTES) + "-"
                + (goesOn ? known.group("flags") : "00");
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
