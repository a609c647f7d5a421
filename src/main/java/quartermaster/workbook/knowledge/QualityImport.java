package quartermaster.workbook.knowledge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Model;
import quartermaster.pricefile.LeaderboardFile;
import quartermaster.pricefile.TestScore;
import quartermaster.quality.Benchmark;
import quartermaster.quality.Mode;
import quartermaster.quality.Reporter;
import quartermaster.quality.TestResult;
import quartermaster.unit.Choice;
import quartermaster.unit.Columns;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.PricedRow.Change;
import quartermaster.workbook.knowledge.PricedRow.Status;

/** Scores of leaderboards become rows of {@code Quality}: of each model, benchmark, version, mode and reporter one. */
public final class QualityImport {
    /** Version of a benchmark of which nobody says more. */
    public static final String UNSAID = "not stated";

    private static final double WHOLE = 100;
    private static final Pattern HOW_IT_RAN = Pattern.compile(
            "(?i)^(.+?)[ _-]*[(\\[](non-?reasoning|non-?thinking|no[ -]think(?:ing)?|reasoning|thinking|think"
                    + "|(?:minimal|low|medium|high|xhigh|max)(?: effort)?)[)\\]]$");

    /**
     * What is said beside the files, and taken where they do not say it.
     *
     * @param unit percent or share; null where scores tell
     * @param taken what a name means that the catalogue does not know
     */
    public record Said(
            String version,
            String reportedBy,
            @Nullable String source,
            @Nullable String asOf,
            @Nullable String unit,
            Map<String, String> taken) {}

    private final Catalogue catalogue;
    private final Said said;
    private final ServedNames names;
    private final List<PricedRow> rows = new ArrayList<>();
    private final List<Problem> refused = new ArrayList<>();
    private final Map<String, String> takenFor = new LinkedHashMap<>();
    private final Set<String> uncounted = new LinkedHashSet<>();
    private final Set<String> mixed = new LinkedHashSet<>();
    private final Set<String> seen = new LinkedHashSet<>();

    public QualityImport(Catalogue catalogue, Said said) {
        this.catalogue = catalogue;
        this.said = said;
        this.names = new ServedNames(catalogue, new LooseNames(catalogue));
    }

    public List<PricedRow> rows() {
        return List.copyOf(rows);
    }

    public List<Problem> refused() {
        return List.copyOf(refused);
    }

    /** Names of models in the files, and what they were taken for where that is not the same. */
    public Map<String, String> takenFor() {
        return Collections.unmodifiableMap(takenFor);
    }

    /** Benchmarks and versions that count for no use. */
    public Set<String> uncounted() {
        return Set.copyOf(uncounted);
    }

    /** Benchmarks of which neither the file nor anybody said the version, so that they count with what vendors report. */
    public Set<String> mixed() {
        return Collections.unmodifiableSet(mixed);
    }

    public void add(LeaderboardFile file) {
        Map<String, List<Double>> scores = file.scores().stream()
                .collect(Collectors.groupingBy(
                        TestScore::benchmark,
                        Collectors.flatMapping(
                                each -> Numbers.parse(each.score(), "%").stream(), Collectors.toList())));
        for (TestScore each : file.scores()) {
            boolean mayBeShares = scores.getOrDefault(each.benchmark(), List.of()).stream()
                    .allMatch(score -> score >= 0 && score <= 1);
            add(each, file.title(), mayBeShares);
        }
    }

    private void add(TestScore score, String title, boolean mayBeShares) {
        Model model = model(score);
        if (model == null) {
            return;
        }
        String how = howItRan(score.model());
        String ranWith = how == null ? null : how.startsWith("no") ? "non-thinking" : "thinking";
        String benchmark = benchmark(score.benchmark());
        String version = score.version() == null ? said.version() : score.version();
        String unit = scaleOf(benchmark, version).map(QualityImport::unit).orElse("percent");
        Double points = Numbers.parse(score.score(), "%").orElse(null);
        boolean isPercent = unit.equals("percent");
        if (points != null && isPercent && "share".equals(said.unit())) {
            points = Math.round(points * WHOLE * WHOLE) / WHOLE;
        }
        String why = benchmark.isBlank()
                ? "Found no benchmark; expected its name."
                : points == null
                        ? "Found the score \"" + score.score() + "\"; expected a number."
                        : isPercent && mayBeShares && said.unit() == null
                                ? "All scores of " + benchmark
                                        + " lie between 0 and 1: say --unit share or --unit percent."
                                : outside(benchmark, version, isPercent, points);
        String stated = score.mode() == null ? ranWith : score.mode().strip().toLowerCase(Locale.ROOT);
        String mode = stated == null ? "default" : stated;
        String reporter = score.reportedBy() == null
                ? said.reportedBy()
                : score.reportedBy().strip().toLowerCase(Locale.ROOT);
        if (why == null && Choice.find(Mode.class, mode).isEmpty()) {
            why = "Found the mode \"" + mode + "\"; expected " + Ids.alternatives(Choice.ids(Mode.class)) + ".";
        }
        if (why == null && Choice.find(Reporter.class, reporter).isEmpty()) {
            why = "Found that \"" + reporter + "\" reports it; expected " + Ids.alternatives(Choice.ids(Reporter.class))
                    + ".";
        }
        if (why != null || points == null) {
            refused.add(new Problem("no-score", String.valueOf(why), score.at()));
            return;
        }
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        cells.put("Model", model.id());
        cells.put("Benchmark", benchmark);
        cells.put("Version", version);
        cells.put("Mode", mode);
        cells.put("Setting", score.setting() == null ? how : score.setting());
        cells.put("Score", points);
        cells.put("Unit", unit);
        cells.put("Kind of work", kind(benchmark));
        cells.put("Reported by", reporter);
        cells.put("Include", "yes");
        String source = score.source() == null ? said.source() : score.source();
        cells.put("Source", source == null ? title : source);
        cells.put("As of", score.asOf() == null ? said.asOf() : score.asOf());
        put(cells, score);
    }

    private void put(Map<String, @Nullable Object> cells, TestScore score) {
        String key = key(cells);
        if (!seen.add(key)) {
            refused.add(new Problem(
                    "second-score", "There is another score of the same model, test and mode before it.", score.at()));
            return;
        }
        boolean counts = catalogue.rows(Benchmark.class).stream()
                .anyMatch(each -> each.name().equals(cells.get("Benchmark"))
                        && each.version().equals(cells.get("Version")));
        if (counts && score.version() == null && cells.get("Version").equals(UNSAID)) {
            mixed.add(String.valueOf(cells.get("Benchmark")));
        }
        if (!counts) {
            uncounted.add(cells.get("Benchmark") + " (" + cells.get("Version") + ")");
        }
        List<String> marks = counts ? List.of() : List.of("counts for no use yet");
        TestResult there = catalogue.rows(TestResult.class).stream()
                .filter(each -> key.equals(key(each)))
                .findFirst()
                .orElse(null);
        if (there == null) {
            rows.add(new PricedRow(Status.NEW, cells, 0, cells, List.of(), marks, null, score.at()));
            return;
        }
        double after = (Double) Objects.requireNonNull(cells.get("Score"));
        if (there.score() == after) {
            rows.add(new PricedRow(Status.UNCHANGED, cells, there.row(), Map.of(), List.of(), marks, null, score.at()));
            return;
        }
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        for (String column : List.of("Score", "Source", "As of")) {
            written.put(column, cells.get(column));
        }
        List<Change> changes = List.of(new Change("Score", there.score(), after));
        rows.add(new PricedRow(Status.CHANGED, cells, there.row(), written, changes, marks, null, score.at()));
    }

    private static String key(Map<String, @Nullable Object> cells) {
        return cells.get("Model") + "/" + cells.get("Benchmark") + "/" + cells.get("Version") + "/" + cells.get("Mode")
                + "/" + cells.get("Reported by");
    }

    private static String key(TestResult of) {
        return of.model() + "/" + of.benchmark() + "/" + of.version() + "/" + Choice.id(of.mode()) + "/"
                + Choice.id(of.reportedBy());
    }

    private @Nullable Model model(TestScore score) {
        String written = score.model().strip();
        String taken = said.taken().get(written);
        ServedNames.Found found = taken == null
                ? find(written)
                : new ServedNames.Found(
                        catalogue.findModel(taken).orElse(null),
                        null,
                        "unknown-model",
                        "--take says \"" + taken + "\", which the catalogue has not.");
        Model model = found.model();
        if (model == null) {
            refused.add(new Problem(found.code(), String.valueOf(found.whyNot()), score.at()));
        } else if (!written.equals(model.id())) {
            takenFor.put(written, model.id());
        }
        return model;
    }

    /** A model whose name ends with how it ran, in brackets, is that model: the row says how. */
    private ServedNames.Found find(String written) {
        Matcher named = HOW_IT_RAN.matcher(written);
        ServedNames.Found whole = names.find(written);
        if (whole.model() != null || !named.matches()) {
            return whole;
        }
        ServedNames.Found bare = names.find(named.group(1));
        return bare.model() == null ? whole : bare;
    }

    private static @Nullable String howItRan(String written) {
        Matcher named = HOW_IT_RAN.matcher(written.strip());
        return named.matches() ? named.group(2).toLowerCase(Locale.ROOT) : null;
    }

    /** As the catalogue writes it, where only letters and digits are the same. */
    private String benchmark(String written) {
        return catalogue.rows(Benchmark.class).stream()
                .map(Benchmark::name)
                .filter(each -> Columns.key(each).equals(Columns.key(written)))
                .findFirst()
                .orElse(written.strip());
    }

    private Optional<Benchmark> scaleOf(String benchmark, String version) {
        return catalogue.rows(Benchmark.class).stream()
                .filter(each -> each.name().equals(benchmark) && each.version().equals(version))
                .findFirst();
    }

    private static String unit(Benchmark of) {
        return of.worst() == 0 && of.best() == WHOLE ? "percent" : "index";
    }

    private @Nullable String outside(String benchmark, String version, boolean isPercent, double points) {
        Benchmark scale = scaleOf(benchmark, version).orElse(null);
        double low = scale == null ? 0 : Math.min(scale.worst(), scale.best());
        double high = scale == null ? WHOLE : Math.max(scale.worst(), scale.best());
        return points >= low && points <= high
                ? null
                : "Found a score of " + Numbers.plain(points) + " in " + benchmark + "; expected " + Numbers.plain(low)
                        + " to " + Numbers.plain(high) + (isPercent ? " percent." : ".")
                        + (scale == null
                                ? " A row of Benchmarks with its worst and its best score makes another scale known."
                                : "");
    }

    /** As other rows of the benchmark call it. */
    private String kind(String benchmark) {
        return catalogue.rows(TestResult.class).stream()
                .filter(each -> each.benchmark().equals(benchmark))
                .map(TestResult::kindOfWork)
                .findFirst()
                .orElse("general (composite)");
    }
}
