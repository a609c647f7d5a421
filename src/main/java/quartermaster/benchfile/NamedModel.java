package quartermaster.benchfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model as files and repositories are called: {@code Qwen/Qwen3-8B-AWQ} is Qwen3-8B in AWQ.
 *
 * @param precision the end of the name that says how weights are stored; null where the name does not say
 */
public record NamedModel(@Nullable String name, @Nullable String precision) {
    private static final Pattern FILE = Pattern.compile("(?i)(-\\d{5}-of-\\d{5})?[.](gguf|safetensors)$");
    private static final Pattern PRECISION = Pattern.compile("(?i)(?<name>.+?)[-._:](?:quantized[.])?(?<precision>"
            + "(?:UD-)?I?Q[1-8](?:_\\w+)?|TQ\\d\\w*|B?F16|F32|[BF]P?F?16|FP8(?:-block)?|NVFP4|MXFP[48]\\w*"
            + "|AWQ(?:-\\w+)?|GPTQ(?:-\\w+)?|W\\d+A\\d+|INT[48]"
            + "|(?:mlx-)?\\d-?bit(?:-g\\d+)?|mlx-(?:mx|nv)fp\\d)(?:-dynamic)?");
    private static final Pattern PACKING = Pattern.compile("(?i)[-._](gguf|mlx|hf)$");

    /** @param written a path, the name of a repository or of a file */
    public static NamedModel of(@Nullable String written) {
        if (written == null) {
            return new NamedModel(null, null);
        }
        String called = FILE.matcher(
                        written.strip().replaceFirst("[/\\\\]+$", "").replaceFirst(".*[/\\\\]", ""))
                .replaceFirst("");
        String plain = PACKING.matcher(called).replaceFirst("");
        Matcher matcher = PRECISION.matcher(plain);
        return matcher.matches()
                ? new NamedModel(PACKING.matcher(matcher.group("name")).replaceFirst(""), matcher.group("precision"))
                : new NamedModel(plain, null);
    }
}
