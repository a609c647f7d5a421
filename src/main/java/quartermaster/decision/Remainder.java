package quartermaster.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What some boxes leave of another one. Exact; where conditions combine in so many ways that it would take too long, it
 * says so and claims nothing.
 */
final class Remainder {
    private static final int MOST_STEPS = 200_000;

    private final List<Box> covers;
    private final int atMost;
    private final List<Box> left = new ArrayList<>();
    private int steps;

    private Remainder(Box whole, List<Box> covers, int atMost) {
        this.covers = covers.stream()
                .filter(whole::meets)
                .sorted(Comparator.comparingDouble(Box::size).reversed())
                .toList();
        this.atMost = atMost;
        search(whole, 0);
    }

    /** @param atMost boxes that are looked for; the search ends when so many are found */
    static Remainder of(Box whole, List<Box> covers, int atMost) {
        return new Remainder(whole, covers, atMost);
    }

    /** Boxes that do not meet, each outside of all covers. */
    List<Box> left() {
        return left;
    }

    boolean isNothing() {
        return left.isEmpty() && !gaveUp();
    }

    boolean gaveUp() {
        return steps > MOST_STEPS;
    }

    private void search(Box box, int from) {
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
        for (Box piece : box.minus(covers.get(next))) {
            search(piece, next + 1);
        }
    }
}
