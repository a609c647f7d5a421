package quartermaster.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;
import quartermaster.unit.Columns;

/**
 * A model as its own files describe it.
 *
 * @param described columns that describe the model without being part of what is computed with
 * @param derivations what was derived or assumed
 */
public record ImportedModel(Model model, Map<String, Object> described, List<Derivation> derivations) {
    /** The columns of the sheet {@code Models}, in its order. */
    public static final List<String> COLUMNS = List.of(
            "Id",
            "Name",
            "Aliases",
            "Hugging Face id",
            "Family",
            "Licence",
            "Commercial use",
            "Licence note",
            "Released",
            "Total parameters (B)",
            "Active parameters (B)",
            "Parameters read per token (B)",
            "Layers",
            "Hidden size",
            "Heads",
            "KV heads",
            "Head dim",
            "Attention",
            "Full-attention layers",
            "Sliding-window layers",
            "Linear layers",
            "Sliding window (tokens)",
            "KV lora rank",
            "RoPE head dim",
            "KV cache per token FP16 (bytes)",
            "Sliding-window ceiling FP16 (bytes)",
            "Linear state (bytes)",
            "KV formula",
            "Experts",
            "Experts per token",
            "Shared experts",
            "First dense layers",
            "Expert intermediate size",
            "Dense intermediate size",
            "Vocabulary",
            "Native context (tokens)",
            "Maximum context (tokens)",
            "Modalities",
            "Vision",
            "MLX state",
            "MLX since",
            "MLX lag (days)",
            "MLX note",
            "MLX repository",
            "MLX 4-bit file (bytes)",
            "MLX 8-bit file (bytes)",
            "MLX bf16 file (bytes)",
            "GGUF state",
            "Source",
            "As of",
            "Note");

    public ImportedModel {
        described = Map.copyOf(described);
        derivations = List.copyOf(derivations);
    }

    /** Texts and numbers by column, in the sheet's order; empty cells are null. */
    public Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> known = new LinkedHashMap<>(described);
        identity(known);
        architecture(known);
        availability(known);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        COLUMNS.forEach(column -> row.put(column, known.get(column)));
        return row;
    }

    /** As a request names the model's fields, without those that are empty. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        row().forEach((column, value) -> {
            if (value != null) {
                fields.put(Columns.field(column), value);
            }
        });
        return fields;
    }

    private void identity(Map<String, @Nullable Object> row) {
        row.put("Id", model.id());
        row.put("Name", model.name());
        row.put("Aliases", model.aliases().isEmpty() ? null : String.join("; ", model.aliases()));
        row.put("Family", model.family());
        row.put("Licence", model.licence());
        row.put("Commercial use", Choice.id(model.commercialUse()));
        row.put("Licence note", model.licenceNote());
        row.put("Released", model.released());
        row.put("Source", model.source());
        row.put("As of", model.asOf());
    }

    private void architecture(Map<String, @Nullable Object> row) {
        row.put("Total parameters (B)", model.totalParametersB());
        row.put("Active parameters (B)", model.activeParametersB());
        row.put("Parameters read per token (B)", model.readParametersB());
        row.put("Layers", model.layers());
        row.put("Hidden size", model.hiddenSize());
        row.put("Heads", model.heads());
        row.put("KV heads", model.kvHeads());
        row.put("Head dim", model.headDim());
        row.put("Attention", Choice.id(model.attention()));
        row.put("Full-attention layers", model.fullLayers());
        row.put("Sliding-window layers", model.slidingLayers());
        row.put("Linear layers", model.linearLayers());
        row.put("Sliding window (tokens)", model.slidingWindow());
        row.put("KV cache per token FP16 (bytes)", model.kvBytesPerToken());
        row.put("Sliding-window ceiling FP16 (bytes)", model.slidingCeilingBytes());
        row.put("Linear state (bytes)", model.linearStateBytes());
        row.put("Experts", model.experts());
        row.put("Experts per token", model.expertsPerToken());
        row.put("Shared experts", model.sharedExperts());
        row.put("First dense layers", model.firstDenseLayers());
        row.put("Expert intermediate size", model.expertIntermediate());
        row.put("Dense intermediate size", model.denseIntermediate());
        row.put("Vocabulary", model.vocabulary());
        row.put("Native context (tokens)", model.nativeContext());
        row.put("Maximum context (tokens)", model.maxContext());
        row.put("Vision", model.vision() ? "yes" : "no");
    }

    private void availability(Map<String, @Nullable Object> row) {
        row.put("MLX state", Choice.id(model.mlxState()));
        row.put("MLX since", model.mlxSince());
        row.put("MLX lag (days)", model.mlxLagDays());
        row.put("MLX 4-bit file (bytes)", model.mlxFourBitBytes());
        row.put("MLX 8-bit file (bytes)", model.mlxEightBitBytes());
        row.put("MLX bf16 file (bytes)", model.mlxSixteenBitBytes());
        row.put("GGUF state", Choice.id(model.ggufState()));
    }
}
