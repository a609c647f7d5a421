package quartermaster.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open model's architecture and terms: one row of the sheet {@code Models}.
 *
 * @param totalParametersB in billions; decides memory
 * @param activeParametersB in billions; what one token passes through
 * @param readParametersB in billions; what decoding one token reads, so without an untied input embedding
 * @param kvBytesPerToken of the layers whose cache grows with the context, at 16 bits per element
 * @param slidingCeilingBytes of all layers with a sliding window once the window is full, at 16 bits per element
 * @param linearStateBytes of all layers with linear attention, constant per sequence
 * @param modalities in words, e.g. {@code text+image+audio in, text out}
 * @param mlxLagDays days from the release to the first conversion; an upper bound where only that is known
 * @param mlxFourBitBytes exact size of the published 4-bit conversion, likewise the others
 */
public record Model(
        @Column("Id") String id,
        @Column("Name") String name,
        @Column("Aliases") List<String> aliases,
        @Column("Family") String family,
        @Column("Licence") String licence,
        @Column("Commercial use") CommercialUse commercialUse,
        @Column("Licence note") @Nullable String licenceNote,
        @Column("Released") @Nullable String released,
        @Column("Total parameters (B)") double totalParametersB,
        @Column("Active parameters (B)") double activeParametersB,
        @Column("Parameters read per token (B)") double readParametersB,
        @Column("Layers") int layers,
        @Column("Hidden size") int hiddenSize,
        @Column("Heads") int heads,
        @Column("KV heads") @Nullable Integer kvHeads,
        @Column("Head dim") @Nullable Integer headDim,
        @Column("Attention") Attention attention,
        @Column("Full-attention layers") int fullLayers,
        @Column("Sliding-window layers") int slidingLayers,
        @Column("Linear layers") int linearLayers,
        @Column("Sliding window (tokens)") @Nullable Integer slidingWindow,
        @Column("KV cache per token FP16 (bytes)") long kvBytesPerToken,
        @Column("Sliding-window ceiling FP16 (bytes)") long slidingCeilingBytes,
        @Column("Linear state (bytes)") long linearStateBytes,
        @Column("Experts") @Nullable Integer experts,
        @Column("Experts per token") @Nullable Integer expertsPerToken,
        @Column("Shared experts") @Nullable Integer sharedExperts,
        @Column("First dense layers") @Nullable Integer firstDenseLayers,
        @Column("Expert intermediate size") @Nullable Integer expertIntermediate,
        @Column("Dense intermediate size") @Nullable Integer denseIntermediate,
        @Column("Vocabulary") int vocabulary,
        @Column("Native context (tokens)") @Nullable Integer nativeContext,
        @Column("Maximum context (tokens)") @Nullable Integer maxContext,
        @Column("Modalities") @Nullable String modalities,
        @Column("Vision") boolean vision,
        @Column("MLX state") ConversionState mlxState,
        @Column("MLX since") @Nullable String mlxSince,
        @Column("MLX lag (days)") @Nullable Double mlxLagDays,
        @Column("MLX 4-bit file (bytes)") @Nullable Long mlxFourBitBytes,
        @Column("MLX 8-bit file (bytes)") @Nullable Long mlxEightBitBytes,
        @Column("MLX bf16 file (bytes)") @Nullable Long mlxSixteenBitBytes,
        @Column("GGUF state") ConversionState ggufState,
        PublishedWeights published,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row)
        implements Named {

    private static final double MOST_OF_THE_PARAMETERS = 0.985;
    private static final int LATENT_HEAD_DIM = 160; // mean of the query-key (192) and value (128) dims of DeepSeek-V3

    public Model {
        aliases = List.copyOf(aliases);
    }

    public boolean isMixtureOfExperts() {
        return experts != null && experts > 1;
    }

    /** Whether it is known to take speech or other sounds. */
    public boolean hears() {
        return modalities != null && modalities.split(" in")[0].contains("audio");
    }

    /** Layers whose feed-forward part is a set of routed experts; some models have them in every other layer only. */
    public int expertLayers() {
        if (!isMixtureOfExperts() || expertParametersPerLayerB() == 0) {
            return 0;
        }
        int behindTheDenseOnes = layers - orZero(firstDenseLayers);
        int thatFit = (int) (totalParametersB * MOST_OF_THE_PARAMETERS / expertParametersPerLayerB());
        return Math.max(1, Math.min(behindTheDenseOnes, thatFit));
    }

    /** Parameters of all routed experts, in billions. */
    public double expertParametersB() {
        return expertLayers() * expertParametersPerLayerB();
    }

    /** Parameters in billions that every token reads: all that {@link #readParametersB} counts but the routed experts. */
    public double denseReadParametersB() {
        double routed = isMixtureOfExperts() ? expertParametersB() * orZero(expertsPerToken) / orZero(experts) : 0;
        return Math.max(readParametersB - routed, 0.1 * readParametersB);
    }

    /** Parameters of the output head, and of an input embedding, in billions. */
    public double headParametersB() {
        return (double) vocabulary * hiddenSize / 1e9;
    }

    /** Input embedding and output head share one matrix: then decoding reads (nearly) all parameters. */
    public boolean tiesEmbeddings() {
        return !isMixtureOfExperts() && totalParametersB - readParametersB < 0.5 * headParametersB();
    }

    public double embeddingParametersB() {
        return headParametersB() * (tiesEmbeddings() ? 1 : 2);
    }

    public int headDimension() {
        if (attention == Attention.LATENT) {
            return LATENT_HEAD_DIM;
        }
        return headDim == null ? hiddenSize / heads : headDim;
    }

    /** KV bytes that the layers with a sliding window add for each token inside the window, at 16 bits per element. */
    public double slidingBytesPerToken() {
        return slidingWindow == null ? 0 : (double) slidingCeilingBytes / slidingWindow;
    }

    private double expertParametersPerLayerB() {
        int width = orZero(expertIntermediate);
        return 3.0 * orZero(experts) * hiddenSize * width / 1e9;
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
