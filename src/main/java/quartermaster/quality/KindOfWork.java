package quartermaster.quality;

/** What a model is asked for, as tests tell it apart: the uses of a request, and two that only models differ in. */
public enum KindOfWork {
    CHAT,
    CODE,
    CODING_AGENTS,
    RETRIEVAL,
    LONG_DOCUMENTS,
    VOICE,
    REASONING,
    VISION
}
