package quartermaster.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to store weights or KV cache in fewer bits: one row of the sheet {@code Quantizations}.
 *
 * @param forWeights false for types of the KV cache
 * @param format {@code gguf}, {@code mlx}, {@code safetensors} or {@code any}
 * @param engines ids of the engines that load it
 * @param bitsPerWeight effective, with scales
 * @param bitsPerWeightAt70B the same for large models, whose embeddings weigh less; null where not known
 * @param largeFromB parameters, in billions, from which a model is large in that sense
 * @param bitsBesideExperts of what is no routed expert, in a mixture of experts; null where all is stored alike
 * @param fileSizeFrom the column of {@code Models} that knows the size of the published file; null where none does
 * @param sixteenBitEmbeddings embeddings and output head stay at 16 bits
 * @param onlyModelFamilies model ids or families that exist in it; empty means any
 * @param arithmetic what matrix units compute in, on the chip classes of {@code nativeChips}
 * @param nativeChips families, generations or chip classes that compute in it
 * @param loadableOn families, generations or chip classes that can load it at all; empty means any
 * @param shareOfEightBitPeak of a chip's 8-bit peak that is reached, to what 16 bits reach of theirs, where a server
 *     computes in it; null where it computes in 16 bits
 * @param considered when a request does not name a precision
 */
public record Quantization(
        String id,
        String name,
        List<String> aliases,
        boolean forWeights,
        String format,
        List<String> engines,
        double weightBits,
        double bitsPerWeight,
        @Nullable Double bitsPerWeightAt70B,
        @Nullable Double largeFromB,
        @Nullable Double bitsBesideExperts,
        @Nullable PublishedFile fileSizeFrom,
        boolean sixteenBitEmbeddings,
        List<String> onlyModelFamilies,
        Arithmetic arithmetic,
        @Nullable Double shareOfEightBitPeak,
        List<String> nativeChips,
        List<String> loadableOn,
        @Nullable Quality quality,
        @Nullable Double perplexityChange,
        boolean considered,
        String source,
        String asOf,
        int row)
        implements Named {

    public Quantization {
        aliases = List.copyOf(aliases);
        engines = List.copyOf(engines);
        onlyModelFamilies = List.copyOf(onlyModelFamilies);
        nativeChips = List.copyOf(nativeChips);
        loadableOn = List.copyOf(loadableOn);
    }

    public boolean computesNativelyOn(Hardware hardware) {
        return arithmetic != Arithmetic.FP16 && hardware.isOneOf(nativeChips);
    }

    public boolean loadsOn(Hardware hardware) {
        return loadableOn.isEmpty() || hardware.isOneOf(loadableOn);
    }

    public boolean existsFor(Model model) {
        return onlyModelFamilies.isEmpty()
                || onlyModelFamilies.contains(model.family())
                || onlyModelFamilies.stream().anyMatch(model.id()::startsWith);
    }
}
