package quartermaster.request;

/** What the model is asked for: how long prompts and answers usually are. */
public enum Use {
    CHAT,
    CODE,
    CODING_AGENTS,
    RETRIEVAL,
    LONG_DOCUMENTS,
    VOICE
}
