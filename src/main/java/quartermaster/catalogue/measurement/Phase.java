package quartermaster.catalogue.measurement;

/**
 * What a measurement is about: writing tokens, reading a prompt, serving many at once, the time to the first token, or
 * occupied memory.
 */
public enum Phase {
    DECODE,
    PREFILL,
    SERVE,
    TTFT,
    MEMORY
}
