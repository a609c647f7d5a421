package quartermaster.pricefile;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * What a provider takes for the tokens of one model, as a file says it; each null where it does not.
 *
 * @param provider as people call it
 * @param model as the provider calls it
 * @param inputUsd for a million prompt tokens
 * @param outputUsd for a million tokens written
 * @param cachedInputUsd for a million prompt tokens that were read before
 * @param contextTokens that one request may take
 * @param precision of the weights that are served
 * @param asOf day of the price
 * @param retires the day from which it is no longer served, or a word such as {@code deprecated}
 * @param source where the price was read
 */
public record ApiPrice(
        @Nullable String provider,
        String model,
        @Nullable Double inputUsd,
        @Nullable Double outputUsd,
        @Nullable Double cachedInputUsd,
        @Nullable Integer contextTokens,
        @Nullable String precision,
        @Nullable String asOf,
        @Nullable String retires,
        @Nullable String source,
        @Nullable String note,
        Place at) {
    private static final MathContext NINE_DIGITS = new MathContext(9);

    /**
     * Of a price for one token that for a million, without the traces of binary fractions: 1.5e-07 is 0.15.
     *
     * @param usd null stays null
     */
    static @Nullable Double perMillion(@Nullable Double usd) {
        return usd == null
                ? null
                : (Double) BigDecimal.valueOf(usd)
                        .scaleByPowerOfTen(6)
                        .round(NINE_DIGITS)
                        .doubleValue();
    }
}
