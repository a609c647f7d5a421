package quartermaster.estimate;

import quartermaster.catalogue.Catalogue;

/**
 * What sharing costs: a model on several devices, and a replica among more requests than it has places for.
 *
 * @param splitting exponent of the compute that devices lose which share every layer: 4 count as 4^(1 − 0.2) = 3.03
 * @param sharedReading the same of their bandwidth: 4 read as fast as 4^(1 − 0.17) = 3.16
 * @param sharedExpertsMicroseconds added per layer of experts that many devices share
 * @param sharedExpertsFromDevices how many those are
 * @param pipelining exponent of the time that stages stand idle: 4 stages take 4^0.25 = 1.41 times as long
 * @param fastLinkGBps bandwidth from which a link is fast enough that layers are always shared
 * @param queueAtP95 wait for a place that 95 % stay under, to the usual one
 */
record Losses(
        double splitting,
        double sharedReading,
        double sharedExpertsMicroseconds,
        double sharedExpertsFromDevices,
        double pipelining,
        double fastLinkGBps,
        double queueAtP95) {
    static Losses of(Catalogue catalogue) {
        return new Losses(
                catalogue.number("lossOfSplitting"),
                catalogue.number("lossOfSharedReading"),
                catalogue.number("sharedExpertsMicroseconds"),
                catalogue.number("sharedExpertsFromDevices"),
                catalogue.number("lossOfPipelining"),
                catalogue.number("fastLinkGBps"),
                catalogue.number("queueAtP95"));
    }

    /** Microseconds that a layer of experts costs besides, on so many devices that share it. */
    double expertLayerMicroseconds(int devices) {
        return devices >= sharedExpertsFromDevices ? sharedExpertsMicroseconds : 0;
    }
}
