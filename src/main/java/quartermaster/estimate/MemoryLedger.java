package quartermaster.estimate;

import quartermaster.unit.Bytes;

/**
 * What occupies the memory of one replica, line by line, against what may be occupied.
 *
 * @param weights resident weights, all experts included
 * @param kvCache of the requests in flight
 * @param overhead activations, compute buffers, the engine itself; for training also adapters, gradients, optimizer
 * @param pessimistic what is required when the lines turn out larger than expected
 * @param kvCachePerRequest at the full context of one request
 * @param maxContextTokens the longest context that still fits for one request
 * @param maxSequences requests of this workload that fit at the same time; 0 when not even one does
 * @param companions models that stand beside this one on the same devices
 */
public record MemoryLedger(
        Bytes weights,
        Bytes kvCache,
        Bytes overhead,
        Bytes pessimistic,
        Bytes usable,
        Bytes kvCachePerRequest,
        int maxContextTokens,
        int maxSequences,
        Bytes companions) {
    /** Of what runs on somebody else's machines: nothing is required, and nothing is known. */
    static final MemoryLedger ELSEWHERE =
            new MemoryLedger(Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, 0, 0, Bytes.ZERO);

    /** The same with others on the same devices, in memory that was not counted as usable before. */
    MemoryLedger beside(Bytes others) {
        if (others.equals(Bytes.ZERO)) {
            return this;
        }
        return new MemoryLedger(
                weights,
                kvCache,
                overhead,
                pessimistic.plus(others),
                usable.plus(others),
                kvCachePerRequest,
                maxContextTokens,
                maxSequences,
                others);
    }

    public Bytes required() {
        return new Bytes(requiredCount());
    }

    private long requiredCount() {
        return weights.count() + kvCache.count() + overhead.count() + companions.count();
    }

    /** Share of the usable memory that stays free, in percent; negative when it does not fit, no number elsewhere. */
    public double headroomPercent() {
        if (usable.count() == 0 && equals(ELSEWHERE)) {
            return Double.NaN;
        }
        return usable.count() <= 0 ? -100 : 100.0 * (usable.count() - requiredCount()) / usable.count();
    }

    public Fit fit() {
        if (pessimistic.compareTo(usable) <= 0) {
            return Fit.YES;
        }
        return requiredCount() <= usable.count() ? Fit.TIGHT : Fit.NO;
    }

    /** The line that would have to shrink first, in words. */
    public String largestLine() {
        if (kvCache.compareTo(weights) > 0 && kvCache.compareTo(overhead) > 0) {
            return "KV cache";
        }
        return weights.compareTo(overhead) >= 0 ? "weights" : "working memory";
    }
}
