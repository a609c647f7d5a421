package quartermaster.catalogue;

/** What a measurement is about: writing tokens, reading a prompt, serving many at once, or occupied memory. */
public enum Phase {
    DECODE,
    PREFILL,
    SERVE,
    MEMORY
}
