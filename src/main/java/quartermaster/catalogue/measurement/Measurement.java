package quartermaster.catalogue.measurement;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody measured: one row of the sheet {@code Measurements}.
 *
 * @param hardware id, name or alias, likewise engine, model and quantization
 * @param date of the run, a day, a month or a year; null where the source does not say
 * @param shortestShare of the stated lengths, from which to the whole a run drew them evenly; null where all are alike
 * @param contextTokens already in the cache on average while tokens are written; null means a short context
 * @param concurrency requests at the same time; null while serving means as many as fit
 * @param bitsPerWeight of the file that was run, likewise its size; null where not published
 * @param metric what was done while serving; null in other phases
 * @param requests sent in the whole run; null where not published
 * @param requestsPerSecond that arrived, where requests came at a rate
 * @param batchWaitSteps for which the server was set to let a prompt wait for others, while the rest decodes; null for none
 * @param replicas that served side by side on the devices
 * @param value tokens per second; written ones of all users together while serving, of one otherwise; GB for memory
 * @param timeToFirstTokenMs mean or median, as published
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
        @Nullable Double bitsPerWeight,
        @Nullable Double fileGB,
        Phase phase,
        @Nullable ServingMetric metric,
        @Nullable Integer promptTokens,
        @Nullable Integer outputTokens,
        @Nullable Double shortestShare,
        @Nullable Integer contextTokens,
        @Nullable Integer concurrency,
        @Nullable Integer requests,
        @Nullable Double requestsPerSecond,
        @Nullable Integer batchWaitSteps,
        int replicas,
        double value,
        @Nullable Double timeToFirstTokenMs,
        String trust,
        boolean include,
        @Nullable String whyNot,
        boolean graded,
        String source,
        int row) {

    private static final double GB_PER_GIB = 1.073741824;

    /** Units that figures are published in: speeds of written tokens, or of read and written ones, and memory. */
    public static final List<String> UNITS =
            List.of("tokens/s total", "tokens/s total in plus out", "tokens/s per user", "GB peak", "GiB peak");

    /**
     * A figure as it is published, in the unit that is kept here.
     *
     * @param unit one of {@link #UNITS}; anything else counts as tokens a second of what the phase is about
     * @param promptTokens of a request, likewise those that it writes: where both were counted, they say what was written
     */
    public static double inOurUnit(
            Phase phase,
            String unit,
            double published,
            @Nullable Integer concurrency,
            @Nullable Integer promptTokens,
            @Nullable Integer outputTokens) {
        int users = concurrency == null ? 1 : Math.max(1, concurrency);
        boolean eachUser = unit.endsWith("per user");
        return switch (phase) {
            case SERVE -> {
                double all = eachUser ? published * users : published;
                yield unit.endsWith("in plus out") && promptTokens != null && outputTokens != null
                        ? all * outputTokens / (promptTokens + outputTokens)
                        : all;
            }
            case DECODE -> unit.endsWith("per user") || !unit.contains("total") ? published : published / users;
            case PREFILL, TTFT -> published;
            case MEMORY -> unit.startsWith("GiB") ? published * GB_PER_GIB : published;
        };
    }

    /** Whether it is the architect's own: its source is no page of the web. */
    public boolean isOwn() {
        return isOwn(source);
    }

    public static boolean isOwn(String source) {
        return !source.strip().toLowerCase(Locale.ROOT).startsWith("http") && !source.contains("://");
    }

    /** Who published it: the host with owner and repository, e.g. {@code github.com/geerlingguy/ai-benchmarks}. */
    public String publisher() {
        return publisher(source);
    }

    public static String publisher(String source) {
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
