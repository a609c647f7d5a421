package quartermaster.workbook.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Companion;
import quartermaster.catalogue.Default;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Host;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.LaunchStep;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Named;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.SpeculativeDecoding;
import quartermaster.catalogue.Spread;
import quartermaster.catalogue.TrainingKnowledge;
import quartermaster.catalogue.TrainingTool;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.model.ModelFields;
import quartermaster.launch.StartCheck;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.SheetTable.TableRow;
import quartermaster.workbook.read.WorkbookFile;

/** Reads {@code catalogue.xlsx}: all rows that are right, and everything that is wrong. */
public final class CatalogueReader {
    private static final String ANY = "any";
    private static final String LAUNCH = "Launch"; // likewise, and then nothing is said of how to start
    private static final String SPECULATION = "Speculative decoding"; // a sheet that older catalogues lack
    private static final String TOOLS = "Training tools"; // likewise
    private static final String UTILIZATIONS = "Training efficiency"; // likewise
    private static final String RUNS = "Training measurements"; // likewise
    private static final Set<String> METHODS = Set.copyOf(Choice.ids(FineTuningMethod.class));

    private static final String COMPANIONS = "Companions"; // likewise
    private static final String SPEEDS = "Companion speeds"; // likewise
    private final WorkbookFile workbook;
    private final List<Problem> problems = new ArrayList<>();
    private final CarriedWorkbooks carried = new CarriedWorkbooks("spreadsheets/catalogue.xlsx");
    private final Map<String, SheetTable> tables = new HashMap<>();
    private final Map<String, Set<String>> namesBySheet = new HashMap<>(); // normalised
    private final Map<String, Set<String>> texts = new HashMap<>(); // of a column, by e.g. "Hardware!Chip class"

    private CatalogueReader(WorkbookFile workbook) {
        this.workbook = workbook;
    }

    public static Imported<Catalogue> read(WorkbookFile workbook) {
        return new CatalogueReader(workbook).read();
    }

    private Imported<Catalogue> read() {
        List<Hardware> hardware = named("Hardware", this::hardware);
        List<Host> hosts = identified("Hosts", row -> CatalogueRows.read(Host.class, row));
        List<Model> models = named("Models", row -> ModelFields.fromRow(row.fields(), row.number()));
        List<Quantization> quantizations = named("Quantizations", this::quantization);
        List<LaunchStep> launches = has(LAUNCH) ? identified(LAUNCH, this::launch) : List.of();
        List<Engine> engines = named("Engines", row -> engine(row, launches));
        List<Efficiency> efficiencies = efficiencies("Efficiency");
        List<Efficiency> efficiencyDefaults =
                has("Efficiency defaults") ? efficiencies("Efficiency defaults") : efficiencies;
        List<Spread> spreads = has("Ranges") ? table("Ranges").read(CatalogueRows::spread) : List.of();
        List<SpeculativeDecoding> speculations = speculations();
        List<Companion> companions =
                has(COMPANIONS) ? named(COMPANIONS, row -> CatalogueRows.read(Companion.class, row)) : List.of();
        List<Companion.Speed> companionSpeeds = has(SPEEDS) ? table(SPEEDS).read(this::companionSpeed) : List.of();
        List<Record> priced = identified("Offers", row -> priced(row, launches));
        TrainingKnowledge training = training(launches);
        List<Default> defaults = defaults();
        List<Measurement> measurements =
                has("Measurements") ? identified("Measurements", this::measurement) : List.of();
        List<Record> quality = new QualitySheets(this::rowsIfAny, ids("Models"), ids("Quantizations")).read();
        Catalogue catalogue = new Catalogue(
                workbook.digest(),
                hardware,
                hosts,
                models,
                quantizations,
                engines,
                efficiencies,
                efficiencyDefaults,
                spreads,
                speculations,
                companions,
                companionSpeeds,
                only(Offer.class, priced),
                only(HostedApi.class, priced),
                training,
                defaults,
                measurements,
                quality,
                carried.notes());
        return new Imported<>(catalogue, problems);
    }

    private Hardware hardware(TableRow row) {
        if (row.fields().has("Host")) {
            known(row.fields(), "Host", List.of(row.fields().text("Host")), texts("Hosts", "Line"));
        }
        return CatalogueRows.hardware(row);
    }

    private Quantization quantization(TableRow row) {
        Fields fields = row.fields();
        known(fields, "Engines", fields.list("Engines"), ids("Engines"));
        known(fields, "Chip classes with native compute", chipsAndFamilies());
        known(fields, "Chip classes that can load it", chipsAndFamilies());
        return CatalogueRows.read(Quantization.class, row);
    }

    private Engine engine(TableRow row, List<LaunchStep> launches) {
        Fields fields = row.fields();
        known(fields, "Efficiency as", List.of(fields.text("Efficiency as")), ids("Engines"));
        fields.text("Formats"); // at least one
        known(fields, "Formats", Set.of("gguf", "mlx", "safetensors"));
        known(fields, "Runs on", chipsAndFamilies());
        known(fields, "KV cache at low precision", ids("Quantizations"));
        Engine engine = CatalogueRows.read(Engine.class, row);
        return Records.with(engine, "launch", launchOf(engine.id(), launches));
    }

    private static List<LaunchStep> launchOf(String engine, List<LaunchStep> launches) {
        return launches.stream().filter(each -> each.engines().contains(engine)).toList();
    }

    /** Engines, tools that train, and what stands for every hosted API. */
    private Set<String> launched() {
        Set<String> ids = with(ids("Engines"), HostedApi.KIND);
        if (has(TOOLS)) {
            ids.addAll(ids(TOOLS));
        }
        return ids;
    }

    private LaunchStep launch(TableRow row) {
        Fields fields = row.fields();
        fields.text("Engines"); // at least one
        known(fields, "Engines", launched());
        LaunchStep step = CatalogueRows.read(LaunchStep.class, row);
        StartCheck.unknownPlaceholders(step)
                .forEach(each ->
                        fields.reportUnknown("unknown-placeholder", "Template", each, StartCheck.placeholders(step)));
        StartCheck.unreadableConditions(step)
                .forEach(each -> fields.reportWrong(
                        "unreadable-condition",
                        "When",
                        each,
                        "must be a name, then =, !=, > or <, then values: precision = fp8, fp8-block."));
        StartCheck.unknownNames(step)
                .forEach(each -> fields.reportUnknown("unknown-word", "When", each, StartCheck.names()));
        return step;
    }

    /** By the hour, or by the token. */
    private Record priced(TableRow row, List<LaunchStep> launches) {
        if (row.fields().textOr("Kind", "").equals("api")) {
            known(row.fields(), "Model", List.of(row.fields().text("Model")), ids("Models"));
            return Records.with(CatalogueRows.read(HostedApi.class, row), "launch", launchOf(HostedApi.KIND, launches));
        }
        known(row.fields(), "Hardware", List.of(row.fields().text("Hardware")), ids("Hardware"));
        return CatalogueRows.read(Offer.class, row);
    }

    private Companion.Speed companionSpeed(TableRow row) {
        known(row.fields(), "Companion", List.of(row.fields().text("Companion")), ids(COMPANIONS));
        called(row.fields(), "Hardware", "Hardware");
        return CatalogueRows.read(Companion.Speed.class, row);
    }

    private static <T> List<T> only(Class<T> kind, List<? super T> rows) {
        return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Measurement measurement(TableRow row) {
        called(row.fields(), "Hardware", "Hardware");
        called(row.fields(), "Engine", "Engines");
        called(row.fields(), "Model", "Models");
        called(row.fields(), "Quantization", "Quantizations");
        return CatalogueRows.measurement(row);
    }

    /** Must be the id, the name or an alias of a row of a sheet. */
    private void called(Fields fields, String column, String sheet) {
        Set<String> names = namesBySheet.computeIfAbsent(sheet, this::names);
        String wanted = fields.textOrNull(column);
        if (wanted != null && !names.contains(Ids.normalise(wanted))) {
            fields.reportUnknown("unknown-id", column, wanted, ids(sheet));
        }
    }

    private Set<String> names(String sheet) {
        Set<String> names = new HashSet<>();
        for (String column : List.of("Id", "Name", "Aliases")) {
            for (String cell : texts(sheet, column)) {
                for (String name : cell.split(";", -1)) {
                    names.add(Ids.normalise(name));
                }
            }
        }
        return names;
    }

    private List<Efficiency> efficiencies(String sheet) {
        Set<String> engines = with(ids("Engines"), ANY);
        Set<String> chips = with(chipsAndFamilies(), ANY, "unified", "discrete");
        Places places = new Places();
        return table(sheet).read(row -> {
            Fields fields = row.fields();
            known(fields, "Engine", List.of(fields.text("Engine")), engines);
            known(fields, "Applies to", List.of(fields.text("Applies to")), chips);
            places.claim(fields, "Applies to", fields.text("Applies to") + " with " + fields.text("Engine"));
            return CatalogueRows.read(Efficiency.class, row);
        });
    }

    private List<SpeculativeDecoding> speculations() {
        if (!has(SPECULATION)) {
            return List.of();
        }
        Set<String> chips = with(chipsAndFamilies(), ANY, "unified", "discrete");
        Places places = new Places();
        return table(SPECULATION).read(row -> {
            Fields fields = row.fields();
            known(fields, "Applies to", List.of(fields.text("Applies to")), chips);
            known(fields, "Engine", List.of(fields.text("Engine")), ids("Engines"));
            known(fields, "Models", ids("Models"));
            SpeculativeDecoding read = CatalogueRows.speculativeDecoding(row);
            places.claim(
                    fields,
                    "In flight",
                    String.join(
                            " ",
                            read.appliesTo(),
                            read.engine(),
                            read.method(),
                            String.valueOf(read.models()),
                            "from " + read.fromContextTokens(),
                            "with " + read.inFlight()));
            return read;
        });
    }

    /** A catalogue of before has no sheets of training: tools and what they reach are then the program's own. */
    private TrainingKnowledge training(List<LaunchStep> launches) {
        List<TrainingTool> tools = has(TOOLS)
                ? named(TOOLS, row -> tool(row, launches))
                : carried.sheet(TOOLS, row -> CatalogueRows.read(TrainingTool.class, row));
        List<TrainingKnowledge.Utilization> utilizations = has(UTILIZATIONS)
                ? utilizations()
                : carried.sheet(UTILIZATIONS, row -> CatalogueRows.read(TrainingKnowledge.Utilization.class, row));
        List<TrainingKnowledge.Run> runs = has(RUNS) ? identified(RUNS, this::run) : List.of();
        return new TrainingKnowledge(tools, utilizations, runs);
    }

    private TrainingTool tool(TableRow row, List<LaunchStep> launches) {
        Fields fields = row.fields();
        fields.text("Precisions"); // at least one
        known(fields, "Runs on", chipsAndFamilies());
        known(fields, "Methods", METHODS);
        known(fields, "Precisions", ids("Quantizations"));
        TrainingTool tool = CatalogueRows.read(TrainingTool.class, row);
        return Records.with(tool, "launch", launchOf(tool.id(), launches));
    }

    private List<TrainingKnowledge.Utilization> utilizations() {
        Set<String> chips = with(chipsAndFamilies(), ANY);
        Places places = new Places();
        return table(UTILIZATIONS).read(row -> {
            Fields fields = row.fields();
            known(fields, "Applies to", List.of(fields.text("Applies to")), chips);
            places.claim(fields, "Applies to", fields.text("Applies to") + " by " + fields.text("Method"));
            return CatalogueRows.read(TrainingKnowledge.Utilization.class, row);
        });
    }

    private TrainingKnowledge.Run run(TableRow row) {
        Fields fields = row.fields();
        TrainingKnowledge.Run run = CatalogueRows.read(TrainingKnowledge.Run.class, row);
        if (!run.include()) {
            return run; // may be of what nobody here knows
        }
        called(fields, "Hardware", "Hardware");
        called(fields, "Tool", TOOLS);
        called(fields, "Precision", "Quantizations");
        if (run.activeParametersB() == null || run.layers() == null || run.hiddenSize() == null) {
            called(fields, "Model", "Models");
        }
        return run;
    }

    private List<Default> defaults() {
        Set<String> types = with(Set.copyOf(Choice.ids(WorkloadType.class)), ANY);
        Places places = new Places();
        Set<String> present = new HashSet<>();
        List<Default> defaults = new ArrayList<>(table("Defaults").read(row -> {
            Fields fields = row.fields();
            present.add(Default.key(fields.text("Name"), fields.text("Workload type")));
            known(fields, "Workload type", List.of(fields.text("Workload type")), types);
            if (fields.text("Name").equals("model")) {
                known(fields, "Value", List.of(fields.text("Value")), with(ids("Models"), ANY));
            }
            places.claim(fields, "Name", fields.text("Name") + " for " + fields.text("Workload type"));
            Default made = CatalogueRows.defaultValue(row);
            if (made.number() == null && Default.isNumber(made.name()) && fields.has("Value")) {
                fields.reportWrong("not-a-number", "Value", made.text(), "must be a number.");
            }
            if (made.name().startsWith(Default.USD_PER)) {
                rate(made, fields);
            }
            if (made.number() != null && "share".equals(made.unit()) && !(made.number() >= 0 && made.number() <= 1)) {
                fields.reportWrong("out-of-range", "Value", made.text(), "must lie between 0 and 1 (0 % and 100 %).");
            }
            return made;
        }));
        if (present.isEmpty() && workbook.findSheet("Defaults").isPresent()) {
            problems.add(new Problem(
                    "missing-value",
                    "Sheet Defaults has no row; nothing can be decided without.",
                    Place.top("Defaults")));
        }
        if (!defaults.isEmpty()) {
            carried.rows(
                            "Defaults",
                            Default.missing(present, Choice.ids(WorkloadType.class)),
                            texts("Defaults", "Name"),
                            row -> canBeTaken(row, present),
                            problems)
                    .forEach(row -> defaults.add(CatalogueRows.defaultValue(row)));
        }
        return defaults;
    }

    /** The dollars for one of another currency. */
    private static void rate(Default made, Fields fields) {
        if (!made.name().matches("usdPer\\.[A-Z]{3}")) {
            fields.reportWrong("unknown-choice", "Name", made.name(), "must end with three letters: usdPer.EUR.");
        }
        if (made.number() != null && !(made.number() > 0)) {
            fields.reportWrong("out-of-range", "Value", made.text(), "must be more than zero.");
        }
    }

    /** A row that is there counts, and a model that is not in this catalogue cannot be assumed. */
    private boolean canBeTaken(Fields row, Set<String> present) {
        return !present.contains(Default.key(row.text("Name"), row.text("Workload type")))
                && (!row.text("Name").equals("model")
                        || with(ids("Models"), ANY).contains(row.text("Value")));
    }

    /** Rows that people call by their id, their name or an alias: each must mean one row only. */
    private <T extends Named> List<T> named(String sheet, Function<TableRow, T> make) {
        Places places = new Places();
        table(sheet).rows().forEach(row -> places.claimSilently(row.fields(), "Id"));
        return table(sheet).read(row -> {
            T made = make.apply(row);
            places.claim(row.fields(), "Id", made.id());
            places.claim(row.fields(), "Name", made.name());
            made.aliases().forEach(alias -> places.claim(row.fields(), "Aliases", alias));
            return made;
        });
    }

    private <T> List<T> identified(String sheet, Function<TableRow, T> make) {
        Places places = new Places();
        return table(sheet).read(row -> {
            places.claim(row.fields(), "Id", row.fields().text("Id"));
            return make.apply(row);
        });
    }

    private void known(Fields fields, String column, Set<String> known) {
        known(fields, column, fields.list(column), known);
    }

    private static void known(Fields fields, String column, List<String> wanted, Set<String> known) {
        wanted.stream()
                .filter(each -> !each.isEmpty() && !known.contains(each))
                .forEach(each -> fields.reportUnknown("unknown-id", column, each, known));
    }

    private Set<String> ids(String sheet) {
        return texts(sheet, "Id");
    }

    private Set<String> chipsAndFamilies() {
        Set<String> kinds = new TreeSet<>(texts("Hardware", "Chip class"));
        kinds.addAll(texts("Hardware", "Family"));
        kinds.addAll(texts("Hardware", "Generation"));
        return kinds;
    }

    private Set<String> texts(String sheet, String column) {
        return texts.computeIfAbsent(sheet + "!" + column, any -> table(sheet).texts(column));
    }

    /** Sheets that a catalogue can do without. */
    private boolean has(String sheet) {
        return workbook.findSheet(sheet).isPresent();
    }

    /** Of a sheet that older catalogues lack. */
    private <T> List<T> rowsIfAny(String sheet, Function<TableRow, T> make) {
        return has(sheet) ? table(sheet).read(make::apply) : List.of();
    }

    private SheetTable table(String name) {
        return tables.computeIfAbsent(name, this::openTable);
    }

    private SheetTable openTable(String name) {
        return workbook.findSheet(name)
                .map(sheet -> SheetTable.own(carried.withLaterColumns(name, sheet), problems))
                .orElseGet(() -> {
                    List<String> present =
                            workbook.sheets().stream().map(ReadSheet::name).toList();
                    String hint = Ids.nearest(name, present)
                            .map(sheet -> " Did you mean " + sheet + "?")
                            .orElse("");
                    problems.add(
                            new Problem("missing-sheet", "There is no sheet " + name + "." + hint, Place.top(name)));
                    return SheetTable.own(new ReadSheet(name, false, List.of()), problems);
                });
    }

    private static Set<String> with(Set<String> set, String... more) {
        Set<String> all = new TreeSet<>(set);
        all.addAll(List.of(more));
        return all;
    }

    /** Who has taken a name, and where it stands. */
    private static final class Places {
        private final Map<String, Place> cells = new HashMap<>(); // by normalised name, e.g. "Hardware!A7"

        void claimSilently(Fields fields, String column) {
            String text = fields.textOrNull(column);
            if (text != null) {
                cells.putIfAbsent(Ids.normalise(text), fields.place(column));
            }
        }

        void claim(Fields fields, String column, String name) {
            if (name.isBlank()) {
                return;
            }
            Place taken = cells.putIfAbsent(Ids.normalise(name), fields.place(column));
            if (taken != null && rowOf(taken) != rowOf(fields.place(column))) {
                fields.reportWrong(
                        column.equals("Id") ? "duplicate-id" : "duplicate-name",
                        column,
                        name,
                        "stands in " + taken + " too.");
            }
        }

        private static int rowOf(Place place) {
            return place instanceof Place.Cell cell ? cell.row() : 0;
        }
    }
}
