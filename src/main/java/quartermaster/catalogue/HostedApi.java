package quartermaster.catalogue;

/**
 * A model that somebody else serves, paid by the token: a row of the sheet {@code Offers} of kind {@code api}.
 *
 * @param model id in Models
 * @param inputUsd for a million prompt tokens
 * @param outputUsd for a million tokens written
 */
public record HostedApi(
        @Column("Id") String id,
        @Column("Model") String model,
        @Column("Provider") String provider,
        @Column("Input (USD per million tokens): > 0") double inputUsd,
        @Column("Output (USD per million tokens): > 0") double outputUsd,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {

    /** What a month costs. */
    public double monthlyUsd(double inputTokens, double outputTokens) {
        return (inputTokens * inputUsd + outputTokens * outputUsd) / 1e6;
    }
}
