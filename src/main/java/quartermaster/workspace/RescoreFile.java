package quartermaster.workspace;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quartermaster.json.RescoreLines;
import quartermaster.ledger.DecisionLog;
import quartermaster.unit.WholeLines;

/** The log under a draft, in a file of JSON lines: while its last line is missing, work goes on where it ended. */
public final class RescoreFile implements AutoCloseable {
    private final RescoreLines.Head head;
    private final BufferedWriter writer;
    private RescoreLines.Sums sums = RescoreLines.Sums.NONE;
    private DecisionLog.@Nullable Position last;

    private RescoreFile(RescoreLines.Head head, BufferedWriter writer) {
        this.head = head;
        this.writer = writer;
    }

    /**
     * The head of a file that can be gone on with; else the one that is wanted.
     *
     * @param fresh whether to begin anew, whatever is there
     * @throws IOException where the file cannot be read
     */
    public static RescoreLines.Head head(Path file, RescoreLines.Head wanted, boolean fresh) throws IOException {
        if (fresh || !Files.isRegularFile(file)) {
            return wanted;
        }
        String first;
        String end = "";
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            first = lines.readLine();
            for (String line = first; line != null; line = lines.readLine()) {
                end = line;
            }
        }
        boolean isWhole = end.startsWith("{\"sums\"");
        RescoreLines.Head found =
                first == null ? null : RescoreLines.Head.parse(first).orElse(null);
        return found != null && found.asksTheSame(wanted) && !isWhole ? found : wanted;
    }

    /**
     * Opens a file to write to.
     *
     * @param head of what is there, to go on; anything else begins anew
     * @throws IOException where it can be neither read nor written
     */
    public static RescoreFile open(Path file, RescoreLines.Head head) throws IOException {
        RescoreLines.Sums[] sums = {RescoreLines.Sums.NONE};
        DecisionLog.@Nullable Position[] last = new DecisionLog.Position[1];
        boolean goesOn = Files.isRegularFile(file) && firstLine(file).equals(head.json());
        if (goesOn) {
            WholeLines.keep(file);
            forEach(file, line -> {
                sums[0] = sums[0].with(line);
                last[0] = new DecisionLog.Position(line.decidedAt(), line.decisionId());
            });
        } else {
            Files.deleteIfExists(file);
        }
        BufferedWriter writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        RescoreFile opened = new RescoreFile(head, writer);
        opened.sums = sums[0];
        opened.last = last[0];
        if (!goesOn) {
            opened.write(head.json());
            writer.flush();
        }
        return opened;
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            return first == null ? "" : first;
        }
    }

    /**
     * Each decision of a file, one after the other.
     *
     * @throws IOException where it cannot be read
     */
    public static void forEach(Path file, Consumer<RescoreLines.Line> reader) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                RescoreLines.Line.parse(line).ifPresent(reader);
            }
        }
    }

    public RescoreLines.Head head() {
        return head;
    }

    /** Where to go on; null at the beginning. */
    public DecisionLog.@Nullable Position last() {
        return last;
    }

    /** Of what is there. */
    public RescoreLines.Sums sums() {
        return sums;
    }

    /** @throws IOException where it cannot be written */
    public void add(Rescore.Part part) throws IOException {
        for (String line : part.lines()) {
            write(line);
            sums = RescoreLines.Line.parse(line).map(sums::with).orElse(sums);
        }
        writer.flush();
        last = part.last();
    }

    /**
     * All is there.
     *
     * @throws IOException where it cannot be written
     */
    public void finish() throws IOException {
        write(sums.json());
        writer.flush();
    }

    private void write(String line) throws IOException {
        writer.write(line);
        writer.write('\n');
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
