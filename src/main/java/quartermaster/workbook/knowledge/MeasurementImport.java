package quartermaster.workbook.knowledge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.benchfile.BenchmarkRun;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Named;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.unit.Bytes;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;

/** Runs of benchmark tools become rows of the sheet {@code Measurements}; a run that cannot is kept with the reason. */
public final class MeasurementImport {
    private static final double BYTES_PER_GB = 1e9;
    private static final int MOST_NAMED = 8;

    private final Catalogue catalogue;
    private final LooseNames names;
    private final Said said;
    private final RowIds ids;
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    private final Map<String, String> takenFor = new TreeMap<>();
    private final List<Problem> unusable = new ArrayList<>();

    /** What somebody says because the file does not; each null where nothing is said. */
    public record Said(
            @Nullable String hardware,
            @Nullable Integer devices,
            @Nullable String engine,
            @Nullable String model,
            @Nullable String quantization,
            @Nullable Integer promptTokens,
            @Nullable Integer outputTokens) {}

    public MeasurementImport(Catalogue catalogue, Said said) {
        this.catalogue = catalogue;
        this.names = new LooseNames(catalogue);
        this.said = said;
        this.ids = new RowIds(
                catalogue.measurements().stream().map(Measurement::id).toList());
    }

    /** Every row by the columns of the sheet. */
    public List<Map<String, @Nullable Object>> rows() {
        return rows;
    }

    /** Names that were no id, and the ids that they were taken for. */
    public Map<String, String> takenFor() {
        return takenFor;
    }

    /** Runs that are no row, with the reason. */
    public List<Problem> unusable() {
        return unusable;
    }

    /**
     * @param source of the rows
     * @param day of a run that does not say its own
     */
    public void add(List<BenchmarkRun> runs, String source, String day) {
        runs.forEach(run -> new Match(run).row(source, day));
    }

    /** What ran on what, as the catalogue knows it; tokens are null where the phase has none. */
    private record Setting(
            Hardware hardware,
            int devices,
            Engine engine,
            Model model,
            Quantization quantization,
            @Nullable Integer promptTokens,
            @Nullable Integer outputTokens) {}

    /** One run, looked up in the catalogue. */
    private final class Match {
        private final BenchmarkRun run;
        private final BenchmarkRun.Setup setup;
        private final BenchmarkRun.Load load;
        private final List<String> missing = new ArrayList<>();

        Match(BenchmarkRun run) {
            this.run = run;
            this.setup = run.setup();
            this.load = run.load();
        }

        void row(String source, String day) {
            if (run.whyNot() != null) {
                missing.add(run.whyNot());
            }
            Setting setting = setting();
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            if (setting != null && missing.isEmpty()) {
                check(setting);
                row = columns(setting, source, run.date() == null ? day : run.date());
                known(row).ifPresent(id -> missing.add("The sheet has this row already: " + id + "."));
            }
            if (!missing.isEmpty()) {
                unusable.add(new Problem("not-usable", String.join(" ", missing), run.at()));
                return;
            }
            row.put("Id", ids.numbered(source));
            rows.add(row);
        }

        /** Null where something is missing. */
        private @Nullable Setting setting() {
            Hardware hardware = look(
                    "hardware",
                    said.hardware(),
                    setup.hardware(),
                    MeasurementImport.this::hardware,
                    catalogue.hardware());
            Integer devices = stated("devices", setup.devices(), said.devices(), "--devices N");
            Engine engine = engine();
            Model model = look("model", said.model(), setup.model(), MeasurementImport.this::model, catalogue.models());
            List<Quantization> forWeights = catalogue.quantizations().stream()
                    .filter(Quantization::forWeights)
                    .toList();
            Quantization quantization = look(
                    "quantization",
                    said.quantization(),
                    setup.quantization(),
                    name -> catalogue.findQuantization(name).filter(forWeights::contains),
                    forWeights);
            Integer prompt = load.promptTokens();
            Integer output = load.outputTokens();
            if (load.phase() == Phase.SERVE) {
                prompt = stated("tokens of a prompt", prompt, said.promptTokens(), "--prompt-tokens N");
                output = stated("tokens of an answer", output, said.outputTokens(), "--output-tokens N");
            }
            return hardware == null || devices == null || engine == null || model == null || quantization == null
                    ? null
                    : new Setting(hardware, devices, engine, model, quantization, prompt, output);
        }

        /** Which column of the sheet is what. */
        private Map<String, @Nullable Object> columns(Setting setting, String source, String date) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("Id", null);
            row.put("Date", date);
            row.put("Hardware", setting.hardware().id());
            row.put("Devices", setting.devices());
            row.put("Engine", setting.engine().id());
            row.put("Engine version", setup.engineVersion());
            row.put("Model", setting.model().id());
            row.put("Quantization", setting.quantization().id());
            row.put("Bits per weight", setup.bitsPerWeight());
            row.put("Model file (GB)", setup.fileBytes() == null ? null : setup.fileBytes() / BYTES_PER_GB);
            row.put("Phase", Choice.id(load.phase()));
            row.put("Prompt tokens", setting.promptTokens());
            row.put("Output tokens", setting.outputTokens());
            row.put("Context tokens", load.contextTokens());
            row.put("Concurrency", load.concurrency());
            row.put("Unit", run.unit());
            row.put("Value", run.tokensPerSecond());
            row.put("TTFT (ms)", run.timeToFirstTokenMs());
            row.put("Trust", run.tool().trust());
            row.put("Include", "yes");
            row.put("Source", source);
            row.put("As of", date);
            row.put("Note", run.tool().title() + (run.note() == null ? "" : "; " + run.note()));
            row.put("Metric", load.metric() == null ? null : Choice.id(load.metric()));
            row.put("Requests", load.requests());
            row.put("Request rate (per s)", load.requestsPerSecond());
            row.put("Replicas", setup.replicas() == 1 ? null : setup.replicas());
            return row;
        }

        /** That of the tool, where the file names no other. */
        private @Nullable Engine engine() {
            Optional<Engine> ofTool = Optional.ofNullable(run.tool().engine()).flatMap(catalogue::findEngine);
            if (setup.engine() != null || said.engine() != null || ofTool.isEmpty()) {
                return look("engine", said.engine(), setup.engine(), catalogue::findEngine, catalogue.engines());
            }
            takenFor.put(run.tool().title(), ofTool.get().id());
            return ofTool.get();
        }

        /** What an option says, else what the file says; an option must not say otherwise of a name that is known. */
        private <T extends Named> @Nullable T look(
                String kind,
                @Nullable String option,
                @Nullable String written,
                Function<String, Optional<T>> find,
                Collection<T> known) {
            T ofFile = written == null ? null : find.apply(written).orElse(null);
            T ofOption = option == null ? null : find.apply(option).orElse(null);
            T taken = ofOption == null ? ofFile : ofOption;
            if (option != null && ofOption == null) {
                missing.add("--" + kind + " says \"" + option + "\", which the catalogue has not."
                        + Ids.hint(option, Catalogue.ids(known)));
                return null;
            }
            if (taken == null) {
                missing.add(
                        written == null
                                ? "Found no " + kind + "; expected it in the file, or as --" + kind + " ID."
                                : "The catalogue has no " + kind + " \"" + written + "\"." + hint(kind, written, known)
                                        + " Say --" + kind + " ID, or add the name as an alias.");
                return null;
            }
            if (written == null) {
                return taken;
            }
            List<String> possible = ofFile == null ? possible(kind, written) : List.of(ofFile.id());
            if (!possible.isEmpty() && !possible.contains(taken.id())) {
                missing.add("The file says " + kind + " \"" + written + "\", which is " + String.join(" or ", possible)
                        + "; --" + kind + " says " + taken.id() + ".");
                return null;
            }
            if (!Ids.normalise(written).equals(Ids.normalise(taken.id()))) {
                takenFor.put(written, taken.id());
            }
            return taken;
        }

        private @Nullable Integer stated(
                String what, @Nullable Integer ofFile, @Nullable Integer ofOption, String option) {
            if (ofFile == null && ofOption == null) {
                missing.add("Found no number of " + what + "; expected it in the file, or as " + option + ".");
            } else if (ofFile != null && ofOption != null && !ofFile.equals(ofOption)) {
                missing.add("The file says " + ofFile + " " + what + " and " + option.replace("N", ofOption.toString())
                        + " says otherwise.");
            }
            return ofFile == null ? ofOption : ofFile;
        }

        /** What cannot have run, or not on these devices alone. */
        private void check(Setting setting) {
            Engine engine = setting.engine();
            if (!engine.runsOn(setting.hardware())) {
                missing.add(
                        engine.name() + " does not run on " + setting.hardware().name() + ".");
            }
            if (!engine.loads(setting.quantization())) {
                missing.add(engine.name() + " does not load "
                        + setting.quantization().name() + ".");
            }
            Integer layers = setup.layersOnDevice();
            int all = setting.model().layers() + 1; // with the output layer
            if (layers != null && layers < all) {
                missing.add("Part of it was computed outside of the devices: they had " + layers + " of " + all
                        + " layers.");
            }
            double weights =
                    setup.fileBytes() == null ? 0 : Bytes.of(setup.fileBytes()).gib();
            double memory = setting.hardware().memoryGiB() * setting.devices();
            if (weights > memory) {
                missing.add(String.format(
                        Locale.ROOT,
                        "The weights have %.1f GiB and the devices %.1f GiB, so part of it was computed elsewhere.",
                        weights,
                        memory));
            }
        }
    }

    /** A chip alone does not say which of its machines it was. */
    private List<String> possible(String kind, String written) {
        return kind.equals("hardware") ? LooseNames.possible(written, catalogue.hardware()) : List.of();
    }

    private String hint(String kind, String written, Collection<? extends Named> known) {
        List<String> possible = possible(kind, written);
        return possible.isEmpty() || possible.size() > MOST_NAMED
                ? Ids.hint(written, Catalogue.ids(known))
                : " It may be " + String.join(" or ", possible) + ".";
    }

    private Optional<Hardware> hardware(String name) {
        return names.findHardware(name);
    }

    private Optional<Model> model(String name) {
        return names.findModel(name);
    }

    private Optional<String> known(Map<String, @Nullable Object> row) {
        return catalogue.measurements().stream()
                .filter(each -> isSame(each, row))
                .map(Measurement::id)
                .findFirst();
    }

    private static boolean isSame(Measurement known, Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("Source", known.source());
        columns.put("Date", known.date());
        columns.put("Hardware", known.hardware());
        columns.put("Devices", known.devices());
        columns.put("Engine", known.engine());
        columns.put("Model", known.model());
        columns.put("Quantization", known.quantization());
        columns.put("Phase", Choice.id(known.phase()));
        columns.put("Prompt tokens", known.promptTokens());
        columns.put("Output tokens", known.outputTokens());
        columns.put("Context tokens", known.contextTokens());
        columns.put("Concurrency", known.concurrency());
        return row.entrySet().containsAll(columns.entrySet());
    }
}
