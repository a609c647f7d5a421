package quartermaster.decision;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quartermaster.quality.Grade;
import quartermaster.quality.Level;
import quartermaster.unit.Choice;

/** Of what rules judge: how good the model is for the use, where several are compared. */
public interface QualityFacts extends EstimateFacts {
    /** Typical speed in percent of what the use wants; null where one model is given, or the speed is not known. */
    default @Nullable Double decodeOfUsePercent() {
        return grade() == null || Double.isNaN(decodeSpeed()) || isTraining()
                ? null
                : Double.valueOf(100 * decodeSpeed() / grade().fastEnough());
    }

    /** Null where one model is given, and none are compared. */
    @Nullable
    Grade grade();

    default boolean comparesModels() {
        return grade() != null;
    }

    private @Nullable Level levelOrNull() {
        return grade() == null ? null : grade().level();
    }

    /** How good the model is for the use, 0 to 100; null where nobody tested it, or none are compared. */
    default @Nullable Double level() {
        Level level = levelOrNull();
        return level == null ? null : level.points().typical();
    }

    /** The least that its tests allow. */
    default @Nullable Double pessimisticLevel() {
        Level level = levelOrNull();
        return level == null ? null : level.points().low();
    }

    /** The most that its tests allow. */
    default @Nullable Double optimisticLevel() {
        Level level = levelOrNull();
        return level == null ? null : level.points().high();
    }

    /** Points of its level that can be counted on: less where its tests are few, as the row doubtCounts of Defaults says. */
    default @Nullable Double levelToCountOn() {
        return grade() == null ? null : grade().toCountOn();
    }

    /** Where its own level is not known: the lowest to count on among known models of about its size and time; else null. */
    default @Nullable Double levelOfItsLike() {
        return grade() == null ? null : grade().ofItsLike();
    }

    /** Tests behind its level. */
    default int levelTests() {
        Level level = levelOrNull();
        return level == null ? 0 : level.tests();
    }

    /** Who says how good it is: independent, vendor or none; null where none are compared. */
    default @Nullable String levelEvidence() {
        return grade() == null ? null : grade().evidence();
    }

    /** Of the model that it must not fall behind; null where nobody asks for one. */
    default @Nullable Double wantedLevel() {
        return grade() == null || grade().wanted() == null
                ? null
                : grade().wanted().points().typical();
    }

    /** The same, as far as it can be counted on. */
    default @Nullable Double wantedLevelToCountOn() {
        return grade() == null ? null : grade().wantedToCountOn();
    }

    /** As good as what is wanted by what can be counted on, or too near for tests to tell; true where nothing is wanted. */
    default boolean isGoodEnough() {
        return grade() == null || grade().isGoodEnough();
    }

    /** Whether the tests allow that it falls behind what is wanted. */
    default boolean mayFallBehind() {
        Double wanted = wantedLevel();
        Double low = pessimisticLevel();
        return wanted != null
                && low != null
                && low < wanted - Objects.requireNonNull(grade()).tellsApart();
    }

    /** Days from the newest of its tests to the request's date; null where it has none, or none has a date. */
    default @Nullable Double levelAgeDays() {
        Level level = levelOrNull();
        return level == null || level.newest() == null
                ? null
                : Double.valueOf(Math.max(0, ChronoUnit.DAYS.between(level.newest(), demand().asOf())));
    }

    /** What the models are compared for, e.g. {@code coding-agents}; null where none are. */
    default @Nullable String comparedFor() {
        return grade() == null ? null : Choice.id(grade().use());
    }

    /** E.g. "67 (60 to 75) of 100 for code, at 45 tok/s. "; empty where none are compared. */
    default String levelAndSpeedInWords() {
        if (grade() == null) {
            return "";
        }
        String level = grade().inWords();
        return Character.toUpperCase(level.charAt(0))
                + level.substring(1)
                + (isTraining() || isJob() || Double.isNaN(decodeSpeed())
                        ? ". "
                        : String.format(
                                Locale.ROOT,
                                decodeSpeed() < 10 ? ", at %.1f tok/s. " : ", at %,.0f tok/s. ",
                                decodeSpeed()));
    }

    /** E.g. "67 (60 to 75) of 100 for code". */
    default Object levelInWords() {
        return new LazyText(() -> grade() == null ? "" : grade().inWords());
    }
}
