package quartermaster.modelfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the data of a GGUF file.
 *
 * @param keys texts, {@code Long}s, {@code Double}s, truth values, lists of numbers, and {@link Length} for longer lists
 * @param bytes how long it is itself
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
record GgufHeader(Map<String, Object> keys, List<Tensor> tensors, long bytes) {
    /** Of a list whose entries are not kept. */
    record Length(long entries) {}

    /** @param shape the fastest dimension first */
    record Tensor(String name, List<Long> shape) {
        Tensor {
            shape = List.copyOf(shape);
        }

        double parameters() {
            double product = 1;
            for (long dimension : shape) {
                product *= dimension;
            }
            return product;
        }
    }

    GgufHeader {
        keys = Map.copyOf(keys);
        tensors = List.copyOf(tensors);
    }

    @Nullable
    String text(String key) {
        return keys.get(key) instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    @Nullable
    Long number(String key) {
        return keys.get(key) instanceof Long number ? number : null;
    }

    /** One header for a model whose tensors lie in several files. */
    static GgufHeader joined(List<GgufHeader> parts) {
        Map<String, Object> keys = new LinkedHashMap<>();
        List<Tensor> tensors = new ArrayList<>();
        long bytes = 0;
        for (GgufHeader part : parts) {
            part.keys.forEach(keys::putIfAbsent);
            tensors.addAll(part.tensors);
            bytes += part.bytes;
        }
        return new GgufHeader(keys, tensors, bytes);
    }
}
