package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Default;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;

/** Takes what a request says or else what the sheet {@code Defaults} says, and keeps a list of what was assumed. */
public final class Defaults {
    private final Catalogue catalogue;
    private final String type;
    private final String use; // e.g. ".code"; empty where none was said
    private final List<Assumption> assumptions = new ArrayList<>();

    Defaults(Catalogue catalogue, Workload workload) {
        this.catalogue = catalogue;
        this.type = Choice.id(workload.type());
        this.use = workload.use() == null ? "" : "." + Choice.id(workload.use());
    }

    List<Assumption> assumptions() {
        return List.copyOf(assumptions);
    }

    void assume(String field, Object value, String because) {
        assumptions.add(new Assumption(field, value, because));
    }

    int integer(@Nullable Integer said, String field) {
        return integer(said, field, nameOf(field));
    }

    /** @param name of the default, where it is not the field's */
    int integer(@Nullable Integer said, String field, String name) {
        return said != null ? said : (int) Math.round(assumedNumber(field, name));
    }

    double number(@Nullable Double said, String field) {
        return said != null ? said : assumedNumber(field, nameOf(field));
    }

    String text(@Nullable String said, String field) {
        return text(said, field, nameOf(field));
    }

    String text(@Nullable String said, String field, String name) {
        if (said != null) {
            return said;
        }
        Default row = row(name);
        assume(field, row.text(), row.because());
        return row.text();
    }

    /** What stands there, without taking it. */
    String constantText(String name) {
        return row(name).text();
    }

    /** What is assumed of another type of workload. */
    String textOf(WorkloadType other, String field) {
        Default row = catalogue
                .findDefault(nameOf(field), Choice.id(other))
                .orElseThrow(() -> new IllegalArgumentException("Defaults has no row for " + Choice.id(other) + "."));
        assume(field, row.text(), row.because());
        return row.text();
    }

    /** A constant that the request cannot set, so that no assumption is listed. */
    double constant(String name) {
        return catalogue.number(row(name).name(), type);
    }

    @Nullable
    Double constantOrNull(String name) {
        return find(name).map(Default::number).orElse(null);
    }

    private double assumedNumber(String field, String name) {
        Default row = row(name);
        double value = catalogue.number(row.name(), type);
        assume(field, value == Math.rint(value) ? (Object) (long) value : (Object) value, row.because());
        return value;
    }

    private Default row(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Defaults has no row named " + name + " for " + type + " or any."));
    }

    /** The row for the stated use, e.g. {@code inputTokens.code}, or the one for all. */
    private Optional<Default> find(String name) {
        Optional<Default> ofUse = use.isEmpty() ? Optional.empty() : catalogue.findDefault(name + use, type);
        return ofUse.or(() -> catalogue.findDefault(name, type));
    }

    private static String nameOf(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }
}
