package quartermaster.modelfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of {@code block_configs}, as a search for an architecture leaves them: some without attention, each with a
 * feed-forward part of its own width.
 *
 * @param kvHeads 0 where the block has no attention
 * @param width 0 where the block has no feed-forward part
 */
record ConfigBlock(int kvHeads, int width) {
    private static final String KEY = "block_configs";
    private static final int MULTIPLE = 256; // widths are rounded up to such

    /** All of them; what they may have besides, and nothing is known of, is reported. */
    static List<ConfigBlock> of(ConfigKeys keys) {
        int heads = keys.need("Heads", "num_attention_heads");
        int hidden = keys.need("Hidden size", "hidden_size");
        List<ConfigBlock> blocks = new ArrayList<>();
        for (Map<?, ?> each : keys.objects(KEY)) {
            Map<?, ?> attention = each.get("attention") instanceof Map<?, ?> said ? said : Map.of();
            Map<?, ?> feedForward = each.get("ffn") instanceof Map<?, ?> said ? said : Map.of();
            boolean attends = !isYes(attention, "no_op");
            boolean feeds = !isYes(feedForward, "no_op");
            if (isYes(attention, "replace_with_linear")
                    || isYes(feedForward, "replace_with_linear")
                    || attends && !(attention.get("n_heads_in_group") instanceof Long)
                    || feeds && !(feedForward.get("ffn_mult") instanceof Number)) {
                String expected = "expected n_heads_in_group or no_op, and ffn_mult or no_op.";
                keys.report("unknown-layer-type", KEY, "Block " + blocks.size() + " has other parts; " + expected);
                return blocks;
            }
            int kvHeads = attends ? heads / Math.max(1, ((Long) attention.get("n_heads_in_group")).intValue()) : 0;
            int width = feeds ? width(((Number) feedForward.get("ffn_mult")).doubleValue(), hidden) : 0;
            blocks.add(new ConfigBlock(kvHeads, width));
        }
        return blocks;
    }

    private static boolean isYes(Map<?, ?> of, String key) {
        return Boolean.TRUE.equals(of.get(key));
    }

    private static int width(double multiplier, int hidden) {
        int exact = (int) (2 * multiplier * hidden / 3);
        return (exact + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    }
}
