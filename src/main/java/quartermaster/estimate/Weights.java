package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.PublishedFile;
import quartermaster.catalogue.Quantization;
import quartermaster.unit.Bytes;

/** How many bytes the weights of a model occupy, and how many of them a step of decoding reads. */
final class Weights {
    private static final double BITS_AT_SIXTEEN = 16;

    private Weights() {}

    /**
     * Size of the weights as stored, all experts included.
     *
     * <p>The published file's size where the catalogue has it; else parameters × bits per weight ÷ 8, embeddings and
     * head at 16 bits for formats that leave them alone. Example: 70.55 billion × 4.80 ÷ 8 = 42.3 GB = 39.4 GiB.
     *
     * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/tools/quantize/README.md">bits per weight,
     *     read 2026-11</a>
     */
    static Bytes stored(Model model, Quantization quantization) {
        Long published = published(model, quantization);
        if (published != null) {
            return new Bytes(published);
        }
        Double beside = bitsBesideExperts(model, quantization);
        double bits = beside == null
                ? linearBits(model, quantization, model.totalParametersB(), model.embeddingParametersB())
                : model.expertParametersB() * quantization.bitsPerWeight()
                        + (model.totalParametersB() - model.expertParametersB()) * beside;
        return Bytes.ofGB(bits / 8);
    }

    /**
     * Bytes of the weights that every token reads: everything but the routed experts and an untied input embedding.
     *
     * <p>Example: Qwen3-30B-A3B at 16 bits: (3.04 − 28.99 × 8 ÷ 128) billion × 2 = 2.46 GB.
     */
    static double readByEveryToken(Model model, Quantization quantization) {
        double parameters = model.denseReadParametersB();
        double head = Math.min(model.headParametersB(), parameters);
        return linearBits(model, quantization, parameters, head) / 8 * 1e9 * scaleToPublished(model, quantization);
    }

    /**
     * Bytes of all routed experts; a step reads the share of them that its batch touches.
     *
     * <p>Example: Qwen3-30B-A3B at 16 bits: 48 × 128 × 3 × 2,048 × 768 × 2 = 57.98 GB.
     */
    static double routedExperts(Model model, Quantization quantization) {
        double bits = model.expertParametersB() * quantization.bitsPerWeight();
        return bits / 8 * 1e9 * scaleToPublished(model, quantization);
    }

    private static double linearBits(Model model, Quantization quantization, double parametersB, double embeddingsB) {
        Double beside = bitsBesideExperts(model, quantization);
        if (beside != null) {
            return parametersB * beside;
        }
        double bits = bitsPerWeight(model, quantization);
        if (!quantization.sixteenBitEmbeddings()) {
            return parametersB * bits;
        }
        double embeddings = Math.min(embeddingsB, parametersB);
        return (parametersB - embeddings) * bits + embeddings * BITS_AT_SIXTEEN;
    }

    private static double bitsPerWeight(Model model, Quantization quantization) {
        Double atLarge = quantization.bitsPerWeightAt70B();
        Double from = quantization.largeFromB();
        return atLarge != null && from != null && model.totalParametersB() >= from
                ? atLarge
                : quantization.bitsPerWeight();
    }

    /** Published files differ a little from the formula (vision parts, mixed layers): reads are scaled alike. */
    private static double scaleToPublished(Model model, Quantization quantization) {
        Long published = published(model, quantization);
        if (published == null) {
            return 1;
        }
        double byFormula = model.totalParametersB() * bitsPerWeight(model, quantization) / 8 * 1e9;
        return Math.min(1.15, Math.max(0.85, published / byFormula));
    }

    private static @Nullable Long published(Model model, Quantization quantization) {
        PublishedFile file = quantization.fileSizeFrom();
        if (file == null) {
            return null;
        }
        return switch (file) {
            case MLX_4BIT -> model.mlxFourBitBytes();
            case MLX_8BIT -> model.mlxEightBitBytes();
        };
    }

    /** Null where everything is stored alike: attention and head of gpt-oss files take more than its experts. */
    private static @Nullable Double bitsBesideExperts(Model model, Quantization quantization) {
        return model.isMixtureOfExperts() ? quantization.bitsBesideExperts() : null;
    }
}
