package quartermaster.estimate.training;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Model;

/**
 * The arithmetic of one token of a training run.
 *
 * @param activeParametersB in billions, that a token passes through
 * @param trainedLayers that have adapters; null for all
 * @param sequenceTokens of one sequence
 */
record TrainingWork(
        double activeParametersB,
        int layers,
        int hiddenSize,
        String method,
        @Nullable Integer trainedLayers,
        double sequenceTokens) {
    private static final double FORWARD = 2; // a multiplication and an addition for each parameter
    private static final double GRADIENTS_OF_ACTIVATIONS = 2;
    private static final double GRADIENTS_OF_WEIGHTS = 2;
    private static final double ATTENTION = 12; // scores and values, forward 4 and back 8, for each hidden unit

    static TrainingWork of(Model model, String method, @Nullable Integer trainedLayers, double sequenceTokens) {
        return new TrainingWork(
                model.activeParametersB(), model.layers(), model.hiddenSize(), method, trainedLayers, sequenceTokens);
    }

    /**
     * FLOP for each parameter: 6 where all are trained; 4 with adapters, which need no gradients of the weights beneath;
     * less where the way back ends at the first of the last layers that have adapters.
     */
    double perParameter() {
        if (method.equals("full")) {
            return FORWARD + GRADIENTS_OF_ACTIVATIONS + GRADIENTS_OF_WEIGHTS;
        }
        double share = trainedLayers == null ? 1 : Math.min(1, trainedLayers / (double) layers);
        return FORWARD + GRADIENTS_OF_ACTIVATIONS * share;
    }

    /**
     * FLOP for each token: those of its parameters, and 12 × layers × hidden size × sequence of attention.
     *
     * <p>Example: LoRA of an 8B at 2,048 tokens: 4 × 8.03 + 12 × 32 × 4,096 × 2,048 ÷ 10⁹ = 32.1 + 3.2 = 35.3 GFLOP.
     */
    double flopPerToken() {
        return perParameter() * activeParametersB * 1e9 + attentionFlop();
    }

    double attentionFlop() {
        return ATTENTION * layers * hiddenSize * sequenceTokens;
    }
}
