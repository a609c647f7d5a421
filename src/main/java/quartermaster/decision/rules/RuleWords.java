package quartermaster.decision.rules;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quartermaster.decision.Assessment;
import quartermaster.decision.Assessments;
import quartermaster.decision.Findings;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Threshold;
import quartermaster.unit.Ids;

/** The words that rules may use: facts and their properties, what findings can say, constants. */
final class RuleWords {
    private static final String OURS = "quartermaster.";
    private static final List<Class<?>> FACTS =
            List.of(Assessment.class, Assessments.class, Threshold.class, PolicyTable.class);
    private static final Set<String> OF_EVERY_OBJECT =
            Arrays.stream(Object.class.getMethods()).map(Method::getName).collect(Collectors.toUnmodifiableSet());
    private static final int LISTED_AT_MOST = 12;

    private RuleWords() {}

    static List<String> facts() {
        return FACTS.stream().map(Class::getSimpleName).toList();
    }

    /** What may be asked of a fact, the constants of a choice, or what findings can be told. */
    static Collection<String> properties(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList();
        }
        return methods(type)
                .filter(method -> method.getParameterCount() == 0 || type == Findings.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether there is such a property or constant, or anything else that may be called. */
    static boolean has(Class<?> type, String word) {
        return properties(type).contains(word)
                || methods(type).anyMatch(method -> method.getName().equals(word));
    }

    /** The type of a property, or of a property of a property: {@code hardware.memoryGiB}; empty where there is none. */
    static Optional<Class<?>> typeOf(Class<?> fact, String path) {
        Optional<Class<?>> type = Optional.of(fact);
        for (String property : path.split("\\.", -1)) {
            type = type.flatMap(each -> methods(each)
                    .filter(method ->
                            method.getParameterCount() == 0 && method.getName().equals(property))
                    .<Class<?>>map(Method::getReturnType)
                    .findFirst());
        }
        return type;
    }

    /** The type of what some fact is asked for. */
    static Optional<Class<?>> typeOf(String path) {
        return FACTS.stream().flatMap(fact -> typeOf(fact, path).stream()).findFirst();
    }

    /** A class that rules can come by: a fact, findings, or what one of their properties is. */
    static Optional<Class<?>> find(String simpleName) {
        return reachable().stream()
                .filter(type -> type.getSimpleName().equals(simpleName))
                .findFirst();
    }

    static List<String> classes() {
        return reachable().stream().map(Class::getSimpleName).toList();
    }

    /** Whether it is known what a class has, so that a word that it has not is a mistake. */
    static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }

    /** The class of a full name. */
    static Optional<Class<?>> named(String fullName) {
        try {
            return Optional.of(Class.forName(fullName, false, RuleWords.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Set<Class<?>> reachable() {
        Deque<Class<?>> open = new ArrayDeque<>(FACTS);
        open.add(Findings.class);
        Set<Class<?>> seen = new LinkedHashSet<>(open);
        while (!open.isEmpty()) {
            methods(open.remove())
                    .<Class<?>>map(Method::getReturnType)
                    .filter(each -> isOurs(each) && seen.add(each))
                    .forEach(open::add);
        }
        return seen;
    }

    /** " Did you mean …?", or everything that is allowed where that is short, or where it is listed. */
    static String hint(String word, Collection<String> known) {
        Optional<String> near = Ids.nearest(word, known);
        if (near.isPresent()) {
            return " Did you mean " + near.get() + "?";
        }
        return known.size() <= LISTED_AT_MOST
                ? " Allowed: " + String.join(", ", known) + "."
                : " rules/words.md lists what may be used.";
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !OF_EVERY_OBJECT.contains(method.getName()));
    }
}
