package quartermaster.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the weights of a model are published; null where nobody knows, and no name is made up then.
 *
 * @param huggingFaceId e.g. {@code Qwen/Qwen3-8B}
 * @param precision of the weights there: {@code bf16}, {@code fp8}, {@code mxfp4}, {@code int4}
 * @param mlxRepository of a conversion for MLX
 * @param ggufRepositories of GGUF files, each with a type that it holds: {@code ggml-org/gpt-oss-20b-GGUF:MXFP4}
 */
public record PublishedWeights(
        @Nullable String huggingFaceId,
        @Nullable String precision,
        @Nullable String mlxRepository,
        List<String> ggufRepositories) {

    public PublishedWeights {
        ggufRepositories = List.copyOf(ggufRepositories);
    }

    public static final PublishedWeights UNKNOWN = new PublishedWeights(null, null, null, List.of());

    /** The repository that holds a file of that type. */
    public Optional<String> ggufRepository(String type) {
        return ggufRepositories.stream()
                .filter(each -> each.toUpperCase(Locale.ROOT).endsWith(":" + type.toUpperCase(Locale.ROOT)))
                .map(each -> each.substring(0, each.lastIndexOf(':')))
                .findFirst();
    }
}
