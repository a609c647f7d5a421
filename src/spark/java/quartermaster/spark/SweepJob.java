package quartermaster.spark;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.advice.Grid;
import quartermaster.advice.Sweep;
import quartermaster.advice.VariedField;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.score.SweepFile;

/** A sweep on Spark: the lines of {@code quartermaster sweep … -o OUT.csv}, in parts. */
@Command(name = "sweep", description = "Decides at every point of a grid, on Apache Spark.")
public final class SweepJob implements Callable<Integer>, Serializable {
    private static final long serialVersionUID = 1;
    private static final int MOST_POINTS = 1_000_000_000;

    @Parameters(index = "0", description = "A request (.json).")
    private Path request = Path.of("");

    @Option(names = "--workspace", description = "Folder with rules/ and spreadsheets/.")
    private Path workspace = Path.of(".");

    @Option(names = "--vary", required = true, description = "FIELD=VALUES, as the command sweep takes it.")
    private List<String> vary = List.of();

    @Option(names = "--output", required = true, description = "Folder for the parts, here or at an address of Hadoop.")
    private String output = "";

    @Option(names = "--points-per-part", defaultValue = "2000", description = "What is lost where it is interrupted.")
    private int pointsPerPart;

    @Option(names = "--as-of", description = "The day it is decided for (default: today).")
    private @Nullable LocalDate asOf;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SweepJob()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Instant now =
                asOf == null ? Instant.now() : asOf.atStartOfDay(ZoneOffset.UTC).toInstant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Knowledge knowledge = Knowledge.read(workspace, Map.of(), now);
        String asked = Files.readString(request);
        Asked all = new Asked(asked, List.copyOf(vary), today);
        Grid grid = all.grid();
        int parts = (grid.size() + pointsPerPart - 1) / pointsPerPart;
        PartFiles files = new PartFiles(output);
        files.begin(String.join(
                "\n",
                asked,
                vary.toString(),
                today.toString(),
                String.valueOf(pointsPerPart),
                knowledge.load().decider().versions().workspace()));
        try (SparkSession session =
                SparkSession.builder().appName("quartermaster sweep").getOrCreate()) {
            JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
            Broadcast<Knowledge> sent = spark.broadcast(knowledge);
            int each = pointsPerPart;
            List<Integer> missing = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                if (!files.has(part)) {
                    missing.add(part);
                }
            }
            System.err.printf("%,d points in %,d parts, %,d of them to be made%n", grid.size(), parts, missing.size());
            spark.parallelize(missing, Math.max(1, missing.size()))
                    .mapPartitions(some -> {
                        Decider decider = sent.value().load().decider();
                        Grid own = all.grid();
                        List<Long> counts = new ArrayList<>();
                        while (some.hasNext()) {
                            int part = some.next();
                            counts.add(files.write(part, lines(decider, own, part, each)));
                        }
                        return counts.iterator();
                    })
                    .collect();
        }
        files.end();
        return 0;
    }

    /** The header stands before the first point. */
    private static Iterator<String> lines(Decider decider, Grid grid, int part, int each) {
        int first = part * each;
        Stream<String> points = IntStream.range(first, Math.min(grid.size(), first + each))
                .mapToObj(number -> SweepFile.line(Sweep.point(decider, grid, number)));
        return (part == 0 ? Stream.concat(Stream.of(SweepFile.header(grid)), points) : points).iterator();
    }

    /** What executors make the grid of again. */
    private record Asked(String request, List<String> vary, LocalDate today) implements Serializable {
        Grid grid() throws Exception {
            Imported<@Nullable DecisionRequest> read = RequestReader.read(
                            request.getBytes(StandardCharsets.UTF_8), today)
                    .requests()
                    .get(0);
            List<VariedField> varied = new ArrayList<>();
            for (String text : vary) {
                String[] parts = text.split("=", 2);
                if (parts.length < 2) {
                    throw new IllegalArgumentException("Found --vary " + text + "; expected FIELD=VALUES.");
                }
                varied.add(new VariedField(parts[0], parts[1], new Place.Named("--vary " + parts[0])));
            }
            DecisionRequest value = read.value();
            if (value == null) {
                throw new IllegalArgumentException(inWords(read.problems()));
            }
            Imported<@Nullable Grid> grid = Sweep.grid(value, varied, MOST_POINTS);
            Grid made = grid.value();
            if (made == null) {
                throw new IllegalArgumentException(inWords(grid.problems()));
            }
            return made;
        }

        private static String inWords(List<Problem> problems) {
            return String.join("\n", problems.stream().map(Problem::toString).toList());
        }
    }
}
