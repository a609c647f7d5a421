package quartermaster.quality;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Model;
import quartermaster.unit.Choice;
import quartermaster.unit.Dates;

/**
 * How good the models of a catalogue are for one use. What is not known gets no number of its own: it is told from which
 * known models it stands behind, those of about its size and time.
 */
public final class Grades {
    private static final double DAYS_PER_MONTH = 365.0 / 12;

    private final KindOfWork use;
    private final List<Model> models;
    private final Map<String, Level> levels = new HashMap<>(); // by model
    private final double tellsApart;
    private final double doubt; // share of the way to the low end of a level
    private final double fastEnough;
    private final double alikeInSize;
    private final double alikeInMonths;

    private Grades(Catalogue catalogue, KindOfWork use) {
        this.use = use;
        this.models = List.copyOf(catalogue.models());
        this.tellsApart = catalogue.number("levelStepPoints");
        this.doubt = catalogue.number("doubtCounts");
        this.fastEnough = catalogue.number("fastEnough." + Choice.id(use));
        this.alikeInSize = catalogue.number("alike.size");
        this.alikeInMonths = catalogue.number("alike.months");
        Levels all = Levels.of(catalogue);
        models.forEach(each -> all.of(each.id(), use).ifPresent(level -> levels.put(each.id(), level)));
    }

    public static Grades of(Catalogue catalogue, KindOfWork use) {
        return new Grades(catalogue, use);
    }

    public Optional<Level> level(Model model) {
        return Optional.ofNullable(levels.get(model.id()));
    }

    /** @param wanted that it must not fall behind; null where nobody asks for one */
    public Grade of(Model model, @Nullable Level wanted) {
        Level level = levels.get(model.id());
        OptionalDouble like = level == null ? ofTheLikeOf(model) : OptionalDouble.empty();
        return new Grade(
                use,
                level,
                level == null ? null : Double.valueOf(level.toCountOn(doubt)),
                like.isPresent() ? Double.valueOf(like.getAsDouble()) : null,
                wanted,
                wanted == null ? null : Double.valueOf(wanted.toCountOn(doubt)),
                tellsApart,
                fastEnough);
    }

    /** The lowest that can be counted on of those of about its size and time; of its size alone where none is of its time. */
    private OptionalDouble ofTheLikeOf(Model model) {
        List<Model> alike = models.stream()
                .filter(each -> levels.containsKey(each.id()) && isOfTheSizeOf(model, each))
                .toList();
        List<Model> ofItsTime =
                alike.stream().filter(each -> isOfTheTimeOf(model, each)).toList();
        return (ofItsTime.isEmpty() ? alike : ofItsTime)
                .stream()
                        .mapToDouble(each -> levels.get(each.id()).toCountOn(doubt))
                        .min();
    }

    private boolean isOfTheSizeOf(Model model, Model other) {
        return Math.abs(Math.log(model.totalParametersB() / other.totalParametersB())) <= Math.log(alikeInSize)
                && model.isMixtureOfExperts() == other.isMixtureOfExperts();
    }

    private boolean isOfTheTimeOf(Model model, Model other) {
        Optional<LocalDate> one = released(model);
        Optional<LocalDate> its = released(other);
        return one.isPresent()
                && its.isPresent()
                && Math.abs(ChronoUnit.DAYS.between(one.get(), its.get())) <= alikeInMonths * DAYS_PER_MONTH;
    }

    private static Optional<LocalDate> released(Model model) {
        return model.released() == null ? Optional.empty() : Dates.latest(model.released());
    }
}
