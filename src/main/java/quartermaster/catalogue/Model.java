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
 * @param mlxLagDays days from the release to the first conversion; an upper bound where only that is known
 * @param mlxFourBitBytes exact size of the published 4-bit conversion, likewise the others
 */
public record Model(
        String id,
        String name,
        List<String> aliases,
        String family,
        String licence,
        CommercialUse commercialUse,
        @Nullable String licenceNote,
        @Nullable String released,
        double totalParametersB,
        double activeParametersB,
        double readParametersB,
        int layers,
        int hiddenSize,
        int heads,
        @Nullable Integer kvHeads,
        @Nullable Integer headDim,
        Attention attention,
        int fullLayers,
        int slidingLayers,
        int linearLayers,
        @Nullable Integer slidingWindow,
        long kvBytesPerToken,
        long slidingCeilingBytes,
        long linearStateBytes,
        @Nullable Integer experts,
        @Nullable Integer expertsPerToken,
        @Nullable Integer sharedExperts,
        @Nullable Integer firstDenseLayers,
        @Nullable Integer expertIntermediate,
        @Nullable Integer denseIntermediate,
        int vocabulary,
        @Nullable Integer nativeContext,
        @Nullable Integer maxContext,
        boolean vision,
        ConversionState mlxState,
        @Nullable String mlxSince,
        @Nullable Double mlxLagDays,
        @Nullable Long mlxFourBitBytes,
        @Nullable Long mlxEightBitBytes,
        @Nullable Long mlxSixteenBitBytes,
        ConversionState ggufState,
        String source,
        String asOf,
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
