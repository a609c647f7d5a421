package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * Where the weights of a model are published; null where nobody knows, and no name is made up then.
 *
 * @param huggingFaceId e.g. {@code Qwen/Qwen3-8B}
 * @param precision of the weights there: {@code bf16}, {@code fp8}, {@code mxfp4}, {@code int4}
 * @param mlxRepository of a conversion for MLX
 * @param ggufRepository of GGUF files
 */
public record PublishedWeights(
        @Column("Hugging Face id") @Nullable String huggingFaceId,
        @Column("Published precision") @Nullable String precision,
        @Column("MLX repository") @Nullable String mlxRepository,
        @Column("GGUF repository") @Nullable String ggufRepository) {

    public static final PublishedWeights UNKNOWN = new PublishedWeights(null, null, null, null);
}
