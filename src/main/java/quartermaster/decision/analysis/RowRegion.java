package quartermaster.decision.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What a row matches: for each column the parts of its values; a point lies in it that lies in all of them. */
record RowRegion(List<BitSet> sides) {
    RowRegion {
        sides = List.copyOf(sides);
    }

    boolean isEmpty() {
        return sides.stream().anyMatch(BitSet::isEmpty);
    }

    boolean meets(RowRegion other) {
        for (int i = 0; i < sides.size(); i++) {
            if (!sides.get(i).intersects(other.sides.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean contains(RowRegion other) {
        for (int i = 0; i < sides.size(); i++) {
            if (!without(other.sides.get(i), sides.get(i)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** How many points lie in it. */
    double size() {
        return sides.stream().mapToDouble(BitSet::cardinality).reduce(1, (one, other) -> one * other);
    }

    RowRegion and(RowRegion other) {
        List<BitSet> both = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            both.add(both(sides.get(i), other.sides.get(i)));
        }
        return new RowRegion(both);
    }

    /** What is left of it without the other, as boxes that do not meet. */
    List<RowRegion> minus(RowRegion other) {
        if (!meets(other)) {
            return List.of(this);
        }
        List<RowRegion> left = new ArrayList<>();
        List<BitSet> rest = new ArrayList<>(sides);
        for (int i = 0; i < rest.size(); i++) {
            BitSet outside = without(rest.get(i), other.sides.get(i));
            if (!outside.isEmpty()) {
                List<BitSet> piece = new ArrayList<>(rest);
                piece.set(i, outside);
                left.add(new RowRegion(piece));
                rest.set(i, both(rest.get(i), other.sides.get(i)));
            }
        }
        return left;
    }

    private static BitSet without(BitSet one, BitSet other) {
        BitSet left = (BitSet) one.clone();
        left.andNot(other);
        return left;
    }

    private static BitSet both(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both;
    }
}
