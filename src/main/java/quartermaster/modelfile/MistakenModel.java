package quartermaster.modelfile;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of a model, given where something else is expected. */
public final class MistakenModel {
    private static final int LOOKED_AT = 200_000;
    private static final Pattern KEY_OF_CONFIG = Pattern.compile("\"(?:model_type|architectures)\"\\s*:");
    private static final Pattern KEY_OF_REQUEST = Pattern.compile("\"(?:workload|inlineModel)\"\\s*:");

    private MistakenModel() {}

    /** What to say to somebody who took it for something else; empty where it is none. */
    public static Optional<String> in(byte[] bytes, String name) {
        String head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.UTF_8);
        boolean isConfig = head.stripLeading().startsWith("{")
                && KEY_OF_CONFIG.matcher(head).find()
                && !KEY_OF_REQUEST.matcher(head).find();
        return isConfig || head.startsWith("GGUF")
                ? Optional.of(name + " describes a model. \"import-model " + name
                        + "\" makes a row of the sheet Models from it.")
                : Optional.empty();
    }
}
