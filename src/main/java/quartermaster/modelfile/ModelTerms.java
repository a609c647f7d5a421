package quartermaster.modelfile;

import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.CommercialUse;

/**
 * What a model's architecture does not say: its name, its terms and where it comes from.
 *
 * @param id null: from the name
 * @param name null: as the file has it
 * @param fallback a name for what has none itself
 * @param note beside the row
 */
public record ModelTerms(
        @Nullable String id,
        @Nullable String name,
        String fallback,
        @Nullable String licence,
        String source,
        LocalDate asOf,
        @Nullable String note) {
    private static final Pattern FREE = Pattern.compile("apache|\\bmit\\b|bsd|cc-by-4|cc0|openmdw");
    private static final Pattern FORBIDDEN =
            Pattern.compile("-nc\\b|noncommercial|non-commercial|research|mnpl|\\bmrl\\b");

    /**
     * What is known before a file is opened.
     *
     * @param called what the name is taken from where the file has none; null: {@code file}
     */
    public static ModelTerms of(
            String file,
            @Nullable String called,
            @Nullable String id,
            @Nullable String name,
            @Nullable String licence,
            LocalDate asOf) {
        String fallback = (called == null ? file : called)
                .replaceFirst("(?i)[.](json|gguf)$", "")
                .replaceFirst(".*--", ""); // models--Qwen--Qwen3-8B
        return new ModelTerms(id, name, fallback, licence, file, asOf, null);
    }

    /** By the licence's name; under terms that are not known, on conditions that somebody has to read. */
    CommercialUse commercialUse() {
        String text = licence == null ? "" : licence.toLowerCase(Locale.ROOT);
        if (FORBIDDEN.matcher(text).find()) {
            return CommercialUse.NO;
        }
        return FREE.matcher(text).find() && !text.contains("modified") ? CommercialUse.YES : CommercialUse.CONDITIONAL;
    }

    String nameOrFile() {
        return name == null ? fallback : name;
    }

    /** E.g. "Qwen3-30B-A3B" is qwen3-30b-a3b. */
    String idOrName() {
        if (id != null) {
            return id;
        }
        String made = nameOrFile()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
        return made.isEmpty() ? "imported-model" : made;
    }

    /** What the file itself says, where nobody has said otherwise. */
    ModelTerms completed(@Nullable String itsName, @Nullable String itsLicence, @Nullable String text) {
        return new ModelTerms(
                id,
                name == null ? itsName : name,
                fallback,
                licence == null ? itsLicence : licence,
                source,
                asOf,
                note == null ? text : note);
    }
}
