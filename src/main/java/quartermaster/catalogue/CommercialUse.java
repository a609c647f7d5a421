package quartermaster.catalogue;

/** What the licence of a model says about use in a business. */
public enum CommercialUse {
    YES,
    CONDITIONAL,
    NO,
    /** Nobody who keeps the catalogue has read it. */
    UNKNOWN
}
