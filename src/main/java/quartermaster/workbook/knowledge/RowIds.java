package quartermaster.workbook.knowledge;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import quartermaster.unit.Ids;

/** Ids for rows to come that no row of the sheet has. */
final class RowIds {
    private final Set<String> taken = new HashSet<>(); // normalised

    RowIds(Collection<String> taken) {
        taken.forEach(id -> this.taken.add(Ids.normalise(id)));
    }

    /** {@code llama-bench-1} of "llama-bench.csv": always with a number. */
    String numbered(String source) {
        return next(slug(source.replaceFirst("[.]\\w+$", "")), 1);
    }

    /** {@code groq-qwen3-32b-api} of its parts, with a number from the second on. */
    String of(String... parts) {
        String id = slug(String.join("-", parts));
        return taken.add(Ids.normalise(id)) ? id : next(id, 2);
    }

    private String next(String stem, int first) {
        int number = first;
        while (!taken.add(Ids.normalise(stem + "-" + number))) {
            number++;
        }
        return stem + "-" + number;
    }

    /** A dot stays within numbers: {@code Qwen3.6 27B} is qwen3.6-27b. */
    private static String slug(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("(?<!\\d)[.]|[.](?!\\d)", "-")
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^-|-$", "");
    }
}
