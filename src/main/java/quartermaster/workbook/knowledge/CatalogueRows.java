package quartermaster.workbook.knowledge;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Column;
import quartermaster.catalogue.Default;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.RecordCells;
import quartermaster.catalogue.SpeculativeDecoding;
import quartermaster.catalogue.Spread;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.unit.Fields;
import quartermaster.unit.Numbers;
import quartermaster.unit.Records;
import quartermaster.workbook.read.SheetTable.TableRow;

/** Rows of {@code catalogue.xlsx} as records, by the {@link Column} of each component. */
final class CatalogueRows {

    private static final ClassValue<Map<String, Shape>> SHAPES = new ClassValue<>() {
        @Override
        protected Map<String, Shape> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(each -> each.isAnnotationPresent(Column.class))
                    .collect(Collectors.toMap(RecordComponent::getName, Shape::of));
        }
    };

    private CatalogueRows() {}

    /** What its annotations say of a component; looked at once, since reflection parses them each time. */
    private record Shape(String header, String allowed, boolean maybe) {
        static Shape of(RecordComponent component) {
            return new Shape(
                    RecordCells.header(component),
                    RecordCells.allowed(component),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }
    }

    /** A component without a column is a record of more columns, rows of another sheet, or the row's number. */
    static <R extends Record> R read(Class<R> type, TableRow row) {
        return Records.of(type, component -> {
            Class<?> inner = component.getType();
            return component.isAnnotationPresent(Column.class)
                    ? value(component, row.fields())
                    : inner.isRecord()
                            ? read(inner.asSubclass(Record.class), row)
                            : inner == List.class ? List.of() : (Object) row.number();
        });
    }

    @SuppressWarnings("unchecked") // of a type that is an enum
    private static @Nullable Object value(RecordComponent component, Fields fields) {
        Class<?> type = component.getType();
        Shape shape = SHAPES.get(component.getDeclaringRecord()).get(component.getName());
        String header = shape.header();
        String allowed = shape.allowed();
        boolean maybe = shape.maybe();
        if (type.isEnum()) {
            Class<? extends Enum<?>> constants = (Class<? extends Enum<?>>) type;
            return maybe ? fields.choiceOrNull(constants, header) : fields.choice(constants, header);
        }
        if (type == List.class) {
            return fields.list(header);
        }
        if (type == int.class) {
            return fields.integer(header, allowed.equals("count") ? 0 : 1);
        }
        if (type == Integer.class) {
            return fields.integerOrNull(header, 1);
        }
        if (type == boolean.class || type == String.class) {
            List<String> words = List.of(allowed.split(", "));
            String word = allowed.isEmpty() ? "" : fields.oneOf(words, header);
            return type == boolean.class
                    ? (Object) (allowed.isEmpty() ? fields.yesNo(header) : word.equals(words.get(0)))
                    : !allowed.isEmpty() ? word : maybe ? fields.textOrNull(header) : fields.text(header);
        }
        return switch (allowed) {
            case "> 0" -> maybe ? fields.positiveOrNull(header) : (Double) fields.positive(header);
            case "0 to 1" -> maybe ? fields.shareOrNull(header) : (Double) fields.share(header);
            case "any sign" -> fields.signedOrNull(header);
            default -> maybe ? fields.numberOrNull(header) : (Double) fields.number(header);
        };
    }

    static Hardware hardware(TableRow row) {
        Hardware hardware = read(Hardware.class, row);
        Fields fields = row.fields();
        rising(fields, hardware.priceLowUsd(), hardware.priceHighUsd(), "Price high (USD)");
        rising(fields, hardware.leadTimeLowWeeks(), hardware.leadTimeHighWeeks(), "Lead time high (weeks)");
        return hardware;
    }

    static Spread spread(TableRow row) {
        Spread spread = read(Spread.class, row);
        if (row.fields().has("High multiplier") && spread.high() < 1) {
            row.fields().reportWrong("out-of-range", "High multiplier", spread.high(), "must be at least 1.");
        }
        return spread;
    }

    static SpeculativeDecoding speculativeDecoding(TableRow row) {
        SpeculativeDecoding read = read(SpeculativeDecoding.class, row);
        rising(row.fields(), read.low(), read.factor(), "Factor");
        rising(row.fields(), read.factor(), read.high(), "Factor high");
        return read;
    }

    static Measurement measurement(TableRow row) {
        Fields fields = row.fields();
        Phase phase = fields.choice(Phase.class, "Phase");
        Integer promptTokens = fields.integerOrNull("Prompt tokens", 0);
        Integer outputTokens = fields.integerOrNull("Output tokens", 0);
        Integer concurrency = fields.integerOrNull("Concurrency", 0);
        Double firstTokenMs = fields.numberOrNull("TTFT (ms)"); // tools that did not measure it write 0
        boolean unitOfItsOwn = fields.has("Unit"); // workbooks of before have the unit in the column Metric
        String unit = unitOfItsOwn || fields.has("Metric")
                ? fields.oneOf(Measurement.UNITS, unitOfItsOwn ? "Unit" : "Metric")
                : "";
        return new Measurement(
                fields.text("Id"),
                fields.textOrNull("Date"),
                fields.text("Hardware"),
                fields.integerOr("Devices", 1, 1),
                fields.text("Engine"),
                fields.textOrNull("Engine version"),
                fields.text("Model"),
                fields.text("Quantization"),
                fields.positiveOrNull("Bits per weight"),
                fields.positiveOrNull("Model file (GB)"),
                phase,
                unitOfItsOwn && fields.has("Metric") ? fields.choice(ServingMetric.class, "Metric") : null,
                promptTokens,
                outputTokens,
                fields.shareOrNull("Shortest length (share)"),
                fields.integerOrNull("Context tokens", 0),
                concurrency,
                fields.integerOrNull("Requests", 1),
                fields.positiveOrNull("Request rate (per s)"),
                fields.integerOrNull("Batch wait (steps)", 0),
                fields.integerOr("Replicas", 1, 1),
                Measurement.inOurUnit(phase, unit, fields.positive("Value"), concurrency, promptTokens, outputTokens),
                firstTokenMs == null || firstTokenMs == 0 ? null : firstTokenMs,
                fields.oneOf(List.of("A", "B", "C"), "Trust"),
                fields.yesNo("Include"),
                fields.textOrNull("Why not included"),
                fields.yesNoOr("Graded", false),
                fields.text("Source"),
                row.number());
    }

    static Default defaultValue(TableRow row) {
        Fields fields = row.fields();
        String text = fields.text("Value");
        return new Default(
                fields.text("Name"),
                fields.text("Workload type"),
                text,
                Numbers.parse(text, null).orElse(null),
                fields.textOrNull("Unit"),
                fields.text("Because"),
                fields.text("Source"),
                fields.text("As of"),
                row.number());
    }

    private static void rising(Fields fields, @Nullable Double low, @Nullable Double high, String highColumn) {
        if (low != null && high != null && low > high) {
            fields.reportWrong("out-of-range", highColumn, high, "must not be below the low end.");
        }
    }
}
