package quartermaster.catalogue.model;

/**
 * The parameters of a model, by what reads them.
 *
 * @param shared what every token passes: attention, dense feed-forward, shared experts, routers, norms; no embeddings
 * @param routed all routed experts of all layers
 * @param usedShare routed experts that one token passes to all of them, from 0 to 1
 * @param embedding one matrix of vocabulary × hidden size
 * @param tied whether the output head is the input embedding
 * @param lookup tables of which a token reads one row per layer, as embeddings per layer are
 * @param beside what text does not pass: vision and audio encoders
 * @param prediction layers that predict further tokens, used for speculative decoding only
 */
public record ParameterCount(
        double shared,
        double routed,
        double usedShare,
        double embedding,
        boolean tied,
        double lookup,
        double beside,
        double prediction) {

    /** All that a checkpoint holds. */
    public double total() {
        return shared + routed + embeddings() + lookup + beside + prediction;
    }

    /** What one token of text passes through; as usual, all parameters of a model without experts or look-up tables. */
    public double active() {
        return routed == 0 && lookup == 0 ? total() : passed();
    }

    /** What decoding one token reads: of an input embedding that is not the head, too, only one row. */
    public double read() {
        return tied ? passed() : passed() - embedding;
    }

    private double passed() {
        return shared + routed * usedShare + embeddings();
    }

    private double embeddings() {
        return tied ? embedding : 2 * embedding;
    }
}
