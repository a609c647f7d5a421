package quartermaster.decision.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import quartermaster.decision.Findings;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;

/**
 * The first word of a rule that stands for nothing: a fact, a property, a constant, a {@code $name}, or what findings are
 * told. {@code $it.hardware().nam()} is followed from {@code $it}, an Assessment, to its Hardware, which has no {@code nam}.
 *
 * <p>It is asked for only where the compiler has found the rule wrong; what it does not know, it lets pass.
 */
final class UnknownWord {
    /** {@code hardware.name}, {@code $it.cost()}, {@code Fit.NO}, {@code findings.warn(}; not the name in {@code name : …}. */
    private static final Pattern WORDS = Pattern.compile("(?<![\\p{L}\\p{N}_$.])"
            + "(([\\p{L}_$][\\p{L}\\p{N}_$]*+)(?:(?:\\(\\))?!?\\.[\\p{L}_]\\w*+)*+)(\\s*\\()?+(?!\\s*:[^:])");

    private static final Pattern NAMED = Pattern.compile("([\\p{L}_$][\\p{L}\\p{N}_$]*)\\s*:\\s*([\\p{L}_][\\w.]*)");
    private static final Pattern FACT = Pattern.compile("(\\p{Lu}\\w*)\\s*\\(");
    private static final Pattern BEHIND_A_VALUE = Pattern.compile("[\\p{L}\\p{N}\"')\\]]\\s+$");
    private static final Set<String> LANGUAGE =
            Set.of("true", "false", "null", "this", "new", "not", "exists", "in", "java", "quartermaster");
    private static final Class<?> ANYTHING = Object.class; // a type of which we do not know what it has

    private final Set<String> imports;
    private final RuleText rule;
    private final Map<String, Class<?>> names = new LinkedHashMap<>(); // what the rule calls so: $it is an Assessment

    private UnknownWord(Set<String> imports, RuleText rule) {
        this.imports = imports;
        this.rule = rule;
        rule.find(NAMED, rule.when(), rule.then()).forEach(found -> {
            Optional<Class<?>> type = imported(found.group(2));
            names.put(
                    found.group(1),
                    type.orElse(RuleWords.typeOf(fact(found), found.group(2)).orElse(ANYTHING)));
        });
        names.put("findings", Findings.class);
        names.put("kcontext", ANYTHING);
    }

    static Optional<Problem> in(Set<String> imports, RuleText rule) {
        UnknownWord reader = new UnknownWord(imports, rule);
        return rule.find(WORDS, rule.when(), rule.text().length())
                .filter(found -> !LANGUAGE.contains(found.group(2)))
                .flatMap(
                        found -> reader
                                .unknown(found)
                                .map(message -> rule.problem(RuleMessages.CODE, message, found.start()))
                                .stream())
                .findFirst();
    }

    private Optional<String> unknown(MatchResult found) {
        String word = found.group(2);
        Optional<Class<?>> known =
                Optional.<Class<?>>ofNullable(names.get(word)).or(() -> imported(word));
        if (known.isPresent()) {
            return unknownMember(found, known.get(), 1);
        }
        boolean alone = found.group(1).equals(word) && found.group(3) == null;
        if (Character.isUpperCase(word.charAt(0)) && (isDone(found) || !alone)) {
            return Optional.of(noClass(found));
        }
        if (isDone(found) || word.startsWith("$")) {
            return noName(word);
        }
        boolean operator =
                BEHIND_A_VALUE.matcher(rule.code().substring(0, found.start())).find();
        return operator || found.group(3) != null ? Optional.empty() : unknownMember(found, fact(found), 0);
    }

    /** Whether it stands in what the rule does, not in what it asks. */
    private boolean isDone(MatchResult found) {
        return found.start() >= rule.then();
    }

    /** The fact that was named last, in whose brackets a word stands. */
    private Class<?> fact(MatchResult word) {
        return rule.find(FACT, rule.when(), word.start())
                .flatMap(found -> imported(found.group(1)).stream())
                .reduce(ANYTHING, (before, last) -> last);
    }

    /** The class of a name that the head imports, or that needs no import. */
    private Optional<Class<?>> imported(String name) {
        return Stream.concat(imports.stream(), Stream.of("java.lang.*"))
                .map(each -> each.replace("*", name))
                .filter(each -> each.endsWith("." + name))
                .flatMap(each -> each.contains(" ") ? Stream.of(ANYTHING) : RuleWords.named(each).stream())
                .findFirst();
    }

    /** The first of {@code hardware().nam} that the type of what stands before it has not. */
    private Optional<String> unknownMember(MatchResult found, Class<?> of, int first) {
        String[] words = (found.group(1) + (found.group(3) == null ? "" : "()")).split("!?\\.", -1);
        Class<?> type = of;
        for (int i = first; i < words.length && RuleWords.isOurs(type); i++) {
            String word = words[i].replace("()", "");
            boolean called = words[i].endsWith("()");
            if (type.isEnum() && called) {
                return Optional.empty();
            }
            if (!RuleWords.has(type, word)) {
                String owner = type == Findings.class ? "findings" : type.getSimpleName();
                return Optional.of(
                        owner + " has no " + words[i] + "." + RuleWords.hint(word, RuleWords.properties(type)));
            }
            if (isDone(found) && !called && !type.isEnum()) {
                return Optional.of("Write " + word + "(): in what a rule does, a property is asked for with brackets.");
            }
            type = RuleWords.typeOf(type, word).orElse(ANYTHING);
        }
        return Optional.empty();
    }

    private String noClass(MatchResult found) {
        String word = found.group(2);
        Optional<Class<?>> known = RuleWords.find(word);
        if (known.isPresent()) {
            return word + " is not imported: write import " + known.get().getName() + " above the rules.";
        }
        if (!isDone(found) && found.group(1).equals(word)) {
            return "There is no fact " + word + "." + RuleWords.hint(word, RuleWords.facts());
        }
        List<String> classes = imports.stream()
                .map(each -> each.substring(each.lastIndexOf('.') + 1))
                .toList();
        return "Nothing that is called " + word + " is imported." + RuleWords.hint(word, classes);
    }

    /** In what a rule does, a word that looks like no name of the rule may be one of Java's. */
    private Optional<String> noName(String word) {
        Optional<String> near = Ids.nearest(word, names.keySet());
        String hint = near.map(name -> " Did you mean " + name + "?")
                .orElse(" Write " + word + " : before the fact that it means.");
        return near.isPresent() || word.startsWith("$")
                ? Optional.of("There is no " + word + " here." + hint)
                : Optional.empty();
    }
}
