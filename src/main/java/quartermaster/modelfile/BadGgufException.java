package quartermaster.modelfile;

/** A file that is no GGUF file, or one that cannot be trusted. The message says where it stops being so, and why. */
public final class BadGgufException extends Exception {
    private static final long serialVersionUID = 1;

    BadGgufException(String message) {
        super(message);
    }
}
