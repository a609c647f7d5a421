package quartermaster.decision;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.ConversionState;

/** Of what rules judge: the model, and what is published of it. */
public interface ModelFacts extends DeploymentFacts {
    default boolean isMixtureOfExperts() {
        return model().isMixtureOfExperts();
    }

    default @Nullable Integer modelMaxContext() {
        return model().maxContext();
    }

    default @Nullable Integer modelNativeContext() {
        return model().nativeContext();
    }

    default Object licenceNoteInWords() {
        return new LazyText(() -> model().licenceNote() == null ? "" : ": " + model().licenceNote());
    }

    default Object mlxLagInWords() {
        return new LazyText(() -> {
            Double lag = model().mlxLagDays();
            return lag == null ? "" : String.format(Locale.ROOT, "; the first one took %.0f days", lag);
        });
    }

    default CommercialUse commercialUse() {
        return model().commercialUse();
    }

    /** State of the format that this engine loads; safetensors are what a model is published in. */
    default ConversionState formatState() {
        if (isTraining()) {
            return ConversionState.BUILT; // tools read the published weights, and pack them themselves
        }
        return switch (quantization().format()) {
            case "mlx" -> model().mlxState();
            case "gguf" -> model().ggufState();
            default ->
                switch (engine().formats().get(0)) {
                    case "mlx" -> model().mlxState();
                    case "safetensors" -> ConversionState.BUILT;
                    default -> model().ggufState();
                };
        };
    }

    default @Nullable Double mlxLagDays() {
        return model().mlxLagDays();
    }
}
