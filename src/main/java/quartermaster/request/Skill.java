package quartermaster.request;

/** What a team knows, as far as it decides about hardware. */
public enum Skill {
    MACOS,
    PYTHON_ML,
    LINUX,
    CUDA,
    KUBERNETES
}
