package quartermaster.decision.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.RuleSource;
import quartermaster.decision.Step;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;

/**
 * A file of rules as text.
 *
 * @param name as places name it, e.g. {@code rules/fit.drl}
 */
public record RuleFile(String name, String text) {
    private static final Pattern SOURCE = Pattern.compile("@source\\s*\\(\\s*\"([^\"]*)\"\\s*\\)");
    private static final Pattern THRESHOLD = Pattern.compile("Threshold\\s*\\([^)]*?\\bname\\s*==\\s*\"([^\"]+)\"");

    /** A byte order mark, as some editors write it, is no part of the rules. */
    public RuleFile {
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Every rule of the file with the line of its name; comments are passed over. */
    public List<RuleSource> rules() {
        return ruleTexts()
                .map(rule -> new RuleSource(
                        rule.name(), new Place.Line(name, rule.line()), step().orElse(null), source(rule)))
                .toList();
    }

    /** The thresholds that rules of the file compare with, each with the first line that names it. */
    public Map<String, Place> thresholds() {
        Map<String, Place> thresholds = new LinkedHashMap<>();
        ruleTexts()
                .forEach(rule -> rule.find(THRESHOLD, 0, rule.text().length())
                        .forEach(found -> thresholds.putIfAbsent(
                                rule.text(found, 1), new Place.Line(name, rule.lineOf(found.start())))));
        return thresholds;
    }

    /**
     * Whether every rule either goes through tables for all candidates at once, or looks at one candidate and at no table, and
     * changes no other fact: then some candidates may be judged without the others, once all have gone through the tables. Where the
     * text leaves a doubt, it is not so.
     */
    public boolean judgesEachAlone() {
        return RuleText.of(this).stream()
                .allMatch(part -> part.isHead() ? part.declaresNothing() : part.judgesEachAlone());
    }

    /**
     * Names of rules that warn or note and do nothing else, so that without them the same is ruled out, where each is judged
     * alone. A rule whose text leaves a doubt is none of them.
     */
    public List<String> remarks() {
        return ruleTexts().filter(RuleText::onlyRemarks).map(RuleText::name).toList();
    }

    private Stream<RuleText> ruleTexts() {
        return RuleText.of(this).stream().filter(part -> !part.isHead());
    }

    private Optional<Step> step() {
        String base = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.drl$", "");
        return Choice.find(Step.class, base);
    }

    /** The {@code @source} between a rule's name and its conditions. */
    private static @Nullable String source(RuleText rule) {
        return rule.find(SOURCE, 0, rule.when())
                .map(found -> rule.text(found, 1))
                .findFirst()
                .orElse(null);
    }
}
