package quartermaster.request;

/** What the model is asked for: how long prompts and answers usually are. */
public enum Use {
    CHAT,
    CODE,
    RETRIEVAL,
    LONG_DOCUMENTS
}
