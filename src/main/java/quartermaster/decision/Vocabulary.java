package quartermaster.decision;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Batching;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.MemoryKind;
import quartermaster.catalogue.Quality;
import quartermaster.decision.Column.Kind;
import quartermaster.decision.Column.Source;
import quartermaster.decision.Condition.Within;
import quartermaster.estimate.Bound;
import quartermaster.estimate.Fit;
import quartermaster.quality.KindOfWork;
import quartermaster.request.Acquisition;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Skill;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;

/** The closed list of condition columns that policy tables may have. To add one, add a line here. */
public final class Vocabulary {
    private static final List<String> YES_NO = List.of("yes", "no");
    private static final Within NOT_NEGATIVE = Within.atLeast(0);
    private static final Map<String, Column> COLUMNS = new LinkedHashMap<>(); // by normalised header

    static {
        choice("Workload type", WorkloadType.class, "kind of work", Assessment::workloadType);
        count("Concurrent requests", 1, "requests at the same time, all replicas together", Assessment::concurrency);
        count(
                "Concurrent per replica",
                0,
                "requests at the same time for each replica",
                Assessment::concurrencyPerReplica);
        nullableNumber(
                "Requests per second",
                "at the peak; missing when only requests at the same time are known",
                it -> it.demand().arrivalsPerSecond());
        count("Prompt tokens", 1, "tokens of one prompt", Assessment::inputTokens);
        count("Context tokens", 1, "window that one request needs", Assessment::contextTokens);
        nullableChoice(
                "Fine-tuning",
                FineTuningMethod.class,
                "how something is trained; missing when nothing is",
                it -> it.demand().training() == null
                        ? null
                        : it.demand().training().method());
        ids("Model family", "as in the sheet Models", it -> it.model().family());
        yesNo("Mixture of experts", "the model routes tokens to experts", Assessment::isMixtureOfExperts);
        choice("Licence", CommercialUse.class, "whether the licence allows commercial use", Assessment::commercialUse);
        choice(
                "MLX state",
                ConversionState.class,
                "of the model, whatever engine is judged",
                it -> it.model().mlxState());
        choice("Format state", ConversionState.class, "of the format that this engine loads", Assessment::formatState);
        put(words(
                "Compared for",
                Kind.ID,
                true,
                Choice.ids(KindOfWork.class),
                "use that models are compared for; missing where one is given",
                Assessment::comparedFor));
        nullableNumber(
                "Level", "of the model for the use, 0 to 100; missing where nobody tested it", Assessment::level);
        nullableNumber(
                "Level to count on",
                "of it, what can be counted on: less where tests are few, by doubtCounts of Defaults",
                Assessment::levelToCountOn);
        nullableNumber(
                "Level of its like",
                "where its own is missing: the lowest to count on among known models of about its size and time",
                Assessment::levelOfItsLike);
        put(words(
                "Level evidence",
                Kind.ID,
                true,
                List.of("independent", "vendor", "none"),
                "who says how good the model is: independent, vendor or none; missing where one model is given",
                Assessment::levelEvidence));
        nullableNumber(
                "Decode of use (%)",
                "typical, of the speed that the use wants; missing where one model is given",
                Assessment::decodeOfUsePercent);
        ids("Hardware family", "as in the sheet Hardware", it -> it.hardware().family());
        ids("Chip class", "as in the sheet Hardware", it -> it.hardware().chipClass());
        ids("Hardware", "ids of the sheet Hardware", it -> it.hardware().id());
        choice(
                "Memory kind",
                MemoryKind.class,
                "one pool with the CPU, or a card's own",
                it -> it.hardware().memoryKind());
        yesNo("Laptop", "the hardware is mobile", Assessment::isMobile);
        choice("Availability", Availability.class, "of the hardware", Assessment::availability);
        nullableNumber("Lead time (weeks)", "until delivery; missing when not known", Assessment::leadTimeWeeks);
        nullableNumber(
                "Weeks too late",
                Within.ANYTHING,
                "delivery after the date it is needed by; missing when either is not known",
                Assessment::weeksTooLate);
        count("Devices", 1, "of one replica", Assessment::devices);
        count("Replicas", 1, "that the demand needs", Assessment::replicas);
        count("Spare replicas", 0, "that may fail", Assessment::spareReplicas);
        choice("Acquisition", Acquisition.class, "how one comes by the hardware", Assessment::acquisition);
        nullableIds("Offer tier", "of rented hardware, as in the sheet Offers", Assessment::offerTier);
        ids("Engine", "ids of the sheet Engines", it -> it.engine().id());
        choice(
                "Batching",
                Batching.class,
                "how the engine serves several requests",
                it -> it.engine().batching());
        yesNo("Production server", "the engine is made to face customers", Assessment::isProductionServer);
        ids(
                "Quantization",
                "ids of the sheet Quantizations",
                it -> it.quantization().id());
        nullableChoice("Precision", Quality.class, "what the quantization keeps of the quality", Assessment::quality);
        nullableIds(
                "Published precision",
                "that the maker publishes the model in, as in the sheet Models; missing when not known",
                it -> it.model().published().precision());
        choice("Fit", Fit.class, "whether it fits in usable memory", Assessment::fit);
        maybeNumber(
                "Memory headroom (%)",
                Within.ANYTHING,
                "of the usable memory that stays free; missing for a hosted API",
                Assessment::headroomPercent);
        maybeNumber(
                "Decode (tok/s per user)",
                NOT_NEGATIVE,
                "typical, as one user sees it; missing where nobody measured a hosted API",
                Assessment::decodeSpeed);
        nullableChoice(
                "Deadline",
                Fit.class,
                "whether a run is done in time: yes also at the slow end, tight typically; missing without a deadline",
                Assessment::meetsDeadline);
        nullableNumber(
                "Hours per run",
                "typical, of work with an end; missing where it has none, or nobody said how long a run is",
                Assessment::jobHours);
        nullableNumber(
                "Training (tok/s)",
                "tokens a second of a training run; missing where nothing is trained",
                Assessment::trainingSpeed);
        yesNo("Experts on host", "experts stay in the memory of the host", it -> it.expertsOnHostGiB() > 0);
        nullableNumber(
                "Decode of need (%)",
                "typical, of the speed that is asked for; missing when none is", Assessment::decodeOfNeedPercent);
        nullableNumber(
                "Decode of pace (%)",
                "typical, of the speed that the stated use is sized for; missing where no use is stated",
                Assessment::decodeOfPacePercent);
        maybeNumber(
                "TTFT (s)",
                NOT_NEGATIVE,
                "time to first token, typical; missing where nobody measured a hosted API",
                Assessment::timeToFirstToken);
        maybeNumber(
                "TTFT P95 (s)",
                NOT_NEGATIVE,
                "time to first token that 95 % stay under; missing where nobody measured a hosted API",
                Assessment::timeToFirstTokenP95);
        count("Capacity", 0, "requests in flight that one replica carries", Assessment::maxConcurrency);
        number("Load (%)", "of the capacity that is asked for", Assessment::loadPercent);
        choice("Bound by", Bound.class, "what limits the speed", Assessment::boundBy);
        choice("Evidence", EvidenceClass.class, "what the estimate rests on", Assessment::evidence);
        nullableNumber(
                "Budget used (%)",
                "the larger share of purchase and month; missing without a budget for it",
                Assessment::budgetUsedPercent);
        nullableNumber("Purchase (USD)", "at once; missing when no price is known", Assessment::purchaseUsd);
        nullableNumber(
                "Per month (USD)",
                "everything; missing when no price is known",
                it -> it.cost().exactMonthlyUsd());
        nullableNumber("Per run (USD)", "of work with an end; missing where it has none", Assessment::usdPerRun);
        number("Power (W)", "under load, all machines with their hosts", Assessment::powerWatts);
        nullableNumber(
                "Per million tokens (USD)",
                "output tokens at the stated utilization",
                it -> it.cost().usdPerMillionOutputTokens());
        number(
                "Utilization (%)",
                new Within(0, true, 100, true),
                "share of the time that the hardware is busy",
                Assessment::utilizationPercent);
        put(words(
                "Labels",
                Kind.SEVERAL_IDS,
                false,
                List.of(),
                "the requester's own words, in small letters with hyphens; any of the list",
                Assessment::labels));
        several("Team has", "skills of the team; any of the list", Assessment::teamHas);
        several(
                "Team lacks",
                "skills that this candidate asks for and the team has not; any of the list",
                Assessment::teamLacks);
        nullableCount(
                "Skills missing",
                "how many; missing when nobody said what the team knows",
                it -> it.skillsAreKnown() ? (double) it.missingSkills() : null);
        of(Source.REQUEST, "Workload type", "Fine-tuning", "Prompt tokens", "Context tokens", "Labels", "Team has");
        of(Source.MODEL, "Model family", "Mixture of experts", "Licence", "MLX state", "Published precision");
        of(Source.MODEL, "Compared for", "Level", "Level to count on", "Level of its like", "Level evidence");
        of(Source.HARDWARE, "Hardware family", "Chip class", "Hardware", "Memory kind", "Laptop", "Availability");
        of(Source.WAY, "Lead time (weeks)", "Weeks too late", "Acquisition", "Offer tier");
        of(Source.SKILLS, "Team lacks", "Skills missing");
        of(Source.FIT, "Fit");
        of(Source.MONTH, "Per month (USD)");
        of(Source.PAIRING, "Engine", "Batching", "Production server", "Format state", "Quantization", "Precision");
        of(Source.PAIRING, "Devices", "Replicas", "Concurrent per replica", "Capacity", "Load (%)");
        of(
                Source.PAIRING,
                "Memory headroom (%)",
                "Experts on host",
                "TTFT (s)",
                "TTFT P95 (s)",
                "Bound by",
                "Evidence");
        of(Source.PAIRING, "Decode (tok/s per user)", "Decode of need (%)", "Decode of pace (%)", "Decode of use (%)");
    }

    /** Everything else may follow from anything. */
    private static void of(Source source, String... headers) {
        for (String each : headers) {
            put(find(each).orElseThrow().of(source));
        }
    }

    private Vocabulary() {}

    public static List<Column> columns() {
        return List.copyOf(COLUMNS.values());
    }

    /** The column of a header, case, spaces, hyphens and dots aside. */
    public static Optional<Column> find(String header) {
        return Optional.ofNullable(COLUMNS.get(Ids.normalise(header)));
    }

    public static List<String> headers() {
        return COLUMNS.values().stream().map(Column::header).toList();
    }

    private static void number(String header, String note, ToDoubleFunction<Assessment> value) {
        number(header, NOT_NEGATIVE, note, value);
    }

    private static void number(String header, Within possible, String note, ToDoubleFunction<Assessment> value) {
        put(new Column(header, Kind.NUMBER, possible, false, List.of(), note, value::applyAsDouble));
    }

    /** Of what may be no number. */
    private static void maybeNumber(String header, Within possible, String note, ToDoubleFunction<Assessment> value) {
        nullableNumber(header, possible, note, it -> {
            double number = value.applyAsDouble(it);
            return Double.isNaN(number) ? null : number;
        });
    }

    private static void count(String header, int least, String note, ToDoubleFunction<Assessment> value) {
        put(new Column(header, Kind.WHOLE_NUMBER, Within.atLeast(least), false, List.of(), note, value::applyAsDouble));
    }

    private static void nullableNumber(String header, String note, Function<Assessment, @Nullable Double> value) {
        nullableNumber(header, NOT_NEGATIVE, note, value);
    }

    private static void nullableCount(String header, String note, Function<Assessment, @Nullable Double> value) {
        put(new Column(header, Kind.WHOLE_NUMBER, NOT_NEGATIVE, true, List.of(), note, value::apply));
    }

    private static void nullableNumber(
            String header, Within possible, String note, Function<Assessment, @Nullable Double> value) {
        put(new Column(header, Kind.NUMBER, possible, true, List.of(), note, value::apply));
    }

    private static void ids(String header, String note, Function<Assessment, String> value) {
        put(words(header, Kind.ID, false, List.of(), note, value::apply));
    }

    private static void nullableIds(String header, String note, Function<Assessment, @Nullable String> value) {
        put(words(header, Kind.ID, true, List.of(), note, value::apply));
    }

    private static void yesNo(String header, String note, Predicate<Assessment> value) {
        put(words(header, Kind.ID, false, YES_NO, note, it -> value.test(it) ? "yes" : "no"));
    }

    private static void several(String header, String note, Function<Assessment, @Nullable Collection<String>> value) {
        put(words(header, Kind.SEVERAL_IDS, true, Choice.ids(Skill.class), note, value::apply));
    }

    private static <E extends Enum<E>> void choice(
            String header, Class<E> type, String note, Function<Assessment, @Nullable E> value) {
        put(words(header, Kind.ID, false, Choice.ids(type), note, ids(type, value)));
    }

    private static <E extends Enum<E>> void nullableChoice(
            String header, Class<E> type, String note, Function<Assessment, @Nullable E> value) {
        put(words(header, Kind.ID, true, Choice.ids(type), note, ids(type, value)));
    }

    private static <E extends Enum<E>> Function<Assessment, @Nullable Object> ids(
            Class<E> type, Function<Assessment, @Nullable E> value) {
        Map<E, String> ids = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            ids.put(constant, Choice.id(constant));
        }
        return it -> {
            E found = value.apply(it);
            return found == null ? null : ids.get(found);
        };
    }

    private static Column words(
            String header,
            Kind kind,
            boolean mayBeMissing,
            List<String> ids,
            String note,
            Function<Assessment, @Nullable Object> value) {
        return new Column(header, kind, Within.ANYTHING, mayBeMissing, ids, note, value);
    }

    private static void put(Column column) {
        COLUMNS.put(Ids.normalise(column.header()), column);
    }
}
