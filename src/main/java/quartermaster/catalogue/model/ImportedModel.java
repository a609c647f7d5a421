package quartermaster.catalogue.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.RecordCells;
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
            "Note",
            "Published precision",
            "GGUF repository");

    public ImportedModel {
        described = Map.copyOf(described);
        derivations = List.copyOf(derivations);
    }

    /** Texts and numbers by column, in the sheet's order; empty cells are null. */
    public Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> known = new LinkedHashMap<>(described);
        known.putAll(RecordCells.of(model));
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
}
