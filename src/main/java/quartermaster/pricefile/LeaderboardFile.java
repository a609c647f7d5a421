package quartermaster.pricefile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.json.Values;
import quartermaster.pricefile.SeparatedValues.Line;
import quartermaster.unit.Place;

/**
 * Scores of models in benchmarks: a row for each score (columns model, benchmark, score), or a row for each model and a
 * column for each benchmark, comma-separated or as JSON objects. Columns are known by their headers.
 *
 * @param ignored headers that are no benchmark that is known, nor say anything about one
 */
public record LeaderboardFile(String title, List<TestScore> scores, List<String> ignored) {
    /** What is read, in words. */
    public static final String EXPECTED =
            "comma-separated values or a JSON list of objects with model, benchmark and score, or with model and a column for"
                    + " each benchmark, called as in the sheet Benchmarks. Of any other table with a column model say which"
                    + " benchmark it is and where its scores stand: --benchmark NAME --score COLUMN";

    private static final Pattern TAGS = Pattern.compile("<[^<>]*>");

    private static final String[] MODEL = {"model", "modelid", "modelname", "name"};
    private static final String[] BENCHMARK = {"benchmark", "benchmarkname", "test", "task"};
    private static final String[] SCORE = {"score", "value", "result", "accuracy"};
    private static final String[] VERSION = {"version", "versionorsubset", "subset", "edition"};
    private static final String[] MODE = {"mode"};
    private static final String[] SETTING = {"setting", "settings", "harness"};
    private static final String[] REPORTER = {"reportedby", "reporter"};
    private static final String[] SOURCE = {"source", "sourceurl", "url", "link"};
    private static final String[] DAY = {"asof", "date", "updated", "evaluatedat"};
    private static final List<String> LISTS = List.of("results", "data", "rows", "models", "leaderboard", "entries");

    public LeaderboardFile {
        scores = List.copyOf(scores);
        ignored = List.copyOf(ignored);
    }

    /**
     * What a file with one benchmark does not say itself.
     *
     * @param benchmark as the sheet calls it
     * @param column header of its scores
     */
    public record OneBenchmark(String benchmark, String column) {}

    /**
     * Nothing where it is no leaderboard.
     *
     * @param benchmarks that a column may be called after
     * @param only null where headers say which benchmark they are
     */
    public static Optional<LeaderboardFile> of(
            byte[] bytes, String path, Collection<String> benchmarks, @Nullable OneBenchmark only) {
        String text = PriceText.of(bytes);
        String name = path.replaceFirst(".*[/\\\\]", "");
        SeparatedValues table = PriceText.isJson(text) ? ofJson(text, name) : SeparatedValues.of(text, name);
        if (!table.has(MODEL)) {
            return Optional.empty();
        }
        if (only != null) {
            String column = SeparatedValues.key(only.column());
            return table.has(column)
                    ? Optional.of(new LeaderboardFile(
                            name,
                            table.lines().stream()
                                    .filter(line -> line.text(column) != null)
                                    .map(line -> score(line, only.benchmark(), line.text(column)))
                                    .toList(),
                            List.of()))
                    : Optional.empty();
        }
        if (table.has(BENCHMARK) && table.has(SCORE)) {
            return Optional.of(new LeaderboardFile(
                    name,
                    table.lines().stream()
                            .map(line -> score(line, line.text(BENCHMARK), line.text(SCORE)))
                            .toList(),
                    List.of()));
        }
        Map<String, String> known = new LinkedHashMap<>(); // by the key of a header
        benchmarks.forEach(each -> known.putIfAbsent(SeparatedValues.key(each), each));
        known.keySet().retainAll(table.headers());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        List<TestScore> scores = new ArrayList<>();
        for (Line line : table.lines()) {
            known.forEach((key, benchmark) -> {
                String score = line.text(key);
                if (score != null) {
                    scores.add(score(line, benchmark, score));
                }
            });
        }
        Set<String> ignored = new LinkedHashSet<>(table.headers());
        ignored.removeAll(known.keySet());
        for (String[] said : List.of(MODEL, VERSION, MODE, SETTING, REPORTER, SOURCE, DAY)) {
            ignored.removeAll(List.of(said));
        }
        return Optional.of(new LeaderboardFile(name, scores, List.copyOf(ignored)));
    }

    private static TestScore score(Line line, @Nullable String benchmark, @Nullable String score) {
        String model = line.text(MODEL);
        return new TestScore(
                model == null ? "" : TAGS.matcher(model).replaceAll("").strip(),
                benchmark == null ? "" : benchmark,
                line.text(VERSION),
                line.text(MODE),
                line.text(SETTING),
                score == null ? "" : score,
                line.text(REPORTER),
                line.text(SOURCE),
                PriceText.day(line.text(DAY)),
                line.at());
    }

    /** The first list of objects, each a line; scores that lie one level deeper stand beside the rest. */
    private static SeparatedValues ofJson(String text, String name) {
        boolean isList = text.stripLeading().startsWith("[");
        Values root = PriceText.json(isList ? "{\"data\":" + text + "}" : text);
        List<?> list = List.of();
        for (String each : LISTS) {
            list = list.isEmpty() ? root.list(each) : list;
        }
        Set<String> headers = new LinkedHashSet<>();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Map<String, String> cells = new LinkedHashMap<>();
            if (list.get(i) instanceof Map<?, ?> object) {
                put(object, cells);
            }
            headers.addAll(cells.keySet());
            lines.add(new Line(cells, new Place.Pointer(name + "#/" + i)));
        }
        return new SeparatedValues(List.copyOf(headers), lines);
    }

    private static void put(Map<?, ?> object, Map<String, String> cells) {
        object.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                put(inner, cells);
            } else if (value != null && !value.toString().isBlank()) {
                cells.putIfAbsent(SeparatedValues.key(key.toString()), value.toString());
            }
        });
    }
}
