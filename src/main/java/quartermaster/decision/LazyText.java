package quartermaster.decision;

import java.util.function.Supplier;

/** A text that is put together when somebody reads it. */
record LazyText(Supplier<String> text) {
    @Override
    public String toString() {
        return text.get();
    }
}
