package quartermaster.launch;

import java.util.Locale;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;

/** What files and folders of weights are usually called. */
public final class WeightsName {
    private WeightsName() {}

    /** E.g. {@code Qwen3-8B-Q4_K_M}; a file of that name ends in {@code .gguf}. */
    public static String of(Model model, Quantization quantization) {
        String precision = quantization.id();
        boolean gguf = quantization.format().equals("gguf");
        return model.name().replace(' ', '-') + "-" + (gguf ? precision.toUpperCase(Locale.ROOT) : precision);
    }
}
