package quartermaster.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** What waits outside the ledger, as bytes: the kind, then its fields as texts, compressed. */
final class EntryBytes {
    private static final int NULL = -1;
    private static final int FIELDS = 9; // of the largest kind, besides the kind

    private EntryBytes() {}

    static byte[] write(Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            for (String field : fields(entry)) {
                byte[] text = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
                out.writeInt(field == null ? NULL : text.length);
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written.", e);
        }
        return bytes.toByteArray();
    }

    private static List<@Nullable String> fields(Entry entry) {
        if (entry instanceof KeptDecision it) {
            return Arrays.asList(
                    "decision",
                    it.id(),
                    it.createdAt().toString(),
                    it.versionId(),
                    it.request(),
                    it.answer(),
                    it.asOf().toString(),
                    it.duration().toString(),
                    it.actor());
        }
        if (entry instanceof KeptVersion it) {
            return Arrays.asList(
                    "version",
                    it.id(),
                    it.createdAt().toString(),
                    it.origin().name(),
                    it.reason(),
                    it.manifest().text(),
                    it.catalogue(),
                    it.rules(),
                    it.program(),
                    it.actor());
        }
        Activation it = (Activation) entry;
        return Arrays.asList(
                "activation", it.versionId(), it.at().toString(), it.origin().name(), it.reason(), it.actor());
    }

    /** @throws IOException where these are no such bytes */
    static Entry read(byte[] bytes) throws IOException {
        @Nullable String[] fields = new String[FIELDS + 1];
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            for (int i = 0; i < fields.length && in.available() > 0; i++) {
                byte[] length = in.readNBytes(Integer.BYTES);
                if (length.length < Integer.BYTES) {
                    break; // the end
                }
                int size = new DataInputStream(new ByteArrayInputStream(length)).readInt();
                fields[i] = size == NULL ? null : new String(in.readNBytes(size), StandardCharsets.UTF_8);
            }
            return entry(fields);
        } catch (RuntimeException e) {
            throw new IOException("What waits for the ledger is damaged.", e);
        }
    }

    private static Entry entry(@Nullable String[] fields) {
        return switch (text(fields, 0)) {
            case "decision" ->
                new KeptDecision(
                        text(fields, 1),
                        Instant.parse(text(fields, 2)),
                        text(fields, 3),
                        text(fields, 4),
                        text(fields, 5),
                        LocalDate.parse(text(fields, 6)),
                        Duration.parse(text(fields, 7)),
                        fields[8]);
            case "version" ->
                new KeptVersion(
                        text(fields, 1),
                        Instant.parse(text(fields, 2)),
                        Origin.valueOf(text(fields, 3)),
                        fields[4],
                        Manifest.parse(text(fields, 5)),
                        text(fields, 6),
                        text(fields, 7),
                        text(fields, 8),
                        fields[9]);
            case "activation" ->
                new Activation(
                        text(fields, 1),
                        Instant.parse(text(fields, 2)),
                        Origin.valueOf(text(fields, 3)),
                        fields[4],
                        fields[5]);
            default -> throw new IllegalArgumentException(text(fields, 0) + " is no kind of entry.");
        };
    }

    private static String text(@Nullable String[] fields, int index) {
        return Objects.requireNonNull(fields[index]);
    }
}
