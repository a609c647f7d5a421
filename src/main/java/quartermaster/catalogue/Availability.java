package quartermaster.catalogue;

/** Whether something can be had today. {@code PROJECTED} is announced and not sold. */
public enum Availability {
    AVAILABLE,
    CONSTRAINED,
    DISCONTINUED,
    PROJECTED
}
