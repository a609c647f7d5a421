package quartermaster.estimate;

/**
 * How much a request asks for, counted before anything is estimated.
 *
 * @param candidates that were named, or that the catalogue offers
 * @param variants of them that are held and judged together, at most: each engine, precision, way to come by it and count
 *     of devices that is left open
 */
public record Extent(int candidates, long variants) {
    /** Of a request that cannot be understood. */
    static final Extent NOTHING = new Extent(0, 0);
}
