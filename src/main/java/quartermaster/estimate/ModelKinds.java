package quartermaster.estimate;

import quartermaster.catalogue.Attention;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Model;

/**
 * What kinds of models cost beside what all do.
 *
 * @param latentAttention time to read a latent cache while decoding, to that of keys and values
 * @param narrowWidth hidden size at which matrix units reach half of what they do for the widest models
 * @param referenceWidth hidden size that the constants are stated for
 * @param narrowExperts likewise the intermediate size of one expert
 * @param referenceExperts likewise
 * @param promptLayerMilliseconds in which a layer of a prompt is launched at the earliest, kernel by kernel
 * @param promptLatentLayerMilliseconds the same of a layer with latent attention
 * @param tokenizeMicroseconds in which a token of a prompt is made of text before anything is computed
 * @param besidePrompts how many times as long decoding takes in a step that also reads prompts
 */
record ModelKinds(
        double latentAttention,
        double narrowWidth,
        double referenceWidth,
        double narrowExperts,
        double referenceExperts,
        double promptLayerMilliseconds,
        double promptLatentLayerMilliseconds,
        double tokenizeMicroseconds,
        double besidePrompts) {
    /** @param serverEngine continuous batching: the kernels that the factors were measured with */
    static ModelKinds of(Catalogue catalogue, boolean serverEngine) {
        return new ModelKinds(
                serverEngine ? catalogue.number("attentionCost.latent") : 1,
                catalogue.number("prefillNarrowWidth"),
                catalogue.number("prefillReferenceWidth"),
                catalogue.number("prefillNarrowExperts"),
                catalogue.number("prefillReferenceExperts"),
                serverEngine ? catalogue.number("promptLayerMilliseconds") : 0,
                serverEngine ? catalogue.number("promptLayerMilliseconds.latent") : 0,
                serverEngine ? catalogue.number("tokenizeMicroseconds") : 0,
                serverEngine ? catalogue.number("decodingBesidePrompts") : 1);
    }

    /**
     * Time in which a step with prompts is launched: decoding repeats a recorded graph, prompts of all lengths do not.
     *
     * <p>Example: a 70B of 80 layers at 0.7 ms: 56 ms, however short the prompt and however many the devices.
     */
    double launchSeconds(Model model) {
        boolean latent = model.attention() == Attention.LATENT;
        return model.layers() * (latent ? promptLatentLayerMilliseconds : promptLayerMilliseconds) / 1000;
    }

    /**
     * Time in which the text of a prompt becomes tokens, by a processor of the host, before anything is computed.
     *
     * <p>Example: 8,000 tokens at 2.5 µs: 20 ms.
     */
    double tokenizeSeconds(double promptTokens) {
        return promptTokens * tokenizeMicroseconds * 1e-6;
    }

    double attentionCost(Model model) {
        return model.attention() == Attention.LATENT ? latentAttention : 1;
    }

    /**
     * Compute reached for a model's hidden size, and for that of its experts, to that for the references.
     *
     * <p>{@code d ÷ (d + narrow)} over the same at the reference. Example: 2,048 with 600 and 4,096: 0.887.
     */
    double widthFactor(Model model) {
        double factor = share(model.hiddenSize(), narrowWidth) / share(referenceWidth, narrowWidth);
        Integer width = model.isMixtureOfExperts() ? model.expertIntermediate() : null;
        return width == null ? factor : factor * share(width, narrowExperts) / share(referenceExperts, narrowExperts);
    }

    private static double share(double width, double narrow) {
        return width / (width + narrow);
    }
}
