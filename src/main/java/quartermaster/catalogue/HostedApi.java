package quartermaster.catalogue;

/**
 * A model that somebody else serves, paid by the token: a row of the sheet {@code Offers} of kind {@code api}.
 *
 * @param model id in Models
 * @param inputUsd for a million prompt tokens
 * @param outputUsd for a million tokens written
 */
public record HostedApi(
        String id,
        String model,
        String provider,
        double inputUsd,
        double outputUsd,
        String source,
        String asOf,
        int row) {

    /** What a month costs. */
    public double monthlyUsd(double inputTokens, double outputTokens) {
        return (inputTokens * inputUsd + outputTokens * outputUsd) / 1e6;
    }
}
