package quartermaster.request;

/** How one comes by the hardware. */
public enum Acquisition {
    BUY,
    RENT,
    OWNED
}
