package quartermaster.modelfile;

import java.util.List;
import quartermaster.catalogue.model.LayerParameters;

/**
 * Attention that keeps one latent for so many tokens together, beside a window of single ones, as DeepSeek-V4 does. Its
 * config says for each layer how many tokens that are: 0 for the window alone.
 */
final class GroupedLatent {
    private static final int ELEMENT_BYTES = 2; // FP16
    private static final int OVERLAPPING =
            4; // tokens of a group whose neighbours overlap with it, and that are looked up
    private static final String COLUMN = "KV cache per token FP16 (bytes)";

    private final ConfigKeys keys;
    private final int hidden;
    private final int heads;
    private final int headDim;
    private final List<Integer> ratios;

    GroupedLatent(ConfigKeys keys, int hidden, int layers) {
        this.keys = keys;
        this.hidden = hidden;
        heads = keys.need("Heads", "num_attention_heads");
        headDim = keys.need("Head dim", "head_dim");
        List<Integer> said = keys.numbers("compress_ratios");
        if (said == null || said.size() < layers) {
            String found = said == null ? "Key compress_ratios is missing" : "Found " + said.size() + " entries";
            keys.report(
                    "missing-key", "compress_ratios", found + "; expected one for each of the " + layers + " layers.");
        }
        ratios = said == null ? List.of() : said.subList(0, Math.min(layers, said.size()));
    }

    /** Layers that keep more than their window. */
    int grouping() {
        return (int) ratios.stream().filter(each -> each > 0).count();
    }

    double parameters() {
        return ratios.stream().mapToDouble(this::parameters).sum();
    }

    /** Of a layer for so many tokens together. */
    private double parameters(int ratio) {
        double attention = LayerParameters.groupedLatent(
                hidden,
                heads,
                headDim,
                keys.need("Head dim", "q_lora_rank"),
                keys.need("Heads", "o_groups"),
                keys.need("Head dim", "o_lora_rank"));
        if (ratio == 0) {
            return attention;
        }
        boolean isLookedUp = ratio == OVERLAPPING;
        double compressor = LayerParameters.compressor(hidden, headDim, isLookedUp);
        return attention + compressor + (isLookedUp ? index() : 0);
    }

    private double index() {
        int indexDim = keys.need("Head dim", "index_head_dim");
        double heads = keys.need("Heads", "index_n_heads");
        return keys.orZero("q_lora_rank") * heads * indexDim
                + hidden * heads
                + LayerParameters.compressor(hidden, indexDim, true);
    }

    long cachePerToken() {
        return Math.round(ratios.stream()
                .filter(each -> each > 0)
                .mapToDouble(each -> (double) headDim * ELEMENT_BYTES / each)
                .sum());
    }

    long windowCeiling(int window) {
        return (long) ratios.size() * headDim * ELEMENT_BYTES * window;
    }

    String formula(int window) {
        StringBuilder formula = new StringBuilder("one latent of " + headDim + " for key and value: ");
        ratios.stream()
                .filter(each -> each > 0)
                .distinct()
                .sorted()
                .forEach(each -> formula.append(
                                ratios.stream().filter(each::equals).count())
                        .append(" x ")
                        .append(headDim)
                        .append(" x 2 B / ")
                        .append(each)
                        .append(" + "));
        formula.setLength(formula.length() - 3);
        keys.derived(COLUMN, "Without the keys of the index.");
        return formula + "; sliding: " + ratios.size() + " x " + headDim + " x 2 B x min(ctx," + window + ")";
    }
}
