package quartermaster.workbook.score;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import quartermaster.Ratio;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Explain;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.upload.CandidatesReader;
import quartermaster.workbook.upload.SheetRequest;

/**
 * What a table of candidates costs as a file: read, scored and written by us, beside fastexcel and POI's user model that
 * only read it and write a table of as many cells as the scored one has. Each in a fresh Java with 512 MB (POI: 3 GB), so
 * nothing is warmed up. Others may use the machine, so ratios are those of processor time, in which compilation and
 * clearing up are included, each of the runs of one round, and of the rounds the median; a run that a limit of time ended is
 * left out and said. Arguments: numbers of rows (1000,10000,100000), in how many rows each candidate stands (1), rounds
 * (3; POI, which changes little, runs in the first one), and options of Java, e.g. those of the launchers:
 * {@code "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}.
 */
public final class WorkbookBenchmark {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final int COLUMNS = 20;
    private static final int OUR_COLUMNS = 20;
    private static final int MOST_JUDGED_APART = 2_000;
    private static final int ROUNDS = 3;
    private static final int MOST_MINUTES = 15; // of one run
    private static final String[] PRECISIONS = {"fp8", "int8", "q4_k_m", "q8_0", "bf16"};

    private static final String CHILD = "child";

    private WorkbookBenchmark() {}

    /** What a fresh Java did. */
    private record Run(double seconds, double cpuSeconds, double processSeconds, long peakMegabytes, String said) {}

    /** One piece of work on a file, in a Java of its own. */
    private enum Work {
        START,
        FASTEXCEL,
        POI,
        JUDGE,
        SCORE
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 4 && args[0].equals(CHILD)) {
            child(Work.valueOf(args[1]), Path.of(args[2]), Path.of(args[3]));
            return;
        }
        String counts = args.length == 0 ? "1000,10000,100000" : args[0];
        int alike = args.length < 2 ? 1 : Integer.parseInt(args[1]);
        int rounds = args.length < 3 ? ROUNDS : Integer.parseInt(args[2]);
        List<String> options = args.length < 4 ? List.of() : List.of(args[3].split(" "));
        Path folder = Files.createTempDirectory("workbook-benchmark");
        try {
            System.out.printf(
                    "%8s  %-10s %9s %9s %9s %8s   %s%n",
                    "rows", "", "CPU s", "seconds", "process", "peak MB", "of this");
            for (String count : counts.split(",")) {
                compare(Integer.parseInt(count), alike, rounds, options, folder);
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static void compare(int rows, int alike, int rounds, List<String> options, Path folder) throws Exception {
        Path table = folder.resolve("candidates.xlsx");
        write(rows, alike, table);
        Path result = folder.resolve("result.xlsx");
        List<Double> toScore = new ArrayList<>();
        List<Double> toFastexcel = new ArrayList<>();
        List<Double> toPoi = new ArrayList<>();
        List<Double> toStart = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Map<Work, Run> runs = new EnumMap<>(Work.class);
            for (Work work : Work.values()) {
                boolean isAsked = work != Work.JUDGE || rows <= MOST_JUDGED_APART;
                if (isAsked && (work != Work.POI || round == 1)) {
                    Run run = run(work, table, result, work == Work.POI ? "3g" : "512m", options);
                    print(rows, work.name().toLowerCase(Locale.ROOT), run);
                    runs.put(work, run);
                }
            }
            double scored = cpu(runs, Work.SCORE);
            toScore.add(scored);
            toFastexcel.add(scored / cpu(runs, Work.FASTEXCEL));
            toPoi.add(scored / cpu(runs, Work.POI));
            toStart.add((scored - cpu(runs, Work.JUDGE)) / cpu(runs, Work.START));
        }
        System.out.printf(
                Locale.ROOT,
                "%8d  score : fastexcel = %s   score : POI = %s   (score - judge) : start = %s%n",
                rows,
                median(toFastexcel),
                median(toPoi),
                median(toStart));
        String seconds = median(toScore) + " s of CPU";
        Ratio.print(
                String.format(Locale.ROOT, "%,d rows scored", rows),
                seconds,
                median(toFastexcel),
                "fastexcel that reads and writes as much");
        if (rows <= MOST_JUDGED_APART) {
            Ratio.print("the same without its judging", seconds, median(toStart), "a start");
        }
    }

    /** NaN where it was not run, or did not come to its end. */
    private static double cpu(Map<Work, Run> runs, Work work) {
        return runs.containsKey(work) ? runs.get(work).cpuSeconds : Double.NaN;
    }

    /** With the least and the most, of those that came to their end. */
    private static String median(List<Double> ratios) {
        List<Double> sorted =
                ratios.stream().filter(each -> !each.isNaN()).sorted().toList();
        if (sorted.size() == 1) {
            return String.format(Locale.ROOT, "%.2f", sorted.get(0));
        }
        return sorted.isEmpty()
                ? "not run"
                : String.format(
                        Locale.ROOT,
                        "%.2f (%.2f to %.2f)",
                        sorted.get(sorted.size() / 2),
                        sorted.get(0),
                        sorted.get(sorted.size() - 1));
    }

    private static void print(int rows, String name, Run run) {
        System.out.printf(
                Locale.ROOT,
                "%8d  %-10s %9.1f %9.1f %9.1f %8d   %s%n",
                rows,
                name,
                run.cpuSeconds,
                run.seconds,
                run.processSeconds,
                run.peakMegabytes,
                run.said);
    }

    private static Run run(Work work, Path table, Path result, String memory, List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Xmx" + memory,
                "-cp",
                System.getProperty("java.class.path"),
                WorkbookBenchmark.class.getName(),
                CHILD,
                work.name(),
                table.toString(),
                result.toString()));
        Path errors = table.resolveSibling("errors.txt");
        Path answer = table.resolveSibling("answer.txt");
        long from = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(answer.toFile())
                .start();
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        double seconds = secondsSince(from);
        if (!ended || process.exitValue() != 0) {
            String why = Files.readString(errors)
                    .lines()
                    .filter(line -> line.contains("Exception") || line.contains("Error"))
                    .findFirst()
                    .orElse("no answer after " + MOST_MINUTES + " minutes");
            return new Run(Double.NaN, Double.NaN, seconds, -1, "failed: " + why);
        }
        String said = Files.readString(answer).strip();
        String[] words = said.split(" ", 4);
        return new Run(
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                seconds,
                Long.parseLong(words[2]),
                words.length > 3 ? words[3] : "");
    }

    private static void child(Work work, Path table, Path result) throws Exception {
        Decider decider = null;
        long from = System.nanoTime();
        double cpu = cpuSeconds();
        if (work == Work.START || work == Work.SCORE || work == Work.JUDGE) {
            decider = TestWorkspace.decider();
        }
        List<SheetRequest> read = work == Work.JUDGE ? read(table) : List.of();
        if (work != Work.START) {
            from = System.nanoTime();
            cpu = cpuSeconds();
        }
        String said = switch (work) {
            case START -> "rules and workbooks loaded";
            case FASTEXCEL -> fastexcel(table, result);
            case POI -> poi(table, result);
            case JUDGE -> judge(read, decider);
            case SCORE -> score(table, result, decider);
        };
        System.out.printf(
                Locale.ROOT, "%.3f %.3f %d %s%n", secondsSince(from), cpuSeconds() - cpu, peakMegabytes(), said);
    }

    private static List<SheetRequest> read(Path table) throws UnreadableWorkbookException {
        return CandidatesReader.read(
                        WorkbookFile.open(table),
                        new LooseNames(TestWorkspace.decider().catalogue()),
                        TODAY,
                        Explain.SUMMARY)
                .value();
    }

    /** What is no work on files: as much of it as is done for a table that is scored in place. */
    private static String judge(List<SheetRequest> read, Decider decider) {
        read.forEach(each -> ScoredWorkbook.answer(each, decider, true));
        return read.stream()
                        .mapToInt(each -> each.request().candidates().size())
                        .sum() + " candidates, with advice";
    }

    private static String score(Path table, Path result, Decider decider) throws Exception {
        byte[] upload = Files.readAllBytes(table);
        Phases phases = new Phases();
        try {
            Files.write(result, ScoredWorkbook.score(upload, decider, TODAY).workbook());
            return "in the user's own file";
        } catch (UnreadableWorkbookException e) {
            if (e.reason() != UnreadableWorkbookException.Reason.SIZE) {
                throw e;
            }
            try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(result))) {
                LongScoring.score(LongWorkbook.open(upload, e), decider, TODAY, phases, to);
            }
        }
        return phases.inWords() + ", " + Files.size(result) / 1_000_000 + " MB";
    }

    /** When each phase ended. */
    private static final class Phases implements LongScoring.Watch {
        private final long from = System.nanoTime();
        private final double[] ends = new double[LongScoring.Phase.values().length];

        @Override
        public synchronized void at(LongScoring.Phase phase, long done, long all) {
            ends[phase.ordinal()] = secondsSince(from);
        }

        String inWords() {
            return String.format(
                    Locale.ROOT, "read until %.1f, judged until %.1f, written until %.1f", ends[0], ends[1], ends[2]);
        }
    }

    private static String fastexcel(Path table, Path result) throws IOException {
        long cells = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(table));
                ReadableWorkbook book = new ReadableWorkbook(in);
                OutputStream to = new BufferedOutputStream(Files.newOutputStream(result));
                Workbook written = new Workbook(to, "benchmark", "1.0")) {
            Worksheet sheet = written.newWorksheet("Candidates");
            try (Stream<org.dhatim.fastexcel.reader.Row> rows =
                    book.findSheet("Candidates").orElseThrow().openStream()) {
                for (org.dhatim.fastexcel.reader.Row row : (Iterable<org.dhatim.fastexcel.reader.Row>) rows::iterator) {
                    int at = row.getRowNum() - 1;
                    for (org.dhatim.fastexcel.reader.Cell cell : row) {
                        if (cell != null && cell.getValue() instanceof Number number) {
                            sheet.value(at, cell.getColumnIndex(), number);
                        } else if (cell != null) {
                            sheet.value(at, cell.getColumnIndex(), cell.getText());
                        }
                    }
                    for (int i = 0; i < OUR_COLUMNS; i++) {
                        ours(sheet, at, i);
                    }
                    cells += row.getCellCount() + OUR_COLUMNS;
                    if (at % 500 == 0) {
                        sheet.flush();
                    }
                }
            }
        }
        return cells + " cells copied or made";
    }

    private static void ours(Worksheet sheet, int row, int column) {
        if (column % 2 == 0) {
            sheet.value(row, COLUMNS + column, row * 0.37 + column);
        } else {
            sheet.value(row, COLUMNS + column, "as said " + column);
        }
    }

    private static String poi(Path table, Path result) throws IOException {
        try (InputStream in = Files.newInputStream(table);
                XSSFWorkbook book = new XSSFWorkbook(in);
                OutputStream to = new BufferedOutputStream(Files.newOutputStream(result))) {
            for (org.apache.poi.ss.usermodel.Row each : book.getSheet("Candidates")) {
                XSSFRow row = (XSSFRow) each;
                for (int i = 0; i < OUR_COLUMNS; i++) {
                    XSSFCell cell = row.createCell(COLUMNS + i);
                    if (i % 2 == 0) {
                        cell.setCellValue(row.getRowNum() * 0.37 + i);
                    } else {
                        cell.setCellValue("as said " + i);
                    }
                }
            }
            book.write(to);
            return book.getSheet("Candidates").getPhysicalNumberOfRows() + " rows";
        }
    }

    /** Of every second candidate the precision is left open. */
    private static void write(int count, int alike, Path to) throws IOException {
        List<Hardware> hardware = new ArrayList<>(TestWorkspace.catalogue().hardware());
        hardware.sort(Comparator.comparing(Hardware::id));
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(to));
                Workbook book = new Workbook(file, "benchmark", "1.0")) {
            Worksheet workload = book.newWorksheet("Workload");
            String[] names = {"Name", "Type", "Model", "Concurrency"};
            String[] values = {"Chat", "internal-tool", "llama-3.1-8b", "20"};
            for (int i = 0; i < names.length; i++) {
                workload.value(0, i, names[i]);
                workload.value(1, i, values[i]);
            }
            workload.finish();
            Worksheet sheet = book.newWorksheet("Candidates");
            sheet.value(0, 0, "Hardware");
            sheet.value(0, 1, "Replicas");
            sheet.value(0, 2, "Quantization");
            for (int column = 3; column < COLUMNS; column++) {
                sheet.value(0, column, "Own " + column);
            }
            for (int row = 1; row <= count; row++) {
                int candidate = row / alike;
                sheet.value(row, 0, hardware.get(candidate % hardware.size()).id());
                sheet.value(row, 1, 1 + candidate / hardware.size());
                if (candidate % 2 == 0) {
                    sheet.value(row, 2, PRECISIONS[candidate / 2 % PRECISIONS.length]);
                }
                for (int column = 3; column < COLUMNS; column++) {
                    if (column % 2 == 0) {
                        sheet.value(row, column, row * 1.25 + column);
                    } else {
                        sheet.value(row, column, "note " + row % 1000 + " of " + column);
                    }
                }
                if (row % 500 == 0) {
                    sheet.flush();
                }
            }
        }
    }

    private static double secondsSince(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /** Of the whole process, as Linux counts it; -1 elsewhere. */
    private static long peakMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1L);
    }
}
