package quartermaster.decision.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * Says in the words of rules what the compiler says of one in its own. What architects seldom do wrong stays in the
 * compiler's words, at the rule's place.
 */
final class RuleMessages {
    static final String CODE = "rule-does-not-build";

    private static final Pattern OF_FORM = Pattern.compile("^\\[ERR|unexpected exception|Parse error");
    private static final Pattern INPUT = Pattern.compile("(?:input '|Found\\s+\")(.*?)['\"](?: |$|,)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+");
    private static final List<String> KEYWORDS =
            List.of("rule", "when", "then", "end", "import", "global", "package", "salience", "not", "exists");

    private static final List<Saying> OF_MEANING = List.of(
            new Saying(
                    "Predicate '(\\d+)' must",
                    "Found (%s), which is neither true nor false. Maybe a decimal comma: write a dot."),
            new Saying(
                    "The method (reject|warn|note)\\(.* for the arguments \\((.*)\\)",
                    "findings.%s takes (kcontext, the Assessment, a remedy, a message and its values); found (%s)."),
            new Saying(
                    "The method (score)\\(.* for the arguments \\((.*)\\)",
                    "findings.%s takes (kcontext, the Assessments, the PolicyTable); found (%s)."));

    /** @param says it in our words, with what the pattern's groups found */
    private record Saying(Pattern pattern, String says) {
        Saying(String pattern, String says) {
            this(Pattern.compile(pattern), says);
        }

        Optional<String> of(String message) {
            Matcher found = pattern.matcher(message);
            return found.find()
                    ? Optional.of(String.format(says, found.group(1), found.group(found.groupCount())))
                    : Optional.empty();
        }
    }

    private RuleMessages() {}

    /** The one problem that a message of the compiler stands for. */
    static Problem explain(Set<String> imports, RuleText part, RuleProblems.Said said) {
        return OF_FORM.matcher(said.message()).find()
                ? RuleForm.firstSlip(part).orElseGet(() -> token(part, said))
                : UnknownWord.in(imports, part).orElseGet(() -> meaning(part, said));
    }

    /** What the parser did not expect, where it stands; it may be a misspelt keyword, or follow from one that is missing. */
    private static Problem token(RuleText part, RuleProblems.Said said) {
        Matcher input = INPUT.matcher(said.message());
        String found = input.find() ? input.group(1) : said.message();
        String shown = found.isEmpty() || found.equals("<eof>") ? "the end of the file" : found;
        Optional<String> meant = Ids.nearest(found, KEYWORDS).filter(word -> !word.equals(found) && found.length() > 2);
        Optional<String> missing = Stream.of("then", "when")
                .filter(word -> !part.isHead() && meant.isEmpty() && part.find(word, 0) < 0)
                .findFirst();
        String message = missing.map(
                        word -> "The rule \"" + part.name() + "\" has no " + word + " before (" + shown + ").")
                .orElseGet(() -> "Found (" + shown + "), which cannot stand here."
                        + meant.map(word -> " Did you mean " + word + "?").orElse(""));
        return new Problem(RuleForm.CODE, message, new Place.Line(part.file(), said.line()));
    }

    private static Problem meaning(RuleText rule, RuleProblems.Said said) {
        String message = OF_MEANING.stream()
                .flatMap(saying -> saying.of(said.message()).stream())
                .findFirst()
                .orElse((said.ofGeneratedJava() ? "The Java of this rule is wrong: " : "") + said.message());
        int place = place(rule, said.message(), said.ofGeneratedJava() ? rule.then() : rule.when());
        return rule.problem(CODE, message, place);
    }

    /** Where the longest word of a message that the rule has too stands; else where what is looked at begins. */
    private static int place(RuleText rule, String message, int from) {
        return WORD.matcher(message)
                .results()
                .map(found -> found.group())
                .sorted(Comparator.comparing(String::length).reversed())
                .map(word -> rule.find(word, from))
                .filter(offset -> offset >= 0)
                .findFirst()
                .orElse(from);
    }
}
