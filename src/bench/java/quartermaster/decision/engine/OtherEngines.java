package quartermaster.decision.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.Ratio;
import quartermaster.decision.Assessment;
import quartermaster.decision.Column;
import quartermaster.decision.Condition;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.decision.Vocabulary;

/**
 * The tables of {@code rules/policy.xlsx} over the 40 candidates of {@link DecisionBenchmark}, asked of engines that one
 * would take otherwise: ZEN of GoRules and json-rules-engine, both on Node. Each gets the values ready, and has to find
 * the same rows before it is timed. Prints processor time for a request and its ratio to ours, medians of five.
 *
 * <p>Needs {@code node} and {@code npm}, which fetches both engines. The binding of ZEN for Java could not be fetched
 * when this was written.
 */
public final class OtherEngines {
    private static final String WRITTEN_OUT = "the same judgement written out in Java";
    private static final List<String> NAMES = List.of("zen", "json-rules");
    private static final Path SCRIPTS = Path.of("src/bench/node");
    private static final double SECONDS = 2;
    private static final int RUNS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DecisionBenchmark benchmark = new DecisionBenchmark();

    private OtherEngines() {
        benchmark.prepare();
    }

    public static void main(String[] args) throws Exception {
        new OtherEngines().run();
    }

    private void run() throws IOException, InterruptedException {
        double ours = median(this::matchAll);
        double written = median(benchmark::handWritten);
        print("rules and tables of 40 ready candidates, ranked", median(benchmark::rules), written, WRITTEN_OUT);
        print("their tables alone", ours, written, WRITTEN_OUT);
        Path folder = Files.createTempDirectory("other-engines");
        try {
            for (String each : List.of("package.json", "other-engines.mjs")) {
                Files.copy(SCRIPTS.resolve(each), folder.resolve(each));
            }
            JSON.writeValue(folder.resolve("tables.json").toFile(), tables());
            said(folder, "npm", "install", "--no-audit", "--no-fund", "--silent");
            for (String each : NAMES) {
                String millis = said(folder, "node", "other-engines.mjs", "tables.json", each, String.valueOf(SECONDS));
                print("the same tables with " + each + " on Node", Double.parseDouble(millis), ours, "our tables");
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path each :
                        files.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void print(String what, double millis, double others, String than) {
        Ratio.print(what, String.format(Locale.ROOT, "%.3f ms", millis), millis / others, than);
    }

    private int matchAll() {
        int found = 0;
        for (Assessment each : benchmark.facts()) {
            for (Step step : Step.OF_ONE_MODEL) {
                found += rowOf(step, each);
            }
        }
        return found;
    }

    private int rowOf(Step step, Assessment assessment) {
        return Objects.requireNonNull(table(step).match(assessment).row()).row();
    }

    private PolicyTable table(Step step) {
        return benchmark.policy().table(step);
    }

    private ObjectNode tables() {
        ObjectNode all = JSON.createObjectNode();
        for (Step step : Step.OF_ONE_MODEL) {
            PolicyTable table = table(step);
            ObjectNode written = all.withArray("tables").addObject().put("step", step.id());
            table.columns().forEach(each -> written.withArray("columns").add(field(each)));
            for (PolicyRow row : table.rows()) {
                ObjectNode to = written.withArray("rows").addObject().put("row", row.row());
                for (int i = 0; i < table.columns().size(); i++) {
                    to.withArray("conditions")
                            .add(written(
                                    row.conditions().get(i), table.columns().get(i)));
                }
            }
        }
        for (Assessment each : benchmark.facts()) {
            ObjectNode written = all.withArray("candidates").addObject();
            ObjectNode values = written.putObject("values");
            for (Column column : Vocabulary.columns()) {
                values.set(field(column), JSON.valueToTree(column.value().apply(each)));
            }
            ObjectNode expected = written.putObject("expected");
            Step.OF_ONE_MODEL.forEach(step -> expected.put(step.id(), rowOf(step, each)));
        }
        return all;
    }

    /** A name without spaces, e.g. {@code memory_headroom}. */
    private static String field(Column column) {
        return column.header()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
    }

    private static @Nullable ObjectNode written(Condition condition, Column column) {
        ObjectNode to = JSON.createObjectNode();
        if (condition instanceof Condition.Within within) {
            to.put("mayBeMissing", column.mayBeMissing());
            if (Double.isFinite(within.low())) {
                to.put("low", within.low()).put("lowIncluded", within.lowIncluded());
            }
            if (Double.isFinite(within.high())) {
                to.put("high", within.high()).put("highIncluded", within.highIncluded());
            }
        } else if (condition instanceof Condition.OneOf oneOf) {
            ArrayNode ids =
                    to.put("several", column.kind() == Column.Kind.SEVERAL_IDS).putArray("oneOf");
            oneOf.ids().forEach(ids::add);
        } else if (condition instanceof Condition.Not not) {
            to.set("not", written(not.inner(), column));
        } else {
            return null;
        }
        return to;
    }

    private static double median(Runnable request) {
        for (int i = 0; i < RUNS; i++) {
            millis(request); // warms up
        }
        return DoubleStream.generate(() -> millis(request))
                .limit(RUNS)
                .sorted()
                .skip(RUNS / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double millis(Runnable request) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        long begun = threads.getCurrentThreadCpuTime();
        int requests = 0;
        for (; System.nanoTime() < end; requests++) {
            request.run();
        }
        return (threads.getCurrentThreadCpuTime() - begun) / 1e6 / requests;
    }

    private static String said(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ".");
        }
        return said;
    }
}
