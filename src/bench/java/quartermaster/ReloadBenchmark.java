package quartermaster;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.request.Budget;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.workspace.Workspace;
import quartermaster.workspace.WorkspaceFiles;

/**
 * Reloads the workspace again and again in one process, with a decision after each: mostly a change of the policy, every
 * 20th time one of the rules, every 50th one of the catalogue. Prints what of memory and file handles is in use.
 * Argument: how many times (1000).
 */
public final class ReloadBenchmark {
    private static final int RULES_EVERY = 20;
    private static final int CATALOGUE_EVERY = 50;
    private static final String RULE_FILE = "rules/fit.drl";

    private final WorkspaceFiles original;
    private final byte[] otherPolicy;
    private final byte[] otherCatalogue;
    private final Path own;
    private final Map<String, List<Long>> nanos = new TreeMap<>(); // by what was changed
    private Workspace.Loaded loaded;

    private ReloadBenchmark(Path workspace, Path own) throws IOException {
        this.original = WorkspaceFiles.read(workspace);
        this.otherPolicy = withOtherNumber(original.bytes().get(Workspace.POLICY), "Thresholds");
        this.otherCatalogue = withOtherNumber(original.bytes().get(Workspace.CATALOGUE), "Offers");
        this.own = own;
        this.loaded = load(original, null);
    }

    public static void main(String[] args) throws IOException {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        Path own = Files.createTempDirectory("reload-benchmark");
        try {
            new ReloadBenchmark(Path.of(""), own).run(times);
        } finally {
            try (Stream<Path> files = Files.walk(own)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(int times) {
        System.out.printf(
                "%8s %10s %14s %10s %10s %12s%n",
                "reloads", "heap MB", "metaspace MB", "classes", "files", "kept rules");
        print(0);
        for (int i = 1; i <= times; i++) {
            reload(i);
            if (i % Math.max(1, Math.min(100, times / 10)) == 0) {
                print(i);
            }
        }
        nanos.forEach((what, all) -> System.out.printf(
                Locale.ROOT,
                "%-10s %4d reloads, median %.0f ms, of the latter half %.0f ms%n",
                what,
                all.size(),
                median(all),
                median(all.subList(all.size() / 2, all.size()))));
    }

    private void reload(int i) {
        Map<String, byte[]> changes = new TreeMap<>();
        String what = i % CATALOGUE_EVERY == 0 ? "catalogue" : i % RULES_EVERY == 0 ? "rules" : "policy";
        if (i % 2 == 0) {
            changes.put(Workspace.POLICY, otherPolicy);
        }
        if (i / CATALOGUE_EVERY % 2 == 1) {
            changes.put(Workspace.CATALOGUE, otherCatalogue);
        }
        if (i >= RULES_EVERY) {
            String rules = new String(original.bytes().get(RULE_FILE), StandardCharsets.UTF_8);
            changes.put(RULE_FILE, (rules + "// " + i / RULES_EVERY + "\n").getBytes(StandardCharsets.UTF_8));
        }
        long from = System.nanoTime();
        loaded = load(original.with(changes), loaded);
        nanos.computeIfAbsent(what, any -> new ArrayList<>()).add(System.nanoTime() - from);
        if (loaded.decider().decide(request()).value() == null) {
            throw new IllegalStateException("No decision after " + i + " reloads.");
        }
    }

    private Workspace.Loaded load(WorkspaceFiles files, Workspace.Loaded earlier) {
        Imported<Workspace.Loaded> imported =
                Workspace.load(files, earlier, new Workspace.Setting(own, "benchmark", Instant::now));
        if (imported.value() == null) {
            throw new IllegalStateException("It does not load: " + imported.problems());
        }
        return imported.value();
    }

    private static DecisionRequest request() {
        Workload workload = Workload.of(WorkloadType.INTERNAL_TOOL)
                .with("model", "llama-3.1-8b")
                .with("inputTokens", 2000)
                .with("outputTokens", 300)
                .with("concurrency", 6);
        return new DecisionRequest(
                workload,
                new Budget(20_000.0, null, null, null, null),
                Set.of(),
                Constraints.NONE,
                List.of(),
                LocalDate.of(2026, 11, 22),
                Explain.SUMMARY,
                5);
    }

    private void print(int reloads) {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
        double metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToDouble(usage -> usage.getUsed() / 1e6)
                .sum();
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
        System.out.printf(
                Locale.ROOT,
                "%8d %10.1f %14.1f %10d %10d %12d%n",
                reloads,
                heap,
                metaspace,
                classes,
                files,
                keptRules());
    }

    private int keptRules() {
        String[] kept = own.resolve("compiled").toFile().list();
        return kept == null ? 0 : kept.length;
    }

    private static double median(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get(sorted.size() / 2) / 1e6;
    }

    /** The workbook with the first whole number below the headers of a sheet raised by one. */
    private static byte[] withOtherNumber(byte[] workbook, String sheet) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
            for (var row : book.getSheet(sheet)) {
                for (var cell : row) {
                    if (row.getRowNum() > 0 && cell.getCellType() == CellType.NUMERIC) {
                        cell.setCellValue(cell.getNumericCellValue() + 1);
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        book.write(bytes);
                        return bytes.toByteArray();
                    }
                }
            }
        }
        throw new IllegalStateException("The sheet " + sheet + " has no number.");
    }
}
