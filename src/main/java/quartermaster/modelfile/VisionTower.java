package quartermaster.modelfile;

import java.util.Map;
import java.util.Set;

/** The vision encoder beside a language model, about: encoders differ in small parts, and are small themselves. */
final class VisionTower {
    /** Encoders whose feed-forward part has a gate. */
    private static final Set<String> GATED = Set.of("gemma4_vision", "qwen2_5_vl", "pixtral");

    private VisionTower() {}

    /**
     * {@code layers × (4 × width² + matrices × width × intermediate)}, and patches, positions and the projection.
     *
     * <p>Example (Qwen3.5 27B): 27 × (4 × 1,152² + 2 × 1,152 × 4,304) + 1,152 × (3 × 16² × 2 + 2,304) + 4,608 × (4,608 +
     * 5,120) = 460,320,768.
     *
     * @param config of the encoder; empty where there is none
     * @param hidden size of the language model
     * @return 0 where the config does not say enough
     */
    static double parameters(Map<?, ?> config, int hidden) {
        double layers = first(config, "depth", "num_hidden_layers", "vt_num_hidden_layers");
        double width = first(config, "embed_dim", "vt_hidden_size", "hidden_size");
        double ratio = first(config, "mlp_ratio");
        double said = first(config, "intermediate_size", "vt_intermediate_size");
        double intermediate = said == 0 ? ratio * width : said;
        if (layers == 0 || width == 0 || intermediate == 0) {
            return 0;
        }
        int matrices = config.get("model_type") instanceof String type && GATED.contains(type) ? 3 : 2;
        double encoder = layers * (4 * width * width + matrices * width * intermediate);
        return encoder + patches(config, width) + projection(config, width, hidden);
    }

    private static double patches(Map<?, ?> config, double width) {
        double patch = first(config, "patch_size");
        double image = first(config, "image_size");
        double frames = Math.max(1, first(config, "temporal_patch_size"));
        double along = 2 * first(config, "position_embedding_size");
        double across = first(config, "num_position_embeddings");
        double grid = patch == 0 ? 0 : image / patch * image / patch;
        double positions = along > 0 ? along : across > 0 ? across : grid;
        return width * (3 * patch * patch * frames + positions);
    }

    /** From the encoder's width to the language model's, over merged patches where there are such. */
    private static double projection(Map<?, ?> config, double width, int hidden) {
        double side = first(config, "spatial_merge_size");
        double merged = width * side * side;
        return side == 0 ? width * hidden : merged * (merged + hidden);
    }

    private static double first(Map<?, ?> config, String... keys) {
        for (String key : keys) {
            if (config.get(key) instanceof Number number && number.doubleValue() > 0) {
                return number.doubleValue();
            }
        }
        return 0;
    }
}
