package quartermaster.modelfile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of a model, given where something else is expected. */
public final class MistakenModel {
    private static final int LOOKED_AT = 200_000;
    private static final Pattern KEY_OF_CONFIG = Pattern.compile("\"(?:model_type|architectures)\"\\s*:");
    private static final Pattern KEY_OF_REQUEST = Pattern.compile("\"(?:workload|inlineModel)\"\\s*:");

    /** What other programs write about models and machines, by two keys that only they have beside each other. */
    private static final Map<String, List<Pattern>> OTHER_PROGRAMS = Map.of(
            "gguf-parser",
                    List.of(
                            Pattern.compile("\"estimate\"\\s*:"),
                            Pattern.compile("\"(?:offloadLayers|blockCount)\"\\s*:")),
            "llmfit", List.of(Pattern.compile("\"fit_level\"\\s*:"), Pattern.compile("\"(?:system|run_mode)\"\\s*:")),
            "lm-eval",
                    List.of(
                            Pattern.compile("\"results\"\\s*:"),
                            Pattern.compile("\"(?:n-shot|acc_stderr,none|acc,none)\"\\s*:")));

    private static final Map<String, String> INSTEAD = Map.of(
            "gguf-parser", "\"import-model\" reads the GGUF file itself",
            "llmfit", "\"models --hardware\" lists what a machine can run, and \"estimate\" says how fast",
            "lm-eval", "\"import-quality\" takes its scores as a list of model, benchmark and score");

    private MistakenModel() {}

    /** What to say to somebody who took it for something else; empty where it is none. */
    public static Optional<String> in(byte[] bytes, String name) {
        String head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.UTF_8);
        boolean isConfig = head.stripLeading().startsWith("{")
                && KEY_OF_CONFIG.matcher(head).find()
                && !KEY_OF_REQUEST.matcher(head).find();
        Optional<String> other = OTHER_PROGRAMS.entrySet().stream()
                .filter(each -> head.stripLeading().startsWith("{")
                        && !KEY_OF_REQUEST.matcher(head).find()
                        && each.getValue().stream()
                                .allMatch(key -> key.matcher(head).find()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
        if (other.isPresent()) {
            return other.map(tool ->
                    name + " is a result of " + tool + ", which no command reads as it is: " + INSTEAD.get(tool) + ".");
        }
        return isConfig || head.startsWith("GGUF")
                ? Optional.of(name + " describes a model. \"import-model " + name
                        + "\" makes a row of the sheet Models from it.")
                : Optional.empty();
    }
}
