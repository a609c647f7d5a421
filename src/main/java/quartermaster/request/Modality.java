package quartermaster.request;

/** What a model has to read. */
public enum Modality {
    TEXT,
    IMAGE,
    AUDIO
}
