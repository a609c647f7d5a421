package quartermaster.benchfile;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands around figures in a terminal's text: devices that were found, the build, and the model in the command.
 *
 * @param names of the devices, one for each
 */
record Printed(
        List<String> names,
        @Nullable String build,
        @Nullable String model) {
    private static final Pattern DEVICE = Pattern.compile(
            "(?m)^\\s*Device \\d+: (.+?)(?:, compute capability.*|, gfx.*|, VMM.*|\\s*\\|.*|\\s+\\(.*)?$"
                    + "|(?:GPU name|picking default device):\\s+(.+?)\\s*$");
    private static final Pattern BUILD = Pattern.compile("(?m)^build: [0-9a-f]+ \\((\\d+)\\)");
    private static final Pattern MODEL = Pattern.compile("(?:^|\\s)(?:-m|--model|-hf|--hf-repo)[ =]([^\\s'\"]+)");

    static Printed around(String text) {
        List<String> names = DEVICE.matcher(text)
                .results()
                .map(found -> (found.group(1) == null ? found.group(2) : found.group(1)).strip())
                .distinct()
                .toList();
        List<String> each = DEVICE.matcher(text)
                .results()
                .filter(found -> found.group(1) != null)
                .map(found -> found.group(1).strip())
                .toList();
        Matcher build = BUILD.matcher(text);
        List<String> models = MODEL.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
        return new Printed(
                each.isEmpty() ? names : each,
                build.find() ? "b" + build.group(1) : null,
                models.size() == 1 ? models.get(0) : null);
    }

    @Nullable
    String hardware() {
        return names.isEmpty() ? null : names.get(0);
    }

    @Nullable
    Integer devices() {
        return names.isEmpty() ? null : names.size();
    }
}
