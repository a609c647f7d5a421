package quartermaster.modelfile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.model.ImportedModel;
import quartermaster.catalogue.model.ModelFields;
import quartermaster.json.BadJsonException;
import quartermaster.json.JsonFields;
import quartermaster.json.JsonTree;
import quartermaster.json.ProblemList;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Numbers;

/** Reads a model from its {@code config.json} of the Hugging Face hub; architectures that are not known are refused. */
public final class ModelConfigReader {
    /** Configs that Python writes know {@code NaN} and {@code Infinity}. */
    private static final Pattern CLASS = Pattern.compile("\\w+(For\\w+|Model)");

    /** What to do with an architecture that is not known. */
    static final String BY_HAND = "\nFilled in by hand, its row of the sheet Models needs: "
            + String.join(", ", ModelFields.ESTIMATED_BY)
            + ". A request may bring them as an object instead of the model's name.";

    /** All that the config of a plain dense decoder says; one without a type may say no more. */
    private static final Set<String> PLAIN = Set.of(
            "architectures",
            "attention_bias",
            "attention_dropout",
            "bos_token_id",
            "dtype",
            "eos_token_id",
            "head_dim",
            "hidden_act",
            "hidden_size",
            "initializer_range",
            "intermediate_size",
            "max_position_embeddings",
            "mlp_bias",
            "num_attention_heads",
            "num_hidden_layers",
            "num_key_value_heads",
            "pad_token_id",
            "rms_norm_eps",
            "rope_scaling",
            "rope_theta",
            "tie_word_embeddings",
            "torch_dtype",
            "transformers_version",
            "use_cache",
            "vocab_size");

    private final ProblemList problems = new ProblemList();
    private final JsonFields config;

    private ModelConfigReader(@Nullable Object tree) {
        config = JsonFields.of(tree, "", problems);
    }

    /**
     * The model, or everything that stands in its way.
     *
     * @throws BadJsonException when it is not JSON at all
     */
    public static Imported<@Nullable ImportedModel> read(byte[] json, ModelTerms terms) throws BadJsonException {
        // what is said of keys that do not matter here, such as long templates, is left out
        Object tree = JsonTree.readOfPython(json, "a config", new ProblemList());
        ModelConfigReader reader = new ModelConfigReader(tree);
        ImportedModel model = reader.model(terms);
        return reader.problems.isEmpty() && model != null
                ? new Imported<>(model, List.of())
                : Imported.nothing(reader.problems.toList().stream().distinct().toList());
    }

    private @Nullable ImportedModel model(ModelTerms terms) {
        if (!problems.isEmpty()) {
            return null;
        }
        JsonFields inside = inside();
        ConfigFamily family = family(inside).orElse(null);
        if (family == null) {
            return null;
        }
        ConfigKeys keys = new ConfigKeys(inside, family.defaults());
        ConfigKeys around = new ConfigKeys(outside(), Map.of());
        if (config.value("model_type") instanceof String outer
                && inside != config
                && !ConfigFamily.surrounds(outer)
                && ConfigFamily.find(outer).isEmpty()) {
            keys.assumed(
                    "Total parameters (B)",
                    "Of a " + outer
                            + " the language model is counted, and a vision encoder where the config describes it;"
                            + " other parts are not.");
        }
        if (outside() != config) {
            keys.assumed("Total parameters (B)", "Of a model that also speaks the part that thinks is counted.");
        }
        if (config.value("model_type") == null) {
            keys.assumed("Family", "The config has no model_type; its keys are those of a plain dense decoder.");
        }
        ConfigModel model = new ConfigModel(family, keys, around);
        ModelTerms completed = terms.completed(name(), null, quantization(around, keys));
        return model.model(completed, model.count(), ConversionState.CONVERTIBLE);
    }

    /** The config of the language model, which may stand inside the one of a model that sees. */
    private JsonFields inside() {
        JsonFields config = outside();
        for (String key : List.of("text_config", "llm_config", "language_config")) {
            if (config.value(key) instanceof Map) {
                return config.object(key);
            }
        }
        return config;
    }

    /** The config itself, or the part of a model that also speaks which thinks. */
    private JsonFields outside() {
        return config.value("thinker_config") instanceof Map ? config.object("thinker_config") : config;
    }

    private Optional<ConfigFamily> family(JsonFields inside) {
        Object outer = config.value("model_type");
        Object inner = inside.value("model_type");
        if (outer == null && inside == config) {
            return untyped();
        }
        if (outer instanceof String type
                && !ConfigFamily.surrounds(type)
                && ConfigFamily.find(type).isEmpty()
                && !isKnownInside(inside)) {
            reportUnknown(config, type);
            return Optional.empty();
        }
        Object type = inner == null ? outer : inner;
        Optional<ConfigFamily> found = type instanceof String text ? ConfigFamily.find(text) : Optional.empty();
        if (found.isEmpty() && type instanceof String text) {
            reportUnknown(inner == null ? config : inside, text);
        } else if (found.isEmpty()) {
            config.report("wrong-type", "model_type", "Found " + JsonFields.described(type) + "; expected a text.");
        }
        return found;
    }

    /** Whatever is around it, a language model that is known is one. */
    private boolean isKnownInside(JsonFields inside) {
        return inside != config
                && inside.value("model_type") instanceof String type
                && ConfigFamily.find(type).isPresent();
    }

    /** By its class, or as a plain decoder where it says nothing that such a one would not. */
    private Optional<ConfigFamily> untyped() {
        if (config.value("architectures") instanceof List<?> classes
                && !classes.isEmpty()
                && classes.get(0) instanceof String name
                && CLASS.matcher(name).matches()) {
            Optional<ConfigFamily> found = ConfigFamily.ofClass(name);
            if (found.isEmpty()) {
                reportUnknown(config, name);
            }
            return found;
        }
        String strange = config.names().stream()
                .filter(key -> !key.startsWith("_") && !PLAIN.contains(key))
                .sorted()
                .findFirst()
                .orElse(null);
        if (strange == null && config.value("hidden_size") != null) {
            return ConfigFamily.find("llama");
        }
        String because = strange == null ? "" : " A plain dense decoder, which needs none, has no key " + strange + ".";
        config.report("missing-key", "model_type", "Key model_type is missing." + because);
        return Optional.empty();
    }

    private void reportUnknown(JsonFields at, String type) {
        List<String> known = ConfigFamily.types();
        String meant = Optional.of(type)
                .filter(each -> !isClassOf(each))
                .flatMap(each -> Ids.nearest(each, known))
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
        at.report(
                "unknown-architecture",
                "model_type",
                "Architecture " + type + " is not known." + meant + BY_HAND + "\nKnown: " + String.join(", ", known)
                        + ".");
    }

    /** Whether the config's class is called so too: then it is no slip of another type. */
    private boolean isClassOf(String type) {
        return config.value("architectures") instanceof List<?> classes
                && classes.stream()
                        .map(String::valueOf)
                        .map(name -> name.replaceFirst("(For[A-Z]|LMHead|Model).*", ""))
                        .anyMatch(name -> Ids.normalise(name).equals(Ids.normalise(type)));
    }

    /** The hub's name, e.g. {@code mistralai/Mixtral-8x7B-v0.1}, where the config still has it. */
    private @Nullable String name() {
        boolean said = config.value("_name_or_path") instanceof String path && path.matches("[\\w.-]+/[\\w.-]+");
        return said ? String.valueOf(config.value("_name_or_path")).replaceFirst(".*/", "") : null;
    }

    private static @Nullable String quantization(ConfigKeys around, ConfigKeys keys) {
        Map<?, ?> said = around.object("quantization_config");
        Map<?, ?> inner = said.isEmpty() ? keys.object("quantization_config") : said;
        if (inner.get("quant_method") instanceof String method) {
            return quantized(
                    method + (inner.get("quant_algo") instanceof String algorithm ? " " + algorithm : ""), inner);
        }
        Map<?, ?> mlx = around.object("quantization");
        return mlx.get("bits") instanceof Number ? quantized("MLX", mlx) : null;
    }

    private static String quantized(String method, Map<?, ?> said) {
        return "Published weights are quantized: " + method
                + bits(said).map(each -> ", " + each + " bits").orElse("") + ".";
    }

    /** Of a weight, by whichever key the method has for it; that of the first group where groups differ. */
    private static Optional<String> bits(Map<?, ?> quantization) {
        Object said = Stream.of("bits", "w_bit", "num_bits")
                .map(quantization::get)
                .filter(Number.class::isInstance)
                .findFirst()
                .orElse(null);
        if (said != null) {
            return Optional.of(Numbers.plain(((Number) said).doubleValue()));
        }
        if (Boolean.TRUE.equals(quantization.get("load_in_4bit"))) {
            return Optional.of("4");
        }
        if (Boolean.TRUE.equals(quantization.get("load_in_8bit"))) {
            return Optional.of("8");
        }
        return quantization.get("config_groups") instanceof Map<?, ?> groups
                ? groups.values().stream()
                        .filter(Map.class::isInstance)
                        .map(group -> ((Map<?, ?>) group).get("weights"))
                        .filter(Map.class::isInstance)
                        .flatMap(weights -> bits((Map<?, ?>) weights).stream())
                        .findFirst()
                : Optional.empty();
    }
}
