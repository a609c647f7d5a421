package quartermaster.modelfile;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.catalogue.model.ParameterCount;

/** Parameters counted tensor by tensor, by the names that llama.cpp gives them. */
final class GgufTensors {
    static final String EMBEDDING = "token_embd.weight";
    static final String HEAD = "output.weight";

    private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d{1,6})\\..*");
    private static final Pattern EXPERTS =
            Pattern.compile(".*_exps(\\..*|$)|blk\\.\\d+\\.ffn_(gate|up|down)\\.\\d+\\.weight");
    private static final Pattern BESIDE = Pattern.compile("(v|a|mm)\\..*");

    private GgufTensors() {}

    /**
     * @param layers of the decoder; further blocks predict further tokens
     * @param usedShare of the routed experts
     */
    static ParameterCount count(GgufHeader header, int layers, double usedShare) {
        double shared = 0;
        double routed = 0;
        double embedding = 0;
        double head = 0;
        double lookup = 0;
        double beside = 0;
        double prediction = 0;
        for (GgufHeader.Tensor tensor : header.tensors()) {
            String name = tensor.name();
            double parameters = tensor.parameters();
            if (name.equals(EMBEDDING)) {
                embedding += parameters;
            } else if (name.equals(HEAD)) {
                head += parameters;
            } else if (name.startsWith("per_layer_token_embd")) {
                lookup += parameters;
            } else if (BESIDE.matcher(name).matches()) {
                beside += parameters;
            } else if (block(name) >= layers) {
                prediction += parameters;
            } else if (EXPERTS.matcher(name).matches()) {
                routed += parameters;
            } else {
                shared += parameters;
            }
        }
        return new ParameterCount(shared, routed, usedShare, embedding, head == 0, lookup, beside, prediction);
    }

    /** The block that a tensor belongs to; -1 where it belongs to none. */
    static int block(String tensor) {
        Matcher matcher = BLOCK.matcher(tensor);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** Empty where there is no such tensor. */
    static List<Long> shape(GgufHeader header, String name) {
        return header.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .map(GgufHeader.Tensor::shape)
                .orElse(List.of());
    }
}
