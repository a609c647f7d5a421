package quartermaster.decision.rules;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * Everything that is wrong with files of rules that do not build, each mistake once and at its line.
 *
 * <p>The compiler forgets lines, and stops at the first kind of mistake that it meets. So each rule is built in a package of
 * its own, which every message then names; rules with mistakes are put aside, and the others are built again.
 */
final class RuleProblems {
    private static final String PACKAGE = "quartermaster.rules.r";
    private static final Pattern NUMBER = Pattern.compile("/r(\\d+)/");
    private static final Pattern DECLARES = Pattern.compile("(?m)^[ \\t]*(declare|function|query)\\b");
    private static final Pattern IMPORT = Pattern.compile("(?m)^[ \\t]*import[ \\t]+([\\w.]+)[ \\t]*;?[ \\t]*$");

    private final List<RuleFile> files;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Map<Integer, Unit> units = new TreeMap<>(); // rules that can be read, by the number of their package

    private RuleProblems(List<RuleFile> files) {
        this.files = files;
    }

    /** A rule and the head of its file. */
    private record Unit(RuleText head, RuleText rule) {}

    /**
     * @param message its first line
     * @param path of a file of rules, or of a class that was generated
     */
    record Said(String message, String path, int line) {
        boolean ofGeneratedJava() {
            return path.endsWith(".java");
        }
    }

    /** Builds texts, by their paths, and says what is wrong with them. */
    interface Build {
        List<Said> messages(Map<String, String> texts);
    }

    /** @param together what was said when all files were built together */
    static List<Problem> of(List<RuleFile> files, List<Said> together, Build build) {
        RuleProblems found = new RuleProblems(files);
        found.read();
        if (files.stream()
                .noneMatch(file -> DECLARES.matcher(RuleText.blank(file.text())).find())) {
            found.buildApart(build);
        }
        if (found.problems.isEmpty()) {
            together.forEach(found::asSaid);
        }
        return found.problems.stream()
                .sorted(Comparator.comparing(RuleProblems::file).thenComparing(RuleProblems::line))
                .toList();
    }

    private void read() {
        for (RuleFile file : files) {
            List<RuleText> parts = RuleText.of(file);
            RuleText head = parts.get(0);
            Optional<Problem> mistake = RuleSyntax.firstMistake(head, head);
            mistake.ifPresent(problems::add);
            if (mistake.isEmpty()) {
                RuleText repaired = withKnownImports(head);
                parts.stream().skip(1).forEach(rule -> read(repaired, rule));
            }
        }
    }

    private void read(RuleText head, RuleText rule) {
        Optional<Problem> mistake = RuleSyntax.firstMistake(head, rule);
        mistake.ifPresent(problems::add);
        if (mistake.isEmpty()) {
            units.put(units.size() + 1, new Unit(head, rule));
        }
    }

    /** Reports imports of what is not there, and goes on with what was probably meant. */
    private RuleText withKnownImports(RuleText head) {
        StringBuilder text = new StringBuilder(head.text());
        Matcher imported = IMPORT.matcher(head.code());
        int grown = 0;
        while (imported.find()) {
            String name = imported.group(1);
            if (exists(name)) {
                continue;
            }
            String simple = name.substring(name.lastIndexOf('.') + 1);
            Optional<Class<?>> meant = Ids.nearest(simple, RuleWords.classes()).flatMap(RuleWords::find);
            String hint =
                    meant.map(type -> " Did you mean " + type.getName() + "?").orElse("");
            problems.add(new Problem(
                    RuleMessages.CODE, "There is no class " + name + "." + hint, head.at(imported.start(1))));
            if (meant.isPresent()) {
                text.replace(
                        imported.start(1) + grown,
                        imported.end(1) + grown,
                        meant.get().getName());
                grown += meant.get().getName().length() - name.length();
            }
        }
        return new RuleText(head.file(), head.name(), head.line(), text.toString(), RuleText.blank(text.toString()));
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, RuleProblems.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private void buildApart(Build build) {
        Map<Integer, Unit> sound = new TreeMap<>(units);
        boolean goOn = true;
        while (goOn && !sound.isEmpty()) {
            Map<String, String> texts = new LinkedHashMap<>();
            sound.forEach((number, unit) -> texts.put(
                    "rules/r" + number + "/rule.drl",
                    unit.rule().behind(unit.head().inPackage(PACKAGE + number))));
            goOn = false;
            for (Said said : build.messages(texts)) {
                Matcher number = NUMBER.matcher(said.path());
                Unit unit = number.find() ? units.get(Integer.valueOf(number.group(1))) : null;
                if (unit != null) {
                    problems.add(explain(unit, said));
                    sound.remove(Integer.valueOf(number.group(1)));
                    goOn |= !said.ofGeneratedJava(); // Java was not compiled, so there may be more
                }
            }
        }
    }

    private static Problem explain(Unit unit, Said said) {
        return new RuleMessages(unit.head(), unit.rule()).explain(said.message(), said.ofGeneratedJava());
    }

    /** What only building everything together shows, in the compiler's words. */
    private void asSaid(Said said) {
        String path = said.path().replaceFirst("^(src/main/resources/)?quartermaster/", "");
        String file = said.ofGeneratedJava() || path.isEmpty() ? "rules" : path;
        Place at = said.line() > 0 ? new Place.Line(file, said.line()) : new Place.File(file);
        problems.add(new Problem(RuleMessages.CODE, said.message(), at));
    }

    private static String file(Problem problem) {
        return String.valueOf(problem.at().file());
    }

    private static int line(Problem problem) {
        return problem.at() instanceof Place.Line line ? line.line() : 0;
    }
}
