package quartermaster.workbook.score;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.HostedApi;

/**
 * Candidates as people call them: "nvidia-h100-sxm-80gb × 2 rent (an-offer) vllm fp8", as previews have it, is "rent 2×
 * NVIDIA H100 SXM 80GB (an-offer), vLLM, fp8", and what is hosted "use Avian (hosted API) for glm-5.2". What the catalogue does
 * not have stays as it is.
 */
record CandidateNames(Catalogue catalogue) implements UnaryOperator<String> {
    private static final Pattern PARTS =
            Pattern.compile("(?:(?<model>\\S+) on )?(?<hardware>\\S+) × (?<devices>\\d+) (?<how>\\S+)"
                    + "(?: \\((?<offer>[^)]*)\\))? (?<engine>\\S+) (?<precision>\\S+)");

    @Override
    public String apply(String candidate) {
        Matcher parts = PARTS.matcher(candidate);
        if (!parts.matches()) {
            return candidate;
        }
        String model = parts.group("model") == null ? "" : " for " + parts.group("model");
        Optional<HostedApi> api = catalogue.hostedApis().stream()
                .filter(each -> each.id().equals(parts.group("hardware")))
                .findFirst();
        if (api.isPresent()) {
            return "use " + api.get().provider() + " (hosted API)" + model;
        }
        String many = parts.group("devices").equals("1") ? "" : parts.group("devices") + "× ";
        return parts.group("how") + " " + many
                + catalogue
                        .findHardware(parts.group("hardware"))
                        .map(Hardware::name)
                        .orElse(parts.group("hardware"))
                + (parts.group("offer") == null ? "" : " (" + parts.group("offer") + ")")
                + model
                + ", "
                + catalogue.findEngine(parts.group("engine")).map(Engine::name).orElse(parts.group("engine")) + ", "
                + parts.group("precision");
    }
}
