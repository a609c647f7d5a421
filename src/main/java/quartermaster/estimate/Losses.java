package quartermaster.estimate;

import quartermaster.catalogue.Catalogue;

/**
 * What sharing costs: a model on several devices, and a replica among more requests than it has places for.
 *
 * @param splitting exponent of the compute that devices lose which share every layer: 4 count as 4^(1 − 0.2) = 3.03
 * @param pipelining exponent of the time that stages stand idle: 4 stages take 4^0.25 = 1.41 times as long
 * @param fastLinkGBps bandwidth from which a link is fast enough that layers are always shared
 * @param queueAtP95 wait for a place that 95 % stay under, to the usual one
 */
record Losses(double splitting, double pipelining, double fastLinkGBps, double queueAtP95) {
    static Losses of(Catalogue catalogue) {
        return new Losses(
                catalogue.number("lossOfSplitting"),
                catalogue.number("lossOfPipelining"),
                catalogue.number("fastLinkGBps"),
                catalogue.number("queueAtP95"));
    }
}
