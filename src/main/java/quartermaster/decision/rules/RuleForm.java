package quartermaster.decision.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import quartermaster.unit.Problem;

/** Slips of the hand in the form of a rule that the compiler cannot read: of each rule the first, for others may follow from it. */
final class RuleForm {
    static final String CODE = "rule-not-readable";

    private static final List<Slip> ANYWHERE = List.of(
            new Slip("([“”„«»‘’])", "Found (%s); rules take straight quotation marks: \"."),
            new Slip(
                    "(?m)^[^\"\n]*\"(?:[^\"\n]*\"[^\"\n]*\")*[^\"\n]*$",
                    "A quotation mark is missing: there is an odd number of them."),
            new Slip(
                    "(?m)^[ \\t]*(?!rule\\b)(\\p{L}{2,5})[ \\t]+\"[^\"\n]+\"[ \\t]*$",
                    "Found (%s), which cannot stand here. Did you mean rule?"),
            new Slip(
                    "^[ \\t]*rule\\s+([^\"\\s]*[^\"\\s\\w]\\S*)",
                    "Found (rule %1$s); write the name in quotation marks: rule \"%1$s\"."));

    private static final List<Slip> ASKED = List.of(
            new Slip("=([<>])", "Found (=%1$s); write %1$s=."),
            new Slip("(?<![=!<>])=(?!=)", "Found (=); write == to compare."),
            new Slip(
                    "(?<=[\\w\"])\\s+(and|or)\\b",
                    "Found (%s); within the brackets write && or a comma for and, || for or."),
            new Slip(
                    "[=<>&|,%*/+-]\\s*\\)",
                    "A value is missing before a closing bracket, or what stands before it is not one."),
            new Slip(
                    "(?<=[\\w)\"])\\s+([\\w.$]+)\\s*(?:[=!<>]=|[<>])",
                    "Found (%s), which cannot stand here. Maybe a comma is missing before it."));

    private static final List<Slip> DONE = List.of(
            new Slip(
                    "(?<=[\\w)\"])\\s+([\"$][\\w$]*)",
                    "Found (%s), which cannot stand here. Maybe a comma is missing before it."),
            new Slip(
                    "(?<![;{}\\s])(?<!\\bthen)\\s+end\\s*$",
                    "A semicolon is missing at the end of what the rule does."));

    private RuleForm() {}

    /** @param says what it is, with the pattern's first group as {@code %s} */
    private record Slip(Pattern pattern, String says) {
        Slip(String pattern, String says) {
            this(Pattern.compile(pattern), says);
        }

        Optional<Problem> in(RuleText part, int from, int to) {
            return part.find(pattern, from, to)
                    .findFirst()
                    .map(found -> part.problem(
                            CODE,
                            String.format(says, found.groupCount() == 0 ? "" : part.text(found, 1)),
                            found.start()));
        }
    }

    static Optional<Problem> firstSlip(RuleText part) {
        int end = part.text().length();
        return first(ANYWHERE, part, 0, end)
                .or(() -> bracket(part, 0, part.then()))
                .or(() -> bracket(part, part.then(), end))
                .or(() -> missingEnd(part))
                .or(() -> first(ASKED, part, part.when(), part.then()))
                .or(() -> first(DONE, part, part.then(), end));
    }

    private static Optional<Problem> first(List<Slip> slips, RuleText part, int from, int to) {
        return slips.stream().flatMap(slip -> slip.in(part, from, to).stream()).findFirst();
    }

    /** A bracket that does not pair; of those never closed, the last was most likely forgotten. */
    private static Optional<Problem> bracket(RuleText part, int from, int to) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = from; i < to; i++) {
            char c = part.code().charAt(i);
            if (c == '(') {
                open.push(i);
            } else if (c == ')' && open.poll() == null) {
                return Optional.of(part.problem(CODE, "There is one ) too many.", i));
            }
        }
        return Optional.ofNullable(open.peek())
                .map(i -> part.problem(CODE, "A ) is missing: this ( is never closed.", i));
    }

    private static Optional<Problem> missingEnd(RuleText part) {
        return part.isHead() || part.code().stripTrailing().matches("(?s).*\\bend")
                ? Optional.empty()
                : Optional.of(part.problem(
                        CODE,
                        "The rule \"" + part.name() + "\", which begins at line " + part.line() + ", has no end.",
                        part.lastCharacter()));
    }
}
