package quartermaster.workbook.score;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.LooseNames;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Explain;
import quartermaster.workbook.read.FileKind;
import quartermaster.workbook.read.Supervised;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.upload.CandidatesReader;

/**
 * Throws changed files at the scoring of workbooks. An input is one byte that names a part of a sound file, and what
 * stands in its place; a byte beyond them is followed by a whole file. Anything but a scored workbook that opens again,
 * or a refusal in time, is a finding: it is thrown.
 *
 * <pre>
 * mvn -q -Pbench test-compile exec:exec -Dbench.main=quartermaster.workbook.score.WorkbookFuzzer -Dbench="target/fuzz/seeds"
 * mvn -q -Pbench exec:exec -Dbench.main=com.code_intelligence.jazzer.Jazzer -Dbench="--target_class=quartermaster.workbook.score.WorkbookFuzzer \
 *     --instrumentation_includes=quartermaster.workbook.**:org.apache.poi.** --keep_going=100 --reproducer_path=target/fuzz \
 *     -artifact_prefix=target/fuzz/ -max_total_time=3600 -max_len=100000 -timeout=60 target/fuzz/seeds"
 * </pre>
 */
public final class WorkbookFuzzer {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final List<Path> SOUND = List.of(
            Path.of("src/test/resources/workbooks/exceljs.xlsx"),
            Path.of("src/test/resources/workbooks/sheetjs.xlsx"),
            Path.of("src/test/resources/workbooks/sheetjs.ods"));
    private static final List<Path> WHOLE = List.of(Path.of("src/test/resources/workbooks/sheetjs.xls"));
    private static final Set<String> TOO_SLOW = Set.of("took-too-long");
    private static final int SCORED_ONE_OF = 10;
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final LooseNames NAMES = new LooseNames(DECIDER.catalogue());
    private static final List<Part> PARTS = parts();

    private WorkbookFuzzer() {}

    /** @param file the others of that file, by name */
    private record Part(Map<String, byte[]> file, String name) {}

    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        if (input.length > 0) {
            byte[] upload = file(input);
            if (Arrays.hashCode(input) % SCORED_ONE_OF == 0) {
                score(upload);
            } else {
                read(upload);
            }
        }
    }

    /** Writes the sound files as inputs into a folder. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (int i = 0; i < PARTS.size(); i++) {
            Part part = PARTS.get(i);
            byte[] content = part.file().get(part.name());
            Files.write(folder.resolve("part-" + i), input(i, content == null ? new byte[0] : content));
        }
        for (Path whole : WHOLE) {
            Files.write(folder.resolve(whole.getFileName()), input(PARTS.size(), Files.readAllBytes(whole)));
        }
        String table = "Hardware;Quantity;Price\nRTX 4090;2;1.234,5\nM3 Ultra 256;1;4,5 %\n";
        Files.writeString(folder.resolve("table.csv"), (char) (PARTS.size()) + table);
    }

    private static byte[] input(int first, byte[] rest) {
        byte[] input = new byte[rest.length + 1];
        input[0] = (byte) first;
        System.arraycopy(rest, 0, input, 1, rest.length);
        return input;
    }

    private static byte[] file(byte[] input) throws IOException {
        int first = input[0] & 0xff;
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        return first < PARTS.size() ? packed(PARTS.get(first), rest) : rest;
    }

    /** All but the decisions, which take most of the time and know nothing of files. */
    private static void read(byte[] upload) throws Throwable {
        try {
            WorkbookFile file = WorkbookFile.open(upload, "The workbook");
            if (file.kind() == FileKind.XLSX) {
                new Supervised("The workbook", Duration.ofSeconds(20))
                        .run(() -> marks(upload).without(file));
            }
            CandidatesReader.read(file, NAMES, TODAY, Explain.SUMMARY);
        } catch (UnreadableWorkbookException refused) {
            throwIfOurs(refused);
        }
    }

    private static EarlierResults marks(byte[] upload) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(upload))) {
            return EarlierResults.in(book);
        }
    }

    private static void score(byte[] upload) throws Throwable {
        byte[] scored;
        try {
            scored = ScoredWorkbook.score(upload, DECIDER, TODAY).workbook();
        } catch (UnreadableWorkbookException refused) {
            throwIfOurs(refused);
            return;
        }
        try {
            WorkbookFile.open(scored, "What was written");
        } catch (UnreadableWorkbookException refused) {
            throw new AssertionError("What was written is refused.", refused);
        }
    }

    /** A refusal that hides a mistake in our own code, or took longer than it may. */
    private static void throwIfOurs(UnreadableWorkbookException refused) throws Throwable {
        Throwable cause = refused.getCause();
        if (TOO_SLOW.contains(refused.code())) {
            throw new AssertionError(refused);
        }
        if (cause instanceof Error) {
            throw cause;
        }
        if (cause instanceof RuntimeException
                && cause.getStackTrace().length > 0
                && cause.getStackTrace()[0].getClassName().startsWith("quartermaster.")) {
            throw cause;
        }
    }

    private static byte[] packed(Part changed, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, byte[]> part : changed.file().entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getKey().equals(changed.name()) ? content : part.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        try {
            for (Path sound : SOUND) {
                addParts(Files.readAllBytes(sound), parts);
            }
            addParts(UserWorkbook.bytes(), parts);
            addParts(ScoredWorkbook.score(UserWorkbook.bytes(), DECIDER, TODAY).workbook(), parts);
        } catch (IOException | UnreadableWorkbookException e) {
            throw new IllegalStateException(e);
        }
        return parts;
    }

    private static void addParts(byte[] sound, List<Part> to) throws IOException {
        Map<String, byte[]> file = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(sound))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    file.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        file.keySet().forEach(name -> to.add(new Part(file, name)));
    }
}
