package quartermaster.workbook.score;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import quartermaster.advice.Grid;
import quartermaster.advice.SweepPoint;
import quartermaster.decision.engine.Decider;
import quartermaster.unit.Digests;
import quartermaster.unit.Numbers;
import quartermaster.unit.WholeLines;

/**
 * A sweep in a file of comma-separated values. While it is not finished, a note beside it says what is swept with which
 * versions, so that it can be taken up where it ended.
 */
public final class SweepFile implements AutoCloseable {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

    private final Path note;
    private final BufferedWriter writer;
    private final int first;

    private SweepFile(Path note, BufferedWriter writer, int first) {
        this.note = note;
        this.writer = writer;
        this.first = first;
    }

    /**
     * Opens a file to write to.
     *
     * @param fresh whether to begin anew, whatever is there
     * @throws IOException where it cannot be read or written
     */
    public static SweepFile open(Path file, Grid grid, Decider decider, boolean fresh) throws IOException {
        Path note = file.resolveSibling(file.getFileName() + ".unfinished");
        String asked = Digests.of(
                grid.asked() + "\n" + grid.axes() + "\n" + decider.versions().workspace());
        boolean goesOn = !fresh
                && Files.isRegularFile(file)
                && Files.isRegularFile(note)
                && Files.readString(note).equals(asked);
        int done = goesOn ? wholeRows(file, grid) : -1;
        if (done < 0) {
            Files.deleteIfExists(file);
            Files.writeString(note, asked);
        }
        BufferedWriter writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        SweepFile opened = new SweepFile(note, writer, Math.max(0, done));
        if (done < 0) {
            opened.write(header(grid));
        }
        return opened;
    }

    /** Rows that are there; what comes after the last whole line is cut off. −1 where the file is another one. */
    private static int wholeRows(Path file, Grid grid) throws IOException {
        WholeLines.keep(file);
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
            List<CSVRecord> lines = parser.getRecords();
            boolean same = !lines.isEmpty() && lines.get(0).toList().equals(SweepTable.header(grid));
            return same ? lines.size() - 1 : -1;
        }
    }

    /** The first point that is not there yet. */
    public int first() {
        return first;
    }

    /** @throws IOException where it cannot be written */
    public void add(SweepPoint point) throws IOException {
        write(line(point));
    }

    /** The first line. */
    public static String header(Grid grid) {
        return FORMAT.format(SweepTable.header(grid).toArray());
    }

    /** The line of a point. */
    public static String line(SweepPoint point) {
        List<Object> texts = new ArrayList<>();
        SweepTable.row(point)
                .forEach(each ->
                        texts.add(each == null ? "" : each instanceof Double number ? Numbers.plain(number) : each));
        return FORMAT.format(texts.toArray());
    }

    private void write(String line) throws IOException {
        writer.write(line + "\n");
        writer.flush();
    }

    /**
     * All is there.
     *
     * @throws IOException where it cannot be written
     */
    public void finish() throws IOException {
        writer.close();
        Files.deleteIfExists(note);
    }

    /**
     * Rows of a finished file, its header left out.
     *
     * @throws IOException where it cannot be read
     */
    public static List<List<String>> rows(Path file) throws IOException {
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
            return parser.getRecords().stream().skip(1).map(CSVRecord::toList).toList();
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
