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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final Comparator<Problem> BY_FILE_AND_LINE = Comparator.comparing(
                    (Problem problem) -> String.valueOf(problem.at().file()))
            .thenComparing(problem -> problem.at() instanceof Place.Line at ? at.line() : 0);

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> imports = new LinkedHashSet<>(); // of all heads, for all rules share them
    private final Map<Integer, RuleText> units = new TreeMap<>(); // still to be built, by the number of their package

    private RuleProblems() {}

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

    /**
     * @param slips that are known already
     * @param together what was said when all files were built together
     */
    static List<Problem> of(List<RuleFile> files, List<Problem> slips, List<Said> together, Build build) {
        RuleProblems found = new RuleProblems();
        List<RuleText> parts =
                files.stream().flatMap(file -> RuleText.of(file).stream()).toList();
        if (parts.stream().noneMatch(part -> DECLARES.matcher(part.code()).find())) {
            parts.forEach(found::read);
            found.buildApart(build);
        }
        if (found.problems.isEmpty() && slips.isEmpty()) {
            together.forEach(found::asSaid);
        }
        return Stream.concat(slips.stream(), found.problems.stream())
                .sorted(BY_FILE_AND_LINE)
                .toList();
    }

    /** A part with a slip is not built: what the compiler says of it may follow from that. */
    private void read(RuleText part) {
        boolean wrong = RuleSlips.of(part).findAny().isPresent();
        for (String name : part.isHead() ? part.imports().toList() : List.<String>of()) {
            if (name.contains(" ")
                    || name.endsWith("*")
                    || RuleWords.named(name).isPresent()) {
                imports.add(name);
            } else {
                wrong = true;
                wrongImport(part, name);
            }
        }
        if (!wrong) {
            units.put(units.size() + 1, part);
        }
    }

    /** Goes on with what was probably meant. */
    private void wrongImport(RuleText head, String name) {
        Optional<String> meant = Ids.nearest(name.substring(name.lastIndexOf('.') + 1), RuleWords.classes())
                .flatMap(RuleWords::find)
                .map(Class::getName);
        meant.ifPresent(imports::add);
        String hint = meant.map(each -> " Did you mean " + each + "?").orElse("");
        problems.add(head.problem(RuleMessages.CODE, "There is no class " + name + "." + hint, head.find(name, 0)));
    }

    private void buildApart(Build build) {
        String head = imports.stream().map(each -> "import " + each + "; ").collect(Collectors.joining())
                + RuleSlips.GLOBAL + "; ";
        boolean goOn = true;
        while (goOn && !units.isEmpty()) {
            Map<String, String> texts = new LinkedHashMap<>();
            units.forEach((number, unit) ->
                    texts.put("rules/r" + number + "/rule.drl", unit.inPackage(PACKAGE + number, head)));
            goOn = false;
            for (Said said : build.messages(texts)) {
                Matcher number = NUMBER.matcher(said.path());
                RuleText unit = number.find() ? units.remove(Integer.valueOf(number.group(1))) : null;
                if (unit != null) {
                    problems.add(RuleMessages.explain(imports, unit, said));
                    goOn |= !said.ofGeneratedJava(); // Java was not compiled, so there may be more
                }
            }
        }
    }

    /** What only building everything together shows, in the compiler's words. */
    private void asSaid(Said said) {
        String path = said.path().replaceFirst("^(src/main/resources/)?quartermaster/", "");
        String file = said.ofGeneratedJava() || path.isEmpty() ? "rules" : path;
        Place at = said.line() > 0 ? new Place.Line(file, said.line()) : new Place.File(file);
        problems.add(new Problem(RuleMessages.CODE, said.message(), at));
    }
}
