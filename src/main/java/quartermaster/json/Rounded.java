package quartermaster.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Bytes;

/** Numbers as readers want them, without digits that nobody knows. */
final class Rounded {
    private static final int FIGURES = 4;

    private Rounded() {}

    /** To so many decimals; null where there is no finite number. */
    static @Nullable BigDecimal to(int decimals, @Nullable Double number) {
        if (number == null || !Double.isFinite(number)) {
            return null;
        }
        return BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    /** Four figures, but never less than the whole number: 0.01234, 12.35, 12346. */
    static @Nullable BigDecimal figures(@Nullable Double number) {
        if (number == null || !Double.isFinite(number)) {
            return null;
        }
        BigDecimal exact = BigDecimal.valueOf(number);
        int whole = exact.precision() - exact.scale();
        return exact.round(new MathContext(Math.max(FIGURES, whole), RoundingMode.HALF_EVEN));
    }

    static @Nullable BigDecimal gib(Bytes bytes) {
        return to(2, bytes.gib());
    }

    static @Nullable BigDecimal usd(@Nullable Double usd) {
        return to(2, usd);
    }

    /** To the cent, or finer where a cent is much: $0.0043 for a million tokens. */
    static @Nullable BigDecimal smallUsd(@Nullable Double usd) {
        return usd != null && usd < 0.1 ? to(4, usd) : usd(usd);
    }
}
