package quartermaster.quality;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;

/**
 * What is known of how good a model is, where several are compared.
 *
 * @param use what for
 * @param level null where no test tells anything for this use
 * @param toCountOn points of the level that can be counted on, by how much doubt counts; null without a level
 * @param ofItsLike lowest points to count on among known models of about its size and time; null where its own is known, or there are
 *     none
 * @param wanted that it must not fall behind; null where nobody asks for one
 * @param wantedToCountOn points of that level that can be counted on; null where nobody asks for one
 * @param tellsApart points that tests tell apart at best
 * @param fastEnough tokens per second that the use wants
 */
public record Grade(
        KindOfWork use,
        @Nullable Level level,
        @Nullable Double toCountOn,
        @Nullable Double ofItsLike,
        @Nullable Level wanted,
        @Nullable Double wantedToCountOn,
        double tellsApart,
        double fastEnough) {

    /** Who says so: {@code independent}, {@code vendor} or {@code none}. */
    public String evidence() {
        return level == null ? "none" : level.independent() ? "independent" : "vendor";
    }

    /** E.g. "67 (60 to 75) of 100 for code", or "not known for code". */
    public String inWords() {
        String what = Choice.id(use).replace('-', ' ');
        return level == null
                ? "not known for " + what
                : String.format(
                        Locale.ROOT,
                        "%.0f (%.0f to %.0f) of 100 for %s",
                        level.points().typical(),
                        level.points().low(),
                        level.points().high(),
                        what);
    }

    /**
     * Whether it is as good as what is wanted, or so near that tests cannot tell; not where nobody tested it. Both count by
     * what can be counted on, as they rank.
     */
    public boolean isGoodEnough() {
        return wantedToCountOn == null || reaches(wantedToCountOn);
    }

    /** Whether as many points can be counted on, or so nearly that tests cannot tell. */
    public boolean reaches(double points) {
        return toCountOn != null && toCountOn >= points - tellsApart;
    }
}
