package quartermaster.request;

/** What kind of work the hardware is for. */
public enum WorkloadType {
    EVALUATION,
    FINE_TUNING,
    INTERNAL_TOOL,
    BATCH,
    PRODUCTION
}
