package quartermaster.catalogue.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Attention;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.PublishedWeights;
import quartermaster.unit.Columns;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Makes a {@link Model} of its columns, be they cells of the sheet {@code Models} or fields of a request. */
public final class ModelFields {
    /** A model of a quadrillion parameters is one whose parameters were not given in billions. */
    private static final double LARGEST_IN_BILLIONS = 1e6;

    private static final Place.Pointer AT = new Place.Pointer("/workload/model");
    private static final int ELEMENT_BYTES = 2; // FP16

    /** Columns by which a model is estimated, whatever its architecture. */
    public static final List<String> ESTIMATED_BY = List.of(
            "Total parameters (B)",
            "Active parameters (B)",
            "Parameters read per token (B)",
            "Layers",
            "Hidden size",
            "Heads",
            "KV heads",
            "Head dim",
            "Full-attention layers",
            "KV cache per token FP16 (bytes)",
            "Sliding-window ceiling FP16 (bytes)",
            "Linear state (bytes)",
            "Vocabulary",
            "Native context (tokens)");

    /** Columns that describe a model without deciding anything. */
    private static final List<String> DESCRIPTIVE = List.of("KV formula", "MLX note", "Note");

    private final Fields fields;
    private final boolean inline;

    private ModelFields(Fields fields, boolean inline) {
        this.fields = fields;
        this.inline = inline;
    }

    /** A row of the sheet; use the result only if the fields are sound. */
    public static Model fromRow(Fields fields, int row) {
        return new ModelFields(fields, false).model(row);
    }

    /**
     * A model that comes with a request: what is not said follows from the rest. Without problems the value is there.
     *
     * @param given by a column's name in camel case without its unit, e.g. {@code totalParameters}: 8.03
     */
    public static Imported<@Nullable Model> inline(Map<String, Object> given) {
        Map<String, String> names = new HashMap<>();
        given.keySet().forEach(field -> names.putIfAbsent(Ids.normalise(field), field));
        Fields fields = new Fields(new InlineSource(given, names));
        Model model = new ModelFields(fields, true).model(0);
        List<Problem> problems = new ArrayList<>(unknown(fields, given));
        problems.addAll(fields.problems());
        return problems.isEmpty() ? new Imported<>(model, problems) : Imported.nothing(problems);
    }

    private Model model(int row) {
        String id = inline ? fields.textOr("Id", "inline-model") : fields.text("Id");
        String name = inline ? fields.textOr("Name", "inline model") : fields.text("Name");
        double total = parameters("Total parameters (B)");
        int layers = fields.integer("Layers", 1);
        int hidden = fields.integer("Hidden size", 1);
        int heads = fields.integer("Heads", 1);
        Integer kvHeads = fields.integerOrNull("KV heads", 1);
        Integer headDim = fields.integerOrNull("Head dim", 1);
        int vocabulary = fields.integer("Vocabulary", 1);
        int sliding = fields.integerOr("Sliding-window layers", 0, 0);
        int linear = fields.integerOr("Linear layers", 0, 0);
        Integer window = fields.integerOrNull("Sliding window (tokens)", 1);
        double perLayer = 2.0
                * (kvHeads == null ? heads : kvHeads)
                * (headDim == null ? hidden / heads : headDim)
                * ELEMENT_BYTES;
        Attention attention = attention(sliding, linear);
        int full = fullLayers(layers, sliding, linear);
        double active = activeParameters(total, layers, hidden);
        Integer nativeContext = fields.integerOrNull("Native context (tokens)", 1);
        Integer maxContext = fields.integerOrNull("Maximum context (tokens)", 1);
        return new Model(
                id,
                name,
                fields.list("Aliases"),
                textOr("Family", "unknown"),
                textOr("Licence", "not said"),
                choiceOr(CommercialUse.class, "Commercial use", CommercialUse.YES),
                fields.textOrNull("Licence note"),
                fields.textOrNull("Released"),
                total,
                active,
                readParameters(active, vocabulary, hidden),
                layers,
                hidden,
                heads,
                kvHeads,
                headDim,
                attention,
                full,
                sliding,
                linear,
                window,
                growingCache(attention, full, perLayer),
                slidingCeiling(sliding, perLayer, window),
                linearState(linear),
                fields.integerOrNull("Experts", 0),
                fields.integerOrNull("Experts per token", 0),
                fields.integerOrNull("Shared experts", 0),
                fields.integerOrNull("First dense layers", 0),
                fields.integerOrNull("Expert intermediate size", 0),
                fields.integerOrNull("Dense intermediate size", 0),
                vocabulary,
                nativeContext,
                maxContext == null ? nativeContext : maxContext,
                fields.textOrNull("Modalities"),
                fields.yesNoOr("Vision", false),
                choiceOr(ConversionState.class, "MLX state", ConversionState.CONVERTIBLE),
                fields.textOrNull("MLX since"),
                fields.numberOrNull("MLX lag (days)"),
                fields.countOrNull("MLX 4-bit file (bytes)"),
                fields.countOrNull("MLX 8-bit file (bytes)"),
                fields.countOrNull("MLX bf16 file (bytes)"),
                choiceOr(ConversionState.class, "GGUF state", ConversionState.CONVERTIBLE),
                new PublishedWeights(
                        fields.textOrNull("Hugging Face id"),
                        fields.textOrNull("Published precision"),
                        fields.textOrNull("MLX repository"),
                        ggufRepositories()),
                textOr("Source", "the request"),
                textOr("As of", "the request"),
                row);
    }

    private List<String> ggufRepositories() {
        List<String> repositories = fields.list("GGUF repository");
        repositories.stream()
                .filter(each -> !each.matches("[^:\\s]+:[^:\\s]+"))
                .forEach(each -> fields.reportWrong(
                        "no-type", "GGUF repository", each, "must end in a type that it holds, such as :Q4_K_M."));
        return repositories;
    }

    private double parameters(String column) {
        double billions = fields.positive(column);
        if (billions > LARGEST_IN_BILLIONS) {
            fields.reportWrong(
                    "out-of-range", column, billions, "must be in billions.\nMaybe " + billions / 1e9 + " was meant.");
        }
        return billions;
    }

    /** All parameters of a dense model; of a mixture of experts, without the experts that a token does not pass. */
    private double activeParameters(double total, int layers, int hidden) {
        Double said = fields.positiveOrNull("Active parameters (B)");
        int experts = fields.integerOr("Experts", 0, 0);
        if (said != null || experts <= 1) {
            return said == null ? total : said;
        }
        int used = fields.integerOr("Experts per token", 1, 0);
        int width = fields.integerOr("Expert intermediate size", 1, 0);
        if (used == 0 || width == 0) {
            return fields.positive("Active parameters (B)");
        }
        int expertLayers = Math.max(0, layers - fields.integerOr("First dense layers", 0, 0));
        double idle = 3.0 * (experts - used) * hidden * width * expertLayers / 1e9;
        return Math.max(total - idle, total * used / experts);
    }

    /** What decoding reads: all but the input embedding, of which it needs one row. */
    private double readParameters(double active, int vocabulary, int hidden) {
        Double said = fields.positiveOrNull("Parameters read per token (B)");
        double withoutEmbedding = active - (double) vocabulary * hidden / 1e9;
        return said == null ? (withoutEmbedding > 0 ? withoutEmbedding : active) : said;
    }

    private Attention attention(int slidingLayers, int linearLayers) {
        Attention said = fields.choiceOrNull(Attention.class, "Attention");
        if (said != null) {
            return said;
        }
        if (fields.has("KV lora rank")) {
            return Attention.LATENT;
        }
        return linearLayers > 0
                ? Attention.LINEAR_HYBRID
                : slidingLayers > 0 ? Attention.SLIDING_WINDOW : Attention.FULL;
    }

    private int fullLayers(int layers, int sliding, int linear) {
        Integer said = fields.integerOrNull("Full-attention layers", 0);
        if (said == null && sliding + linear > layers) {
            fields.reportWrong(
                    "out-of-range", "Layers", layers, "must be no fewer than the sliding-window and linear layers.");
        }
        return said == null ? Math.max(0, layers - sliding - linear) : said;
    }

    /** {@code layers × 2 (K and V) × kvHeads × headDim × 2 bytes}; a latent cache holds its rank and the RoPE part once. */
    private long growingCache(Attention attention, int fullLayers, double perLayer) {
        Long said = fields.countOrNull("KV cache per token FP16 (bytes)");
        Integer rank = fields.integerOrNull("KV lora rank", 1);
        int rope = fields.integerOr("RoPE head dim", 0, 0);
        if (said != null) {
            return said;
        }
        if (attention == Attention.LATENT) {
            int latent = rank == null ? fields.integer("KV lora rank", 1) : rank;
            return (long) fullLayers * (latent + rope) * ELEMENT_BYTES;
        }
        return Math.round(fullLayers * perLayer);
    }

    private long slidingCeiling(int slidingLayers, double perLayer, @Nullable Integer window) {
        Long said = fields.countOrNull("Sliding-window ceiling FP16 (bytes)");
        if (said != null || slidingLayers == 0) {
            return said == null ? 0 : said;
        }
        int tokens = window == null ? fields.integer("Sliding window (tokens)", 1) : window;
        return Math.round(slidingLayers * perLayer * tokens);
    }

    /** Nothing else tells how large the state of linear attention is, so it must be said. */
    private long linearState(int linearLayers) {
        Long said = fields.countOrNull("Linear state (bytes)");
        if (said == null && linearLayers > 0) {
            fields.text("Linear state (bytes)");
        }
        return said == null ? 0 : said;
    }

    private String textOr(String column, String otherwise) {
        return inline ? fields.textOr(column, otherwise) : fields.text(column);
    }

    private <E extends Enum<E>> E choiceOr(Class<E> type, String column, E otherwise) {
        if (!inline) {
            return fields.choice(type, column);
        }
        E said = fields.choiceOrNull(type, column);
        return said == null ? otherwise : said;
    }

    private static List<Problem> unknown(Fields fields, Map<String, Object> given) {
        Set<String> known = fields.asked().stream().map(Columns::field).collect(Collectors.toCollection(TreeSet::new));
        DESCRIPTIVE.forEach(column -> known.add(Columns.field(column)));
        Set<String> keys = known.stream().map(Ids::normalise).collect(Collectors.toSet());
        return given.keySet().stream()
                .filter(field -> !keys.contains(Ids.normalise(field)))
                .sorted()
                .map(field -> new Problem(
                        "unknown-field", "Field " + field + " is not known." + Ids.hint(field, known), AT.child(field)))
                .toList();
    }

    /** @param names the fields as they are spelt, by their normalised spelling */
    private record InlineSource(Map<String, Object> given, Map<String, String> names) implements Fields.Source {
        @Override
        public @Nullable Object value(String column) {
            return given.get(spelt(column));
        }

        @Override
        public Place place(String column) {
            return AT.child(spelt(column));
        }

        @Override
        public String label(String column) {
            return spelt(column);
        }

        private String spelt(String column) {
            String field = Columns.field(column);
            return names.getOrDefault(Ids.normalise(field), field);
        }
    }
}
