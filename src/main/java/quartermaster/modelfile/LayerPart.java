package quartermaster.modelfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a layer is that has one part alone: {@code hybrid_override_pattern} has a letter for each, or a list a word. */
enum LayerPart {
    MAMBA('M', "mamba"),
    ATTENTION('*', "attention"),
    DENSE('-', "mlp"),
    EXPERTS('E', "moe");

    private static final String PATTERN = "hybrid_override_pattern";
    private static final String LIST = "layers_block_type";

    private final char letter;
    private final String word;

    LayerPart(char letter, String word) {
        this.letter = letter;
        this.word = word;
    }

    /** The parts in their order; what is no part is reported. */
    static List<LayerPart> of(ConfigKeys keys) {
        List<String> words = keys.texts(LIST);
        String pattern = words == null ? keys.text(PATTERN) : null;
        if (words == null && pattern == null) {
            keys.report("missing-key", PATTERN, "Key " + PATTERN + " is missing.");
            return List.of();
        }
        List<LayerPart> parts = new ArrayList<>();
        if (words != null) {
            words.forEach(each -> add(find(0, each), LIST, each, keys, parts));
        } else {
            for (char each : pattern.toCharArray()) {
                add(find(each, ""), PATTERN, String.valueOf(each), keys, parts);
            }
        }
        return parts;
    }

    private static @Nullable LayerPart find(int letter, String word) {
        for (LayerPart each : values()) {
            if (each.letter == letter || each.word.equals(word)) {
                return each;
            }
        }
        return null;
    }

    private static void add(
            @Nullable LayerPart part, String key, String found, ConfigKeys keys, List<LayerPart> parts) {
        if (part == null) {
            keys.report(
                    "unknown-layer-type",
                    key,
                    "Found a layer \"" + found + "\"; expected M, *, - or E (mamba, attention, mlp or moe).");
        } else {
            parts.add(part);
        }
    }
}
