package quartermaster.request;

/** How one comes by the hardware. */
public enum Acquisition {
    BUY,
    RENT,
    OWNED,
    /** Nothing is come by: somebody else serves the model, paid by the token. */
    API
}
