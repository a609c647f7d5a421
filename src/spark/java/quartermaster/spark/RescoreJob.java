package quartermaster.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.workspace.LogLine;
import quartermaster.workspace.Rescore;
import quartermaster.workspace.Workspace;

/** The log under a draft on Spark: the lines of {@code quartermaster rescore -o OUT.ndjson}, in parts. */
@Command(name = "rescore", description = "Decides a log again under a draft, on Apache Spark.")
public final class RescoreJob implements Callable<Integer>, Serializable {
    private static final long serialVersionUID = 1;

    @Parameters(index = "0", description = "What quartermaster log has written: a file, or a folder of such files.")
    private String log = "";

    @Option(names = "--workspace", description = "Folder with rules/ and spreadsheets/ in force.")
    private Path workspace = Path.of(".");

    @Option(names = "--policy", description = "A draft of rules/policy.xlsx.")
    private @Nullable Path policy;

    @Option(names = "--catalogue", description = "A draft of spreadsheets/catalogue.xlsx.")
    private @Nullable Path catalogue;

    @Option(names = "--output", required = true, description = "Folder for the parts, here or at an address of Hadoop.")
    private String output = "";

    @Option(names = "--parts", defaultValue = "200", description = "How many parts there are to be, at least.")
    private int parts;

    public static void main(String[] args) {
        System.exit(new CommandLine(new RescoreJob()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Knowledge now = Knowledge.read(workspace, Map.of(), Instant.EPOCH);
        Knowledge draft = Knowledge.read(workspace, drafts(), Instant.EPOCH);
        PartFiles files = new PartFiles(output);
        files.begin(String.join(
                "\n",
                log,
                String.valueOf(parts),
                now.load().decider().versions().workspace(),
                draft.load().decider().versions().workspace()));
        try (SparkSession session =
                SparkSession.builder().appName("quartermaster rescore").getOrCreate()) {
            JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
            Broadcast<Knowledge> sentNow = spark.broadcast(now);
            Broadcast<Knowledge> sentDraft = spark.broadcast(draft);
            JavaRDD<String> lines = spark.textFile(log, parts);
            List<Long> counts = lines.mapPartitionsWithIndex(
                            (part, some) -> {
                                List<Long> written = new ArrayList<>();
                                if (!files.has(part)) {
                                    Rescore rescore = rescore(sentNow.value(), sentDraft.value());
                                    Stream<String> decided = StreamSupport.stream(
                                                    ((Iterable<String>) () -> some).spliterator(), false)
                                            .filter(line -> !line.isBlank())
                                            .map(line -> LogLine.read(line)
                                                    .map(rescore::line)
                                                    .orElseGet(() -> LogLine.unreadable(line)));
                                    written.add(files.write(part, decided.iterator()));
                                }
                                return written.iterator();
                            },
                            true)
                    .collect();
            System.err.printf(
                    "%,d decisions in %,d parts; %,d parts were there%n",
                    counts.stream().mapToLong(Long::longValue).sum(),
                    lines.getNumPartitions(),
                    lines.getNumPartitions() - counts.size());
        }
        files.end();
        return 0;
    }

    private static Rescore rescore(Knowledge now, Knowledge draft) {
        return new Rescore(now.load(), draft.load(), Instant.EPOCH, Instant.MAX, () -> {});
    }

    private Map<String, Path> drafts() {
        Map<String, Path> drafts = new java.util.TreeMap<>();
        if (policy != null) {
            drafts.put(Workspace.POLICY, policy);
        }
        if (catalogue != null) {
            drafts.put(Workspace.CATALOGUE, catalogue);
        }
        return drafts;
    }
}
