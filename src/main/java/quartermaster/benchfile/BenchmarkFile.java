package quartermaster.benchfile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.json.BadJsonException;
import quartermaster.json.JsonTree;
import quartermaster.json.ProblemList;
import quartermaster.json.Values;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** A result of a benchmark tool, known by its content. */
public final class BenchmarkFile {
    private static final Pattern QUOTED_CELL = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))");

    private static final int LOOKED_AT = 1_000; // bytes that tell a workbook from a text

    /** One of these stands in every result. */
    private static final List<String> MARKS = List.of(
            "avg_ts",
            "t/s",
            "speed_tg",
            "output_throughput",
            "tokens_per_second\"",
            "tokens-per-sec",
            "generation_tps");

    private final BenchmarkTool tool;
    private final List<BenchmarkRun> runs;

    private BenchmarkFile(BenchmarkTool tool, List<BenchmarkRun> runs) {
        this.tool = tool;
        this.runs = List.copyOf(runs);
    }

    /**
     * The result in a file, or nothing where no known tool wrote it.
     *
     * @param name for places
     */
    public static Optional<BenchmarkFile> of(byte[] bytes, String name) {
        String text = decoded(bytes);
        if (MARKS.stream().noneMatch(text::contains)) {
            return Optional.empty(); // before anything is parsed that may be long
        }
        String start = text.stripLeading();
        List<BenchmarkRun> runs = start.startsWith("{") || start.startsWith("[") ? json(text, name) : text(text, name);
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(new BenchmarkFile(runs.get(0).tool(), runs));
    }

    /** Nothing where it is no text; some shells write what they redirect in UTF-16. */
    private static String decoded(byte[] bytes) {
        if (bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
            if (bytes[i] == 0) {
                return "";
            }
        }
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    }

    /** What to say to somebody who took it for something else; empty where no known tool wrote it. */
    public static Optional<String> mistaken(byte[] bytes, String name) {
        return of(bytes, name)
                .map(file -> name + " is a result of " + file.tool().title() + ". \"import-measurements " + name
                        + "\" makes rows of the sheet Measurements from it.");
    }

    public BenchmarkTool tool() {
        return tool;
    }

    /** Those with a figure. */
    public Imported<List<BenchmarkRun>> runs() {
        List<Problem> problems = runs.stream()
                .filter(run -> !(run.tokensPerSecond() > 0))
                .map(run -> new Problem(
                        "not-a-measurement", "Found no speed; expected tokens per second above zero.", run.at()))
                .toList();
        return new Imported<>(
                runs.stream().filter(run -> run.tokensPerSecond() > 0).toList(), problems);
    }

    /** One value, or one on each line. */
    private static List<BenchmarkRun> json(String text, String name) {
        List<BenchmarkRun> runs = new ArrayList<>();
        Object tree = parsed(text);
        if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                runs.addAll(result(Values.of(list.get(i)), new Place.Pointer(name + "/" + i)));
            }
        } else if (tree != null) {
            runs.addAll(result(Values.of(tree), new Place.File(name)));
        } else {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                runs.addAll(result(Values.of(parsed(lines.get(i))), new Place.Line(name, i + 1)));
            }
        }
        return runs;
    }

    private static @Nullable Object parsed(String json) {
        try {
            // what is said of long texts and of numbers that are none does not matter here
            return JsonTree.readOfPython(json.getBytes(StandardCharsets.UTF_8), "a result", new ProblemList());
        } catch (BadJsonException e) {
            return null;
        }
    }

    private static List<BenchmarkRun> result(Values result, Place at) {
        if (LlamaBench.isRow(result)) {
            return List.of(LlamaBench.run(result, at));
        }
        if (BatchedBench.isRow(result)) {
            return BatchedBench.runs(result, at, Printed.around(""));
        }
        if (ServingBench.isServing(result)) {
            return List.of(ServingBench.serving(result, at));
        }
        if (ServingBench.isThroughput(result)) {
            return List.of(ServingBench.throughput(result, at));
        }
        List<BenchmarkRun> runs = new ArrayList<>();
        if (GuideLlm.isReport(result)) {
            for (Object each : result.list("benchmarks")) {
                Place place = new Place.Pointer(at + "/benchmarks/" + runs.size());
                runs.add(GuideLlm.run(result, Values.of(each), place));
            }
        }
        return runs;
    }

    private static List<BenchmarkRun> text(String text, String name) {
        if (MlxLm.isIn(text)) {
            return MlxLm.runs(text, name);
        }
        Printed printed = Printed.around(text);
        List<BenchmarkRun> runs = new ArrayList<>();
        List<String> headers = List.of();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Place at = new Place.Line(name, i + 1);
            List<String> cells = line.startsWith("|") ? tableCells(line) : quotedCells(line);
            if (isHeader(cells)) {
                headers = cells;
            } else if (line.startsWith("{")) {
                runs.addAll(result(Values.of(parsed(line)), at));
            } else if (cells.size() == headers.size() && !line.matches("[|:\\- ]*")) {
                runs.addAll(tableRow(headers, Values.of(headers, cells), at, printed));
            }
        }
        return runs;
    }

    private static List<BenchmarkRun> tableRow(List<String> headers, Values row, Place at, Printed printed) {
        if (BatchedBench.isTable(headers)) {
            return BatchedBench.runs(row, at, printed);
        }
        return List.of(LlamaBench.isRow(row) ? LlamaBench.run(row, at) : LlamaBench.tableRow(row, at, printed));
    }

    private static boolean isHeader(List<String> cells) {
        return cells.containsAll(List.of("n_prompt", "n_gen", "avg_ts"))
                || cells.containsAll(List.of("model", "test", "t/s"))
                || BatchedBench.isTable(cells);
    }

    private static List<String> tableCells(String line) {
        String inside = line.replaceFirst("^\\|", "").replaceFirst("\\|$", "");
        return Arrays.stream(inside.split("\\|", -1)).map(String::strip).toList();
    }

    private static List<String> quotedCells(String line) {
        return QUOTED_CELL
                .matcher(line)
                .results()
                .map((MatchResult cell) ->
                        cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\"\"", "\""))
                .toList();
    }
}
