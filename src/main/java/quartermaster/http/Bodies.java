package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.util.MultipartUtil;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.http.guard.Limits;
import quartermaster.http.guard.Refusal;
import quartermaster.http.guard.SlowClients;
import quartermaster.http.visit.Visit;
import quartermaster.workbook.read.OverdueWork;

/** Reads what clients send, up to its limit. */
final class Bodies {
    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5); // with work that is overdue
    private static final int MULTIPART_FRAME_BYTES = 64_000; // boundaries, headers and small fields around the file
    private static final int IN_MEMORY_BYTES = 1_000_000;
    private static final long DRAINED_AT_MOST = 200_000_000;

    private final Limits limits;
    private final Path folder;
    private final Held held;
    private final SlowClients slow;

    /** @param folder for what is not held in memory */
    Bodies(Limits limits, Path folder, SlowClients slow) {
        this.slow = slow;
        this.limits = limits;
        this.folder = folder;
        this.held = new Held(limits.load().heldBytes());
    }

    /**
     * An uploaded file.
     *
     * @param name as the client calls it; null where it does not
     */
    record Upload(@Nullable String name, byte[] bytes) {}

    /**
     * A file, and another one that belongs to it.
     *
     * @param other null where there is none
     */
    record Uploads(Upload file, @Nullable Upload other) {}

    /** @throws Refusal of what says nothing of its type, which pages of others can send */
    static void requireJson(Context ctx) {
        if (!MediaTypes.isJson(ctx.contentType())) {
            String found = ctx.contentType() == null ? "no Content-Type" : "Content-Type " + ctx.contentType();
            throw Refusal.unsupportedType("Found " + found + "; expected application/json.");
        }
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            throw Refusal.unsupportedType("Found Content-Encoding " + encoding + "; expected none.");
        }
    }

    /** A request in JSON. */
    byte[] json(Context ctx) throws IOException {
        hold(ctx, limits.jsonBytes());
        return slow.receive(ctx, () -> read(ctx.req(), limits.jsonBytes()));
    }

    /** As much memory as it may take, until the answer is sent. */
    private void hold(Context ctx, int mostBytes) {
        long length = ctx.req().getContentLengthLong();
        Held.Share share = held.new Share();
        Visit.of(ctx).atEnd(share::giveBack);
        share.take(length < 0 || length > mostBytes ? mostBytes : length);
    }

    private static byte[] read(HttpServletRequest request, int mostBytes) throws IOException {
        InputStream body = request.getInputStream();
        boolean tooLarge = request.getContentLengthLong() > mostBytes;
        byte[] bytes = tooLarge ? new byte[0] : body.readNBytes(mostBytes + 1);
        if (tooLarge || bytes.length > mostBytes) {
            throw Refusal.tooLarge(mostBytes);
        }
        return bytes;
    }

    /**
     * The whole body, or the part {@code file} of a form.
     *
     * @throws Refusal also while work on earlier files goes on after its deadline: it may take all the memory
     */
    Upload upload(Context ctx) throws IOException {
        return uploads(ctx, "").file();
    }

    /** @param other name of the form's other part that may be there */
    Uploads uploads(Context ctx, String other) throws IOException {
        return slow.receive(ctx, () -> received(ctx, other));
    }

    private Uploads received(Context ctx, String other) throws IOException {
        int mostBytes = limits.workbookBytes();
        if (!OverdueWork.leavesRoomWithin(PATIENCE)) {
            throw Refusal.busy();
        }
        hold(ctx, mostBytes);
        String type = ctx.contentType() == null ? "" : ctx.contentType();
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            String name = type.equalsIgnoreCase(MediaTypes.WORKBOOK_WITH_MACROS) ? "candidates.xlsm" : null;
            return new Uploads(new Upload(name, read(ctx.req(), mostBytes)), null);
        }
        if (ctx.req().getContentLengthLong() > mostBytes + MULTIPART_FRAME_BYTES) {
            throw Refusal.tooLarge(mostBytes);
        }
        Collection<Part> parts = parts(ctx.req(), mostBytes, folder);
        try {
            Upload file = find(parts, "file");
            if (file == null) {
                throw Refusal.missingFile();
            }
            return new Uploads(file, find(parts, other));
        } finally {
            for (Part part : parts) {
                part.delete();
            }
        }
    }

    /**
     * Some parts of a form by their names, as far as they are there; of no body, none.
     *
     * @param names of which one has to be there where there is a form
     */
    Map<String, byte[]> parts(Context ctx, Set<String> names) throws IOException {
        String type = ctx.contentType() == null ? "" : ctx.contentType();
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return slow.receive(ctx, () -> receivedParts(ctx, names));
        }
        if (ctx.req().getInputStream().read() >= 0) {
            throw Refusal.unsupportedType("Found Content-Type " + (type.isEmpty() ? "(none)" : type)
                    + "; expected multipart/form-data with parts named " + String.join(" or ", new TreeSet<>(names))
                    + ", or no body.");
        }
        return Map.of();
    }

    private Map<String, byte[]> receivedParts(Context ctx, Set<String> names) throws IOException {
        hold(ctx, limits.workbookBytes());
        Collection<Part> parts = parts(ctx.req(), limits.workbookBytes(), folder);
        try {
            Map<String, byte[]> found = new TreeMap<>();
            for (String name : names) {
                Upload part = find(parts, name);
                if (part != null) {
                    found.put(name, part.bytes());
                }
            }
            if (found.isEmpty()) {
                throw Refusal.missingParts(new TreeSet<>(names));
            }
            return found;
        } finally {
            for (Part part : parts) {
                part.delete();
            }
        }
    }

    private static @Nullable Upload find(Collection<Part> parts, String name) throws IOException {
        for (Part part : parts) {
            if (part.getName().equals(name)) {
                try (InputStream content = part.getInputStream()) {
                    return new Upload(part.getSubmittedFileName(), content.readAllBytes());
                }
            }
        }
        return null;
    }

    private static Collection<Part> parts(HttpServletRequest request, int mostBytes, Path folder) throws IOException {
        requireFolder(folder);
        request.setAttribute(
                MultipartUtil.MULTIPART_CONFIG_ATTRIBUTE,
                new MultipartConfigElement(
                        folder.toString(), mostBytes, (long) mostBytes + MULTIPART_FRAME_BYTES, IN_MEMORY_BYTES));
        try {
            return List.copyOf(request.getParts());
        } catch (ServletException | IOException | RuntimeException e) {
            if (says(e, "exceeded")) {
                throw Refusal.tooLarge(mostBytes);
            }
            if (Failures.isDiskFull(e)) {
                throw Refusal.diskFull();
            }
            throw Refusal.badMultipart();
        }
    }

    /** A system may clear it away. */
    private static void requireFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Refusal.noTemporaryFolder(folder.toString());
        }
    }

    /** Jetty has no type of its own for a part beyond its limit. */
    private static boolean says(Throwable failure, String word) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each.getMessage() != null && each.getMessage().contains(word)) {
                return true;
            }
        }
        return false;
    }

    void register(JavalinConfig config) {
        config.routes.after(this::letRestGoBy);
    }

    /**
     * A client that is refused before the end of its body may still be sending, and a connection that is closed while
     * bytes come in is reset, by which the answer may be lost. So the answer is sent first, and then the rest is let go
     * by, within reason. Who asks for leave to send ({@code Expect}) does not send.
     */
    private void letRestGoBy(Context ctx) throws IOException {
        boolean isRefused = ctx.statusCode() >= Refusal.BAD_REQUEST && ctx.statusCode() != Refusal.REQUEST_TIMEOUT;
        if (!isRefused || ctx.req().getInputStream().isFinished() || ctx.header("Expect") != null) {
            return;
        }
        InputStream answer = ctx.resultInputStream();
        if (answer != null) {
            answer.transferTo(ctx.res().getOutputStream());
            ctx.result(new byte[0]);
        }
        ctx.res().flushBuffer();
        try {
            slow.receive(ctx, () -> drain(ctx.req().getInputStream()));
        } catch (IOException | Refusal e) {
            LOG.debug("{} {} was answered before its body came to an end.", ctx.method(), ctx.path(), e);
        }
    }

    /** Bytes that were let go by. */
    private static long drain(InputStream body) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long drained = 0;
        int read = body.read(buffer);
        while (read >= 0 && drained < DRAINED_AT_MOST) {
            drained += read;
            read = body.read(buffer);
        }
        return drained;
    }
}
