package quartermaster.decision.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What some boxes leave of another one. Exact; where conditions combine in so many ways that it would take too long, it
 * says so and claims nothing.
 */
final class UncoveredRegions {
    private static final int MOST_STEPS = 200_000;

    private final List<RowRegion> covers;
    private final int atMost;
    private final List<RowRegion> left = new ArrayList<>();
    private int steps;

    private UncoveredRegions(RowRegion whole, List<RowRegion> covers, int atMost) {
        this.covers = covers.stream()
                .filter(whole::meets)
                .sorted(Comparator.comparingDouble(RowRegion::size).reversed())
                .toList();
        this.atMost = atMost;
        search(whole, 0);
    }

    /** @param atMost boxes that are looked for; the search ends when so many are found */
    static UncoveredRegions of(RowRegion whole, List<RowRegion> covers, int atMost) {
        return new UncoveredRegions(whole, covers, atMost);
    }

    /** Boxes that do not meet, each outside of all covers. */
    List<RowRegion> left() {
        return left;
    }

    boolean isNothing() {
        return left.isEmpty() && !gaveUp();
    }

    boolean gaveUp() {
        return steps > MOST_STEPS;
    }

    private void search(RowRegion box, int from) {
        steps++;
        if (left.size() >= atMost || gaveUp()) {
            return;
        }
        int next = from;
        while (next < covers.size() && !covers.get(next).meets(box)) {
            next++;
        }
        if (next == covers.size()) {
            left.add(box);
            return;
        }
        for (RowRegion piece : box.minus(covers.get(next))) {
            search(piece, next + 1);
        }
    }
}
