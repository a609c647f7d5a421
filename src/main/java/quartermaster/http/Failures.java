package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Refusal;
import quartermaster.http.guard.SafeHeaders;
import quartermaster.http.visit.Visit;
import quartermaster.json.BadJsonException;
import quartermaster.json.ProblemDocument;
import quartermaster.ledger.LedgerException;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workspace.WorkspaceRefusal;

/** The one place where what went wrong becomes {@code application/problem+json}. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int INTERNAL = 500;
    private static final Pattern DISK_FULL =
            Pattern.compile("(?i)no space left|not enough space|disk (is )?full|quota exceeded");
    private static final Set<Integer> TOLD = Set.of(Refusal.UNAUTHORIZED, Refusal.FORBIDDEN, Refusal.MISDIRECTED);

    private Failures() {}

    static void register(JavalinConfig config) {
        config.routes.exception(Refusal.class, (e, ctx) -> {
            if (TOLD.contains(e.document().status())) {
                String who = Guard.actor(ctx) == null ? ctx.ip() : Guard.actor(ctx) + " at " + ctx.ip();
                LOG.warn(
                        "Refused {} {} of {}: {}",
                        ctx.method(),
                        ctx.path(),
                        who,
                        e.document().type());
            }
            if (e.document().status() == Refusal.UNAVAILABLE || e.retryAfterSeconds() < Refusal.RETRY_AFTER_SECONDS) {
                ctx.header("Retry-After", String.valueOf(e.retryAfterSeconds()));
            }
            answer(ctx, e.document());
        });
        config.routes.exception(
                WorkspaceRefusal.class, (e, ctx) -> answer(ctx, Refusal.of(e).document()));
        config.routes.exception(BadJsonException.class, (e, ctx) -> write(ctx, ProblemDocument.of(e)));
        config.routes.exception(UnreadableWorkbookException.class, (e, ctx) -> {
            if (e.getCause() != null) {
                LOG.info(
                        "{} {}: {} ({})",
                        ctx.method(),
                        ctx.path(),
                        e.code(),
                        e.getCause().toString());
            }
            answer(ctx, document(e));
        });
        config.routes.exception(LedgerException.class, (e, ctx) -> {
            LOG.warn("{} {}: {}", ctx.method(), ctx.path(), e.toString());
            answer(ctx, (isDiskFull(e) ? Refusal.diskFull() : Refusal.noLedger()).document());
        });
        config.routes.exception(HttpResponseException.class, Failures::answer);
        config.routes.exception(EOFException.class, (e, ctx) -> answer(ctx, document(Refusal.BAD_REQUEST)));
        config.routes.exception(Exception.class, (e, ctx) -> answerUnexpected(ctx, e));
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("A request failed.", error);
            write(response, document(INTERNAL));
        });
        config.jetty.modifyServer(server -> server.setErrorHandler(new OutsideOfRoutes()));
        config.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(new OutsideOfRoutes()));
    }

    static ProblemDocument document(UnreadableWorkbookException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case FORMAT ->
                ProblemDocument.of(Refusal.UNSUPPORTED_TYPE, e.code(), "Not a workbook of a known format", detail);
            case SIZE -> ProblemDocument.of(Refusal.TOO_LARGE, e.code(), "Workbook too large", detail);
            case CONTENT -> ProblemDocument.of(Refusal.UNPROCESSABLE, e.code(), "Workbook cannot be used", detail);
        };
    }

    private static void answer(HttpResponseException e, Context ctx) {
        String allowed = e.getDetails().get("availableMethods");
        if (e.getStatus() == NOT_ALLOWED && allowed != null) {
            ctx.header("Allow", allowed);
        }
        answer(ctx, document(e.getStatus(), ctx.method() + " " + ctx.path()));
    }

    private static void answerUnexpected(Context ctx, Exception e) {
        if (isDiskFull(e)) {
            LOG.warn("{} {}: the disk is full ({})", ctx.method(), ctx.path(), e.toString());
            answer(ctx, Refusal.diskFull().document());
            return;
        }
        LOG.error("{} {} failed.", ctx.method(), ctx.path(), e);
        answer(ctx, document(INTERNAL));
    }

    /** Java has no type of its own for it, and each system and database its words. */
    static boolean isDiskFull(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            boolean isOfDisk = each instanceof IOException || each instanceof LedgerException;
            String said = isOfDisk ? String.valueOf(each.getMessage()) : "";
            if (DISK_FULL.matcher(said).find()) {
                return true;
            }
        }
        return false;
    }

    private static void answer(Context ctx, ProblemDocument document) {
        if (document.status() == Refusal.UNAVAILABLE && ctx.res().getHeader("Retry-After") == null) {
            ctx.header("Retry-After", String.valueOf(Refusal.RETRY_AFTER_SECONDS));
        }
        if (document.status() == Refusal.UNAUTHORIZED) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"quartermaster\"");
        }
        if (document.status() != Refusal.UNPROCESSABLE && hasBody(ctx)) {
            ctx.header("Connection", "close"); // its rest may stand unread where the next request should begin
        }
        write(ctx, document);
    }

    private static boolean hasBody(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
    }

    private static void write(Context ctx, ProblemDocument document) {
        ctx.status(document.status())
                .contentType(ProblemDocument.MEDIA_TYPE)
                .result(document.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(jakarta.servlet.http.HttpServletResponse response, ProblemDocument document) {
        response.setStatus(document.status());
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        SafeHeaders.ALL.forEach(response::setHeader);
        try {
            response.getOutputStream().write(document.toJson().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("The client left before it was told of a failure.", e);
        }
    }

    private static ProblemDocument document(int status) {
        return document(status, "The request");
    }

    /** What is said where only the status is known. */
    private static ProblemDocument document(int status, String what) {
        String title = HttpStatus.forStatus(status).getMessage();
        String code = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        String detail = switch (status) {
            case NOT_FOUND -> "There is nothing at " + what + ".";
            case NOT_ALLOWED -> what + " is not offered; the header Allow says what is.";
            case INTERNAL -> "Something failed inside the service; its log says what.";
            default -> what + " was refused: " + title.toLowerCase(Locale.ROOT) + ".";
        };
        return ProblemDocument.of(status, code, title, detail);
    }

    /** Answers to what never reaches a route: requests that are no HTTP, headers too large, failures while writing. */
    private static final class OutsideOfRoutes extends ErrorHandler {
        OutsideOfRoutes() {
            setShowStacks(false);
            setShowCauses(false);
        }

        @Override
        public boolean errorPageForMethod(String method) {
            return true;
        }

        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int status,
                String message,
                @Nullable Throwable cause,
                Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
            SafeHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
            if (request.getAttribute(Visit.ATTRIBUTE) instanceof Visit visit) {
                visit.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            }
            response.write(true, bytes(status), callback);
        }

        private static ByteBuffer bytes(int status) {
            return ByteBuffer.wrap(document(status).toJson().getBytes(StandardCharsets.UTF_8));
        }
    }
}
