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
 */
record ModelKinds(
        double latentAttention,
        double narrowWidth,
        double referenceWidth,
        double narrowExperts,
        double referenceExperts) {
    /** @param serverEngine continuous batching: the kernels that the factors were measured with */
    static ModelKinds of(Catalogue catalogue, boolean serverEngine) {
        return new ModelKinds(
                serverEngine ? catalogue.number("attentionCost.latent") : 1,
                catalogue.number("prefillNarrowWidth"),
                catalogue.number("prefillReferenceWidth"),
                catalogue.number("prefillNarrowExperts"),
                catalogue.number("prefillReferenceExperts"));
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
