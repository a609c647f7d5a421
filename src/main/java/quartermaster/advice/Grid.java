package quartermaster.advice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestField;

/**
 * A request with every combination of the values of some of its fields. The last field changes first from one point to
 * the next.
 */
public final class Grid {
    private final DecisionRequest asked;
    private final List<Axis> axes;
    private final List<RequestField> fields;

    Grid(DecisionRequest asked, List<Axis> axes, List<RequestField> fields) {
        this.asked = asked;
        this.axes = List.copyOf(axes);
        this.fields = List.copyOf(fields);
    }

    /**
     * A field with its values.
     *
     * @param field its path
     * @param values each once; null leaves the field unsaid
     */
    public record Axis(String field, List<@Nullable Object> values) {
        public Axis {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /** Before anything is varied. */
    public DecisionRequest asked() {
        return asked;
    }

    public List<Axis> axes() {
        return axes;
    }

    public int size() {
        return (int) size(axes);
    }

    /** How many points there are; as many as a number can say where there are more. */
    static long size(List<Axis> axes) {
        double size = 1;
        for (Axis axis : axes) {
            size *= axis.values().size();
        }
        return (long) size;
    }

    /** The values at a point, one for each axis. */
    public List<@Nullable Object> values(int point) {
        List<@Nullable Object> values = new ArrayList<>();
        int rest = point;
        for (int i = axes.size() - 1; i >= 0; i--) {
            List<@Nullable Object> all = axes.get(i).values();
            values.add(all.get(rest % all.size()));
            rest /= all.size();
        }
        Collections.reverse(values);
        return Collections.unmodifiableList(values);
    }

    /** The point of the request as it stands, or the last below its numbers; -1 where it does not say a varied field. */
    public int stands() {
        int point = 0;
        for (int i = 0; i < axes.size(); i++) {
            int at = nearest(axes.get(i).values(), fields.get(i).in(asked));
            if (at < 0) {
                return -1;
            }
            point = point * axes.get(i).values().size() + at;
        }
        return point;
    }

    private static int nearest(List<@Nullable Object> values, @Nullable Object said) {
        int exact = values.indexOf(said);
        if (exact >= 0 || !(said instanceof Number number)) {
            return exact;
        }
        int found = -1;
        double below = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Number each
                    && each.doubleValue() <= number.doubleValue()
                    && each.doubleValue() > below) {
                below = each.doubleValue();
                found = i;
            }
        }
        return found;
    }

    public DecisionRequest request(int point) {
        DecisionRequest request = asked;
        List<@Nullable Object> values = values(point);
        for (int i = 0; i < fields.size(); i++) {
            request = fields.get(i).set(request, values.get(i));
        }
        return request;
    }
}
