package quartermaster.catalogue;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Ids;
import quartermaster.unit.Records;

/**
 * A model that somebody else serves, paid by the token: a row of the sheet {@code Offers} of kind {@code api}.
 *
 * @param model id in Models
 * @param inputUsd for a million prompt tokens
 * @param cachedInputUsd for a million prompt tokens that were read before; null where there is no such price
 * @param outputUsd for a million tokens written
 * @param contextTokens that one request may take; null where nobody says
 * @param decodeSpeed tokens per second of one request, as measured; null where nobody did
 * @param launch how it is asked, in the order of the sheet {@code Launch}
 * @param timeToFirstTokenSeconds as measured; null where nobody did
 */
public record HostedApi(
        @Column("Id") String id,
        @Column("Model") String model,
        @Column("Provider") String provider,
        @Column("Input (USD per million tokens): > 0") double inputUsd,

        @Column("Cached input (USD per million tokens)") @Nullable
        Double cachedInputUsd,

        @Column("Output (USD per million tokens): > 0") double outputUsd,
        @Column("Context (tokens)") @Nullable Integer contextTokens,
        @Column("Decode (tok/s per request): > 0") @Nullable Double decodeSpeed,
        @Column("TTFT (s): > 0") @Nullable Double timeToFirstTokenSeconds,
        @Column("Source") String source,
        @Column("As of") String asOf,
        List<LaunchStep> launch,
        int row) {

    public HostedApi {
        launch = List.copyOf(launch);
    }

    /** What stands for hardware, engine and precision where nobody says what the provider uses. */
    public static final String KIND = "hosted-api";

    private static final Engine ENGINE = standIn(
            Engine.class,
            Map.of(
                    "id",
                    KIND,
                    "name",
                    "a hosted API",
                    "runsOn",
                    List.of(KIND),
                    "formats",
                    List.of("safetensors"),
                    "efficiencyAs",
                    KIND,
                    "batching",
                    Batching.CONTINUOUS,
                    "multiDevice",
                    MultiDevice.NONE,
                    "windowPolicy",
                    WindowPolicy.values()[0],
                    "productionServer",
                    true));
    private static final Quantization PRECISION = standIn(
            Quantization.class,
            Map.of(
                    "id",
                    "as-served",
                    "name",
                    "as served",
                    "forWeights",
                    true,
                    "format",
                    "any",
                    "engines",
                    List.of(KIND),
                    "arithmetic",
                    Arithmetic.FP16));

    /** What a month costs. */
    public double monthlyUsd(double inputTokens, double cachedTokens, double outputTokens) {
        double cached = cachedInputUsd == null ? inputUsd : cachedInputUsd;
        return ((inputTokens - cachedTokens) * inputUsd + cachedTokens * cached + outputTokens * outputUsd) / 1e6;
    }

    /** Whether somebody means this one: by its id, by its provider, or as any hosted API. */
    public boolean isCalled(String name) {
        String wanted = Ids.normalise(name);
        return isAnyOne(name) || wanted.equals(Ids.normalise(id)) || wanted.equals(Ids.normalise(provider));
    }

    /** Whether that is said of any hosted API. */
    public static boolean isAnyOne(String name) {
        return Ids.normalise(name).equals(Ids.normalise(KIND));
    }

    /** The provider's machines, of which nobody knows anything: what rules and tables see as hardware. */
    public Hardware hardware() {
        return standIn(
                Hardware.class,
                Map.of(
                        "id",
                        id,
                        "name",
                        provider + " (hosted API)",
                        "vendor",
                        provider,
                        "family",
                        KIND,
                        "chipClass",
                        KIND,
                        "memoryKind",
                        MemoryKind.values()[0],
                        "datacentre",
                        true,
                        "linkKind",
                        LinkKind.values()[0],
                        "maxDevicesPerNode",
                        1,
                        "availability",
                        Availability.AVAILABLE));
    }

    public Engine engine() {
        return ENGINE;
    }

    public Quantization precision() {
        return PRECISION;
    }

    /** A record of what is known; all else is empty. */
    static <R extends Record> R standIn(Class<R> type, Map<String, ? extends @Nullable Object> known) {
        return Records.of(type, component -> {
            Object value = known.get(component.getName());
            return value == null ? nothing(component) : value;
        });
    }

    private static @Nullable Object nothing(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isPrimitive()) {
            return type == double.class ? (Object) 0.0 : type == int.class ? (Object) 0 : (Object) false;
        }
        boolean mayBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return mayBeNull ? null : type == List.class ? List.of() : "";
    }
}
