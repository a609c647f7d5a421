package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.WindowPolicy;
import quartermaster.unit.Bytes;

/** How many bytes of keys and values a request holds, by kind of attention and by what the engine keeps. */
final class KvCache {
    static final int BLOCK_TOKENS = 16;
    private static final int WINDOW_PADDING_TOKENS = 256;

    private KvCache() {}

    /**
     * Cache of one sequence at a context.
     *
     * <p>{@code full layers × tokens + windowed layers × kept tokens + linear state}, the bytes per token being
     * 2 (K and V) × KV heads × head dim × bytes per element over the layers of a kind. Example: Llama 3.1 8B at 16
     * bits and 8,192 tokens: 131,072 × 8,192 = 1 GiB. gpt-oss-20b at 131,072 tokens with a padded window:
     * 24,576 × 131,072 + 24,576 × 768 = 3.018 GiB.
     */
    static Bytes ofSequence(Model model, Engine engine, @Nullable Quantization cacheType, double tokens) {
        double full = model.kvBytesPerToken() * tokens;
        double windowed = model.slidingBytesPerToken() * keptInWindow(model, engine, tokens);
        return Bytes.of((full + windowed) * elementScale(cacheType) + model.linearStateBytes());
    }

    /** Bytes of the cache that one step of decoding reads for one sequence: a window is read, not what is kept of it. */
    static double readPerStep(Model model, @Nullable Quantization cacheType, double tokens) {
        int window = model.slidingWindow() == null ? 0 : model.slidingWindow();
        double full = model.kvBytesPerToken() * tokens;
        double windowed = model.slidingBytesPerToken() * Math.min(tokens, window);
        return (full + windowed) * elementScale(cacheType) + model.linearStateBytes();
    }

    /** Tokens that layers with a sliding window keep. Example: 128 and a micro batch of 512 are padded to 768. */
    static double keptInWindow(Model model, Engine engine, double tokens) {
        if (model.slidingWindow() == null || engine.windowPolicy() == WindowPolicy.NONE) {
            return tokens;
        }
        int window = model.slidingWindow();
        if (engine.windowPolicy() == WindowPolicy.EXACT) {
            return Math.min(tokens, window);
        }
        int kept = window + engine.microBatchTokens();
        int padded = (kept + WINDOW_PADDING_TOKENS - 1) / WINDOW_PADDING_TOKENS * WINDOW_PADDING_TOKENS;
        return Math.min(tokens, padded);
    }

    /** Tokens rounded up to whole blocks, as paged engines give them out. */
    static double inBlocks(double tokens) {
        return Math.ceil(tokens / BLOCK_TOKENS) * BLOCK_TOKENS;
    }

    /** Bits per element to 16. */
    private static double elementScale(@Nullable Quantization cacheType) {
        return cacheType == null ? 1 : cacheType.bitsPerWeight() / 16;
    }
}
