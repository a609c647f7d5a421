package quartermaster.launch;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import quartermaster.catalogue.LaunchPart;
import quartermaster.catalogue.LaunchStep;

/** What is wrong with a row of the sheet {@code Launch}. */
public final class StartCheck {
    private StartCheck() {}

    /** Everything that a condition may ask for. */
    public static Set<String> names() {
        return new TreeSet<>(Facts.names());
    }

    /** Everything that the template of such a row may name. */
    public static Set<String> placeholders(LaunchStep step) {
        Set<String> names = names();
        if (step.part() == LaunchPart.MANIFEST) {
            names.add(Template.COMMAND_WORDS);
        }
        return names;
    }

    public static List<String> unknownPlaceholders(LaunchStep step) {
        Set<String> known = placeholders(step);
        return new Template(step.template())
                .placeholders().stream().filter(each -> !known.contains(each)).toList();
    }

    public static List<String> unreadableConditions(LaunchStep step) {
        return Condition.parts(step.when()).stream()
                .filter(each -> Condition.read(each).isEmpty())
                .toList();
    }

    /** Names that conditions ask for and that nothing has. */
    public static List<String> unknownNames(LaunchStep step) {
        return Condition.parts(step.when()).stream()
                .flatMap(each -> Condition.read(each).stream())
                .map(Condition::name)
                .filter(each -> !Facts.names().contains(each))
                .toList();
    }
}
