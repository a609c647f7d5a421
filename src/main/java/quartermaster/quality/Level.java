package quartermaster.quality;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Range;

/**
 * How good a model is at a kind of work: points on the scale of its benchmarks, 0 to 100.
 *
 * @param points 10th percentile, median and 90th percentile of what its tests allow
 * @param reach points from the median to either end, also where the scale ends before
 * @param independent whether anybody else than a vendor says so
 * @param tests benchmarks behind it
 * @param thinking whether some of them only tell how it does when it thinks aloud, though that was not asked
 * @param newest day of the newest result; null where none has a date
 * @param sources where the results stand
 */
public record Level(
        Range points,
        double reach,
        boolean independent,
        int tests,
        boolean thinking,
        @Nullable LocalDate newest,
        List<String> sources) {
    public Level {
        sources = List.copyOf(sources);
    }

    /**
     * Points that can be counted on: the middle less a share of the way to the low end. 72 that may be 49, with a share of 1:
     * 49.
     */
    public double toCountOn(double doubt) {
        return Math.max(0, points.typical() - doubt * reach);
    }

    /** The tests do not tell them apart: their ranges overlap. */
    public boolean isAboutEqualTo(Level other) {
        return points.low() <= other.points.high() && other.points.low() <= points.high();
    }
}
