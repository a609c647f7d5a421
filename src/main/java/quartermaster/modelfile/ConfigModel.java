package quartermaster.modelfile;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.PublishedWeights;
import quartermaster.catalogue.model.ImportedModel;
import quartermaster.catalogue.model.ParameterCount;

/** Makes a model of the keys of its config; what is wrong with them is reported on the way. */
final class ConfigModel {
    private static final int MOST_LAYERS = 10_000;
    private static final double BILLION = 1e9;

    private final ConfigFamily family;
    private final ConfigKeys keys;
    private final ConfigKeys around;
    private final int hidden;
    private final int layers;
    private final int vocabulary;
    private final boolean tied;
    private final ConfigAttention attention;
    private final ConfigFeedForward feedForward;

    /** @param around the config itself, where the keys are those of the language model inside it */
    ConfigModel(ConfigFamily family, ConfigKeys keys, ConfigKeys around) {
        this.family = family;
        this.keys = keys;
        this.around = around;
        hidden = keys.need("Hidden size", "hidden_size");
        layers = readLayers();
        vocabulary = keys.need("Vocabulary", "vocab_size");
        tied = tied();
        attention = new ConfigAttention(family, keys, hidden, layers);
        feedForward = new ConfigFeedForward(family, keys, hidden, layers);
    }

    int layers() {
        return layers;
    }

    private int readLayers() {
        int said = family.has(ConfigFamily.Trait.ONE_PART_A_LAYER)
                ? LayerPart.of(keys).size()
                : keys.need("Layers", "num_hidden_layers");
        if (said > MOST_LAYERS) {
            String found = "Found " + said + " layers; expected " + MOST_LAYERS + " at most.";
            keys.report("out-of-range", "num_hidden_layers", found);
        }
        return Math.min(MOST_LAYERS, said);
    }

    double usedShare() {
        return feedForward.usedShare();
    }

    /** As the dimensions say. */
    ParameterCount count() {
        double norms = hidden * (2.0 * layers + 1);
        double shared = attention.parameters() + feedForward.sharedParameters(attention) + norms + extras();
        int lookupWidth = keys.orZero("hidden_size_per_layer_input");
        double perLayer = (double) lookupWidth * layers * keys.or(vocabulary, "vocab_size_per_layer_input");
        double perWords = (double) keys.orZero("ngram_vocab_size_base") * keys.orZero("ple_embed_dim");
        double lookup = perLayer + perWords;
        double embedding = (double) vocabulary * hidden;
        double beside = VisionTower.parameters(around.object("vision_config"), hidden);
        ParameterCount count = new ParameterCount(
                shared,
                feedForward.routedParameters(),
                feedForward.usedShare(),
                embedding,
                tied,
                lookup,
                beside,
                prediction());
        explain(count);
        return count;
    }

    /** Gates and projections of embeddings per layer; the parallel streams and low-rank residuals of Gemma 3n. */
    private double extras() {
        double width = keys.orZero("hidden_size_per_layer_input");
        double perLayer = width == 0 ? 0 : layers * (2 * hidden * width + hidden * width);
        double lowRank = 2.0 * layers * hidden * keys.orZero("laurel_rank");
        double streams = Math.max(0, keys.orZero("altup_num_inputs") - 1);
        return perLayer + lowRank + 2 * streams * hidden * hidden;
    }

    private double prediction() {
        Integer said = keys.find("num_nextn_predict_layers", "mtp_num_hidden_layers");
        int count = said == null ? family.defaults().getOrDefault("num_nextn_predict_layers", 0) : said;
        if (!family.has(ConfigFamily.Trait.COUNTS_PREDICTION) || count == 0) {
            if (count > 0) {
                keys.derived(
                        "Total parameters (B)",
                        "Without the " + count + " layer(s) that predict further tokens, as usual in this family.");
            }
            return 0;
        }
        double projection = 2.0 * hidden * hidden;
        return count * (attention.parametersOfFull() + feedForward.parametersOfLast() + projection);
    }

    private void explain(ParameterCount count) {
        String column = "Total parameters (B)";
        keys.derived(column, "Counted from the architecture.");
        if (count.prediction() > 0) {
            keys.derived(
                    column,
                    inBillions(count.prediction()) + " of it predict further tokens; engines load them for"
                            + " speculative decoding only.");
        }
        if (count.beside() > 0) {
            keys.derived(column, inBillions(count.beside()) + " of it are the vision encoder, about.");
        } else if (sees()) {
            keys.assumed(column, "Without the vision encoder, whose dimensions the config does not say.");
        }
        if (!around.object("audio_config").isEmpty()) {
            keys.assumed(column, "Without the audio encoder, whose parameters are not counted.");
        }
        keys.derived("Active parameters (B)", "Counted from the architecture; published figures are often rounded.");
        String read = tied ? "The output head is the input embedding." : "Active parameters without input embedding.";
        keys.derived("Parameters read per token (B)", count.lookup() == 0 ? read : read + " Without look-up tables.");
    }

    /** @param gguf whether there is a GGUF file of it */
    ImportedModel model(ModelTerms terms, ParameterCount count, ConversionState gguf) {
        Integer nativeContext = nativeContext();
        Integer maxContext = maxContext(nativeContext);
        keys.derived("KV cache per token FP16 (bytes)", attention.formula() + ".");
        CommercialUse use = commercialUse(terms);
        assumeStates(gguf);
        Model model = new Model(
                terms.idOrName(),
                terms.nameOrFile(),
                List.of(),
                family.name(),
                terms.licence() == null ? "not said" : terms.licence(),
                use,
                null,
                null,
                billions(count.total()),
                billions(count.active()),
                billions(count.read()),
                layers,
                hidden,
                attention.heads(),
                attention.kvHeadsSaid(),
                attention.headDimSaid(),
                attention.kind(),
                attention.fullLayers(),
                attention.count(LayerKinds.Kind.WINDOW),
                attention.linearLayers(),
                attention.windowSaid(),
                attention.cachePerToken(),
                attention.windowCeiling(),
                attention.linearState(),
                feedForward.expertsSaid(),
                feedForward.usedSaid(),
                feedForward.sharedExpertsSaid(),
                feedForward.firstDense(),
                feedForward.expertWidthSaid(),
                feedForward.denseWidthSaid(),
                vocabulary,
                nativeContext,
                maxContext,
                sees() ? "text+image" : "text",
                sees(),
                ConversionState.CONVERTIBLE,
                null,
                null,
                null,
                null,
                null,
                gguf,
                PublishedWeights.UNKNOWN,
                terms.source(),
                terms.asOf().toString(),
                0);
        return new ImportedModel(
                model, described(terms), keys.derivations().stream().distinct().toList());
    }

    private Map<String, Object> described(ModelTerms terms) {
        Map<String, Object> described = new HashMap<>();
        described.put("KV formula", attention.formula());
        if (terms.note() != null) {
            described.put("Note", terms.note());
        }
        if (attention.isLatent()) {
            described.put("KV lora rank", keys.orZero("kv_lora_rank"));
            described.put("RoPE head dim", keys.orZero("qk_rope_head_dim"));
        }
        return described;
    }

    private boolean sees() {
        return !around.object("vision_config").isEmpty() || family.type().equals("llama4");
    }

    private boolean tied() {
        Boolean said = keys.yesNo("tie_word_embeddings");
        Boolean outside = said == null ? around.yesNo("tie_word_embeddings") : said;
        if (outside == null) {
            String because = "The config has no tie_word_embeddings; " + family.tied() + " is usual for a "
                    + family.type() + ".";
            keys.assumed("Total parameters (B)", because);
        }
        return outside == null ? family.tied() : outside;
    }

    private @Nullable Integer nativeContext() {
        String key = "max_position_embeddings";
        return keys.hasDefault(key) ? (Integer) keys.need("Native context (tokens)", key) : keys.find(key);
    }

    /** Longer than native where the positions are scaled for it. */
    private @Nullable Integer maxContext(@Nullable Integer nativeContext) {
        Integer said = keys.find("model_max_length");
        int longest = Math.max(said == null ? 0 : said, scaledContext());
        if (nativeContext == null || longest <= nativeContext) {
            return nativeContext;
        }
        keys.derived("Maximum context (tokens)", "From " + (said == null ? "rope_scaling" : "model_max_length") + ".");
        return longest;
    }

    private int scaledContext() {
        Map<?, ?> scaling = keys.object(keys.has("rope_scaling") ? "rope_scaling" : "rope_parameters");
        if (scaling.get("factor") instanceof Number factor
                && scaling.get("original_max_position_embeddings") instanceof Number original) {
            return (int) Math.min(Integer.MAX_VALUE, factor.doubleValue() * original.doubleValue());
        }
        return 0;
    }

    private CommercialUse commercialUse(ModelTerms terms) {
        CommercialUse use = terms.commercialUse();
        String because = terms.licence() == null
                ? "The file does not name a licence: read it before you rely on it."
                : "Judged by the licence's name alone: read it before you rely on it.";
        keys.assumed("Commercial use", because);
        return use;
    }

    private void assumeStates(ConversionState gguf) {
        keys.assumed("MLX state", "Whether somebody has converted it is not in the file.");
        if (gguf != ConversionState.BUILT) {
            keys.assumed("GGUF state", "Whether somebody has converted it is not in the file.");
        }
    }

    private static double billions(double parameters) {
        return Math.round(parameters / BILLION * 1e4) / 1e4;
    }

    private static String inBillions(double parameters) {
        return String.format(Locale.ROOT, "%.2f B", parameters / BILLION);
    }
}
