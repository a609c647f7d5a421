package quartermaster.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;

/** What exists: hardware, models, engines and prices, as the workbook says. Immutable; look-ups know names and aliases. */
public final class Catalogue {
    private final String digest;
    private final Index<Hardware> hardware;
    private final Index<Model> models;
    private final Index<Quantization> quantizations;
    private final Index<Engine> engines;
    private final List<Host> hosts;
    private final List<Efficiency> efficiencies;
    private final Map<String, List<Offer>> offersByHardware;
    private final Map<String, Offer> offers;
    private final Map<String, Offer> offersByAnyId;
    private final List<HostedApi> hostedApis;
    private final Set<String> hostedIds;
    private final List<Efficiency> efficiencyDefaults;
    private final List<Spread> spreads;
    private final List<SpeculativeDecoding> speculations;
    private final Index<Companion> companions;
    private final List<Companion.Speed> companionSpeeds;
    private final List<Measurement> measurements;
    private final TrainingKnowledge training;
    private final List<? extends Record> further;
    private final List<Default> defaults;
    private final List<Problem> takenFromProgram;
    private final Map<String, Map<String, Default>> defaultsByName = new HashMap<>(); // each by its workload type
    private final Map<String, Double> numbers = new HashMap<>(); // of any workload type, by name
    private final Map<String, List<Host>> hostsByLine = new HashMap<>(); // the smallest first
    private final Map<String, List<Double>> compute = new HashMap<>(); // TFLOPS per GB/s by chip class and by family
    private final Map<String, List<Measurement>> measurementsByKey = new HashMap<>(); // likewise
    private final Map<String, Efficiency> efficiencyByKey = new HashMap<>(); // e.g. "gb10@vllm"
    private final Map<Pairing, Efficiency> efficiencyByPairing = new ConcurrentHashMap<>();

    public Catalogue(
            String digest,
            List<Hardware> hardware,
            List<Host> hosts,
            List<Model> models,
            List<Quantization> quantizations,
            List<Engine> engines,
            List<Efficiency> efficiencies,
            List<Efficiency> efficiencyDefaults,
            List<Spread> spreads,
            List<SpeculativeDecoding> speculations,
            List<Companion> companions,
            List<Companion.Speed> companionSpeeds,
            List<Offer> offers,
            List<HostedApi> hostedApis,
            TrainingKnowledge training,
            List<Default> defaults,
            List<Measurement> measurements,
            List<? extends Record> further,
            List<Problem> takenFromProgram) {
        this.further = List.copyOf(further);
        this.takenFromProgram = List.copyOf(takenFromProgram);
        this.digest = digest;
        this.hardware = new Index<>(hardware);
        this.hosts = List.copyOf(hosts);
        this.models = new Index<>(models);
        this.quantizations = new Index<>(quantizations);
        this.engines = new Index<>(engines);
        this.efficiencies = List.copyOf(efficiencies);
        this.efficiencyDefaults = List.copyOf(efficiencyDefaults);
        this.spreads = List.copyOf(spreads);
        this.speculations = List.copyOf(speculations);
        this.companions = new Index<>(companions);
        this.companionSpeeds = List.copyOf(companionSpeeds);
        this.measurements = List.copyOf(measurements);
        this.offers = byKey(offers, Offer::id);
        this.offersByAnyId = byKey(offers, offer -> Ids.normalise(offer.id()));
        this.hostedApis = List.copyOf(hostedApis);
        this.hostedIds = hostedApis.stream().map(HostedApi::id).collect(Collectors.toUnmodifiableSet());
        this.training = training;
        this.offersByHardware = new HashMap<>();
        offers.stream()
                .filter(offer -> !offer.index())
                .forEach(offer -> offersByHardware
                        .computeIfAbsent(offer.hardware(), id -> new ArrayList<>())
                        .add(offer));
        offersByHardware.replaceAll((id, ofHardware) -> List.copyOf(ofHardware));
        this.defaults = List.copyOf(defaults);
        this.defaults.forEach(each -> defaultsByName
                .computeIfAbsent(each.name().intern(), name -> new HashMap<>()) // found without comparing letters
                .putIfAbsent(each.workloadType().intern(), each));
        defaultsByName.forEach((name, byType) -> Optional.ofNullable(byType.get("any"))
                .map(Default::number)
                .ifPresent(number -> numbers.put(name, number)));
        hosts.stream()
                .sorted(Comparator.comparingInt(Host::maxDevices))
                .forEach(each -> hostsByLine
                        .computeIfAbsent(each.line(), line -> new ArrayList<>())
                        .add(each));
        hardware().forEach(this::addCompute);
        compute.values().forEach(Collections::sort);
        measurements.stream().filter(Measurement::include).forEach(this::file);
        efficiencies.forEach(each -> efficiencyByKey.putIfAbsent(each.appliesTo() + "@" + each.engine(), each));
    }

    /** All that a catalogue is made of, as rows. */
    public record Content(
            String digest,
            List<Hardware> hardware,
            List<Host> hosts,
            List<Model> models,
            List<Quantization> quantizations,
            List<Engine> engines,
            List<Efficiency> efficiencies,
            List<Efficiency> efficiencyDefaults,
            List<Spread> spreads,
            List<SpeculativeDecoding> speculations,
            List<Companion> companions,
            List<Companion.Speed> companionSpeeds,
            List<Offer> offers,
            List<HostedApi> hostedApis,
            List<TrainingTool> tools,
            List<TrainingKnowledge.Utilization> utilizations,
            List<TrainingKnowledge.Run> runs,
            List<Default> defaults,
            List<Measurement> measurements,
            List<? extends Record> further,
            List<Problem> takenFromProgram) {
        public Catalogue catalogue() {
            return new Catalogue(
                    digest,
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
                    offers,
                    hostedApis,
                    new TrainingKnowledge(tools, utilizations, runs),
                    defaults,
                    measurements,
                    further,
                    takenFromProgram);
        }
    }

    /** What the same catalogue can be made of again. */
    public Content content() {
        return new Content(
                digest,
                List.copyOf(hardware.all()),
                hosts,
                List.copyOf(models.all()),
                List.copyOf(quantizations.all()),
                List.copyOf(engines.all()),
                efficiencies,
                efficiencyDefaults,
                spreads,
                speculations,
                List.copyOf(companions.all()),
                companionSpeeds,
                List.copyOf(offers.values()),
                hostedApis,
                training.tools(),
                training.utilizations(),
                training.runs(),
                defaults,
                measurements,
                further,
                takenFromProgram);
    }

    private void addCompute(Hardware chip) {
        if (chip.fp16Tflops() != null && chip.bandwidthGBps() != null) {
            for (String group : groups(chip)) {
                compute.computeIfAbsent(group, key -> new ArrayList<>()).add(chip.fp16Tflops() / chip.bandwidthGBps());
            }
        }
    }

    private static List<String> groups(Hardware chip) {
        return List.of("class " + chip.chipClass(), "family " + chip.family(), "any");
    }

    /** Median of the chips of its class, else of its family, else of all, of which both figures are known. */
    public double tflopsPerGBps(Hardware chip) {
        for (String group : groups(chip)) {
            List<Double> known = compute.get(group);
            if (known != null) {
                return known.get(known.size() / 2);
            }
        }
        return number("unknownTflopsPerGBps");
    }

    private void file(Measurement row) {
        Optional<Hardware> chip = findHardware(row.hardware());
        Optional<Engine> engine = findEngine(row.engine());
        if (chip.isPresent() && engine.isPresent()) {
            String key = chip.get().chipClass() + "@" + engine.get().efficiencyAs();
            measurementsByKey.computeIfAbsent(key, each -> new ArrayList<>()).add(row);
        }
    }

    /** Rows in use of the chips that share constants with an engine. */
    public List<Measurement> measurementsOf(Hardware chip, Engine engine) {
        return measurementsByKey.getOrDefault(chip.chipClass() + "@" + engine.efficiencyAs(), List.of());
    }

    /** The same catalogue with other constants, as a calibration leaves it. */
    public Catalogue with(List<Efficiency> others, List<Spread> ranges) {
        return with(others, ranges, measurements, further);
    }

    /** The same catalogue with other measurements. */
    public Catalogue measuring(List<Measurement> others) {
        return with(efficiencies, spreads, others, further);
    }

    /** The same catalogue with other {@link #rows} of one kind. */
    public <R extends Record> Catalogue with(Class<R> kind, List<R> rows) {
        Stream<? extends Record> rest = further.stream().filter(each -> !kind.isInstance(each));
        return with(
                efficiencies,
                spreads,
                measurements,
                Stream.<Record>concat(rest, rows.stream()).toList());
    }

    private Catalogue with(
            List<Efficiency> others, List<Spread> ranges, List<Measurement> measured, List<? extends Record> rest) {
        return new Catalogue(
                digest,
                List.copyOf(hardware.all()),
                hosts,
                List.copyOf(models.all()),
                List.copyOf(quantizations.all()),
                List.copyOf(engines.all()),
                others,
                efficiencyDefaults,
                ranges,
                speculations,
                List.copyOf(companions.all()),
                companionSpeeds,
                List.copyOf(offers.values()),
                hostedApis,
                training,
                defaults,
                measured,
                rest,
                takenFromProgram);
    }

    /** Digest of the typed content: the version of the catalogue. */
    public String digest() {
        return digest;
    }

    /** What the workbook lacks and the one that the program carries has, each with its sheet. */
    public List<Problem> takenFromProgram() {
        return takenFromProgram;
    }

    public Collection<Hardware> hardware() {
        return hardware.all();
    }

    public Optional<Hardware> findHardware(String name) {
        return hardware.find(name);
    }

    public Collection<Model> models() {
        return models.all();
    }

    public Optional<Model> findModel(String name) {
        return models.find(name);
    }

    /** Models that generate no text and may stand beside one that does. */
    public Collection<Companion> companions() {
        return companions.all();
    }

    public Optional<Companion> findCompanion(String name) {
        return companions.find(name);
    }

    /** What was measured of a companion, on whatever machine. */
    public List<Companion.Speed> speedsOf(Companion companion) {
        return companionSpeeds.stream()
                .filter(each -> each.companion().equals(companion.id()))
                .toList();
    }

    public Collection<Quantization> quantizations() {
        return quantizations.all();
    }

    public Optional<Quantization> findQuantization(String name) {
        return quantizations.find(name);
    }

    public Collection<Engine> engines() {
        return engines.all();
    }

    public Optional<Engine> findEngine(String name) {
        return engines.find(name);
    }

    /** What is known of training. */
    public TrainingKnowledge training() {
        return training;
    }

    public List<Host> hosts() {
        return hosts;
    }

    /** Hosts of a line, the smallest first. */
    public List<Host> hostsOf(@Nullable String line) {
        return hostsByLine.getOrDefault(line, List.of());
    }

    public List<Efficiency> efficiencies() {
        return efficiencies;
    }

    public List<HostedApi> hostedApis() {
        return hostedApis;
    }

    /** Whether that names a hosted API by its id, or any of them. */
    public boolean isHostedApi(String name) {
        return hostedIds.contains(name) || HostedApi.isAnyOne(name);
    }

    /** Who serves a model by the token: of each provider the row of the latest date. */
    public List<HostedApi> apisFor(Model model) {
        Map<String, HostedApi> newest = new LinkedHashMap<>(); // by provider
        hostedApis.stream()
                .filter(each -> each.model().equals(model.id()))
                .forEach(each -> newest.merge(
                        each.provider(), each, (old, next) -> next.asOf().compareTo(old.asOf()) > 0 ? next : old));
        return List.copyOf(newest.values());
    }

    public Collection<Offer> offers() {
        return offers.values();
    }

    public Optional<Offer> findOffer(String id) {
        Offer exact = offers.get(id);
        if (exact != null) {
            return Optional.of(exact);
        }
        return Optional.ofNullable(offersByAnyId.get(Ids.normalise(id)));
    }

    /** How far measured values lie from estimates; empty where a catalogue has no such sheet. */
    public List<Spread> spreads() {
        return spreads;
    }

    /**
     * What is known of drafts for a model on a chip with an engine: the series of its class, else of its generation,
     * its family, its kind of memory, or of anything. Series that name the model win over those for any model.
     */
    public List<SpeculativeDecoding> speculativeDecoding(Hardware chip, Engine engine, Model model) {
        String generation = chip.generation() == null ? chip.chipClass() : chip.generation();
        List<String> chips = List.of(chip.chipClass(), generation, chip.family(), kind(chip), "any");
        SpeculativeDecoding best = speculations.stream()
                .filter(each ->
                        chips.contains(each.appliesTo()) && each.engine().equals(engine.id()))
                .filter(each -> each.models().isEmpty() || each.models().contains(model.id()))
                .min(Comparator.comparing(
                                (SpeculativeDecoding each) -> each.models().isEmpty())
                        .thenComparingInt(each -> chips.indexOf(each.appliesTo())))
                .orElse(null);
        return speculations.stream().filter(each -> each.isOfSeriesOf(best)).toList();
    }

    /** The constants that a calibration is pulled towards. */
    public List<Efficiency> efficiencyDefaults() {
        return efficiencyDefaults;
    }

    /** Everything that was measured, also what is not used. */
    public List<Measurement> measurements() {
        return measurements;
    }

    /** The rows of a sheet of which the rooms that need it have the record; none where a catalogue has no such sheet. */
    public <R extends Record> List<R> rows(Class<R> kind) {
        return further.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What of this hardware can be rented; market figures are left out. */
    public List<Offer> offersFor(Hardware wanted) {
        return offersByHardware.getOrDefault(wanted.id(), List.of());
    }

    /** Whether money of others can be made dollars: by a row {@code usdPer.EUR} or the like. */
    public boolean hasRates() {
        return defaultsByName.keySet().stream().anyMatch(name -> name.startsWith(Default.USD_PER));
    }

    /** The default for a workload type, or the one for any type. */
    public Optional<Default> findDefault(String name, String workloadType) {
        Map<String, Default> named = defaultsByName.getOrDefault(name, Map.of());
        return Optional.ofNullable(named.getOrDefault(workloadType, named.get("any")));
    }

    /**
     * The number of a default that the workbook must have.
     *
     * @throws IllegalArgumentException where the workbook has no such number
     */
    public double number(String name, String workloadType) {
        Double number = findDefault(name, workloadType).map(Default::number).orElse(null);
        if (number == null) {
            throw new IllegalArgumentException("Defaults has no number named " + name + ".");
        }
        return number;
    }

    public double number(String name) {
        Double number = numbers.get(name);
        return number == null ? number(name, "any") : number;
    }

    /** The entries of a default that is a list; none where the workbook has no such row. */
    public List<String> list(String name) {
        return findDefault(name, "any")
                .map(each -> Stream.of(each.text().split("[;,]"))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty() && !entry.equals("none"))
                        .toList())
                .orElse(List.of());
    }

    /**
     * The constants of a chip with an engine: of its class, else of its family, else of its kind of memory, else of
     * anything; at each level of the engine itself before the engine that it inherits from.
     *
     * @throws IllegalArgumentException where no row applies
     */
    public Efficiency efficiency(Hardware chip, Engine engine) {
        return efficiencyByPairing.computeIfAbsent(
                new Pairing(chip.chipClass(), chip.family(), kind(chip), engine.id(), engine.efficiencyAs()),
                this::efficiency);
    }

    /** What constants are looked up by. */
    private record Pairing(String chipClass, String family, String kind, String engine, String efficiencyAs) {}

    private Efficiency efficiency(Pairing of) {
        for (String appliesTo : List.of(of.chipClass(), of.family(), of.kind(), "any")) {
            for (String name : List.of(of.engine(), of.efficiencyAs(), "any")) {
                Efficiency found = efficiencyByKey.get(appliesTo + "@" + name);
                if (found != null) {
                    return found;
                }
            }
        }
        throw new IllegalArgumentException("Efficiency has no row for any hardware with any engine.");
    }

    /** Every name by which a row of a kind may be called, for messages. */
    public static <T extends Named> List<String> ids(Collection<T> rows) {
        return rows.stream().map(Named::id).toList();
    }

    private static String kind(Hardware chip) {
        return chip.memoryKind() == MemoryKind.UNIFIED ? "unified" : "discrete";
    }

    private static <T> Map<String, T> byKey(List<T> rows, Function<T, String> key) {
        Map<String, T> map = new LinkedHashMap<>();
        rows.forEach(row -> map.putIfAbsent(key.apply(row), row));
        return map;
    }

    /** Rows by id, name and alias; an id wins over a name, a name over an alias. */
    private static final class Index<T extends Named> {
        private final Map<String, T> byId = new LinkedHashMap<>();
        private final Map<String, T> byAnyName = new HashMap<>();

        Index(List<T> rows) {
            rows.forEach(row -> byId.putIfAbsent(row.id(), row));
            rows.forEach(row -> byAnyName.putIfAbsent(Ids.normalise(row.id()), row));
            rows.forEach(row -> byAnyName.putIfAbsent(Ids.normalise(row.name()), row));
            rows.forEach(row -> row.aliases().forEach(alias -> byAnyName.putIfAbsent(Ids.normalise(alias), row)));
        }

        Collection<T> all() {
            return byId.values();
        }

        Optional<T> find(String name) {
            T exact = byId.get(name);
            return exact != null ? Optional.of(exact) : Optional.ofNullable(byAnyName.get(Ids.normalise(name)));
        }
    }
}
