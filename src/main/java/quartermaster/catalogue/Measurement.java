package quartermaster.catalogue;

import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What somebody measured: one row of the sheet {@code Measurements}.
 *
 * @param hardware id, name or alias, likewise engine, model and quantization
 * @param date of the run, a day, a month or a year; null where the source does not say
 * @param contextTokens already in the cache on average while tokens are written; null means a short context
 * @param concurrency requests at the same time; null while serving means as many as fit
 * @param value tokens per second; of all users together while serving, of one otherwise; GB for memory
 * @param trust A for a harness or an audit, B for one person's runs, C for copies
 * @param whyNot why a row is not used; null when it is
 * @param graded one clean row of its source for this hardware, engine, model and quantization
 */
public record Measurement(
        String id,
        @Nullable String date,
        String hardware,
        int devices,
        String engine,
        @Nullable String engineVersion,
        String model,
        String quantization,
        Phase phase,
        @Nullable Integer promptTokens,
        @Nullable Integer outputTokens,
        @Nullable Integer contextTokens,
        @Nullable Integer concurrency,
        double value,
        String trust,
        boolean include,
        @Nullable String whyNot,
        boolean graded,
        String source,
        int row) {

    private static final double GB_PER_GIB = 1.073741824;

    /**
     * A figure as it is published, in the unit that is kept here.
     *
     * @param unit {@code tokens/s total}, {@code tokens/s per user}, {@code GB peak} or {@code GiB peak}
     */
    public static double inOurUnit(Phase phase, String unit, double published, @Nullable Integer concurrency) {
        int users = concurrency == null ? 1 : Math.max(1, concurrency);
        boolean eachUser = unit.endsWith("per user");
        return switch (phase) {
            case SERVE -> eachUser ? published * users : published;
            case DECODE -> unit.endsWith("total") ? published / users : published;
            case PREFILL -> published;
            case MEMORY -> unit.startsWith("GiB") ? published * GB_PER_GIB : published;
        };
    }

    /** Who published it: the host with owner and repository, e.g. {@code github.com/geerlingguy/ai-benchmarks}. */
    public String publisher() {
        try {
            URI uri = URI.create(source.strip().split("\\s+", 2)[0]);
            if (uri.getHost() == null) {
                return source;
            }
            String path = uri.getPath() == null ? "" : uri.getPath();
            String[] parts = Arrays.stream(path.split("/", -1))
                    .filter(part -> !part.isEmpty())
                    .limit(2)
                    .toArray(String[]::new);
            return parts.length == 0 ? uri.getHost() : uri.getHost() + "/" + String.join("/", parts);
        } catch (IllegalArgumentException e) {
            return source;
        }
    }
}
