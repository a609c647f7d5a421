package quartermaster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import quartermaster.advice.AdviceBenchmark;
import quartermaster.decision.engine.OtherEngines;
import quartermaster.http.ServiceBenchmark;
import quartermaster.workbook.score.WorkbookBenchmark;

/**
 * One table of what speed is held against: the judgement written out in Java, other engines of tables, fastexcel, a bare
 * Javalin. Runs the benchmarks below one after the other, each in a Java of its own, and keeps the rows that they print
 * with {@link Ratio}. Takes some ten minutes; needs {@code node}, {@code npm} and a packaged jar.
 */
public final class Speed {
    private static final List<List<String>> BENCHMARKS = List.of(
            List.of(OtherEngines.class.getName()),
            List.of(AdviceBenchmark.class.getName()),
            List.of(WorkbookBenchmark.class.getName(), "1000,100000", "1", "1"),
            List.of(ServiceBenchmark.class.getName(), "3"),
            List.of(StartBenchmark.class.getName(), "3"));

    private Speed() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("| What | measured | in multiples |");
        System.out.println("|---|---|---|");
        for (List<String> each : BENCHMARKS) {
            run(each);
        }
    }

    private static void run(List<String> benchmark) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(benchmark);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> line.startsWith("| ")).forEach(System.out::println);
        }
        if (process.waitFor() != 0) {
            System.out.println("| " + benchmark.get(0) + " | ended with " + process.exitValue() + " | |");
        }
    }
}
