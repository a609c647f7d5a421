package quartermaster.decision.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.decision.Assessment;
import quartermaster.decision.Vocabulary;
import quartermaster.decision.engine.RuleBook;

/** What the page of words promises to rules and tables is what there is, word for word. */
class WordsOfRulesTest {
    private static final Set<String> BOOKKEEPING = Set.of("row", "source", "aliases", "asOf", "launch", "published");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void the_page_lists_every_property_of_an_assessment() throws IOException {
        List<String> rows =
                between("| `Assessment` |", "Each of `demand`").lines().toList();

        assertThat(quoted(rows.subList(2, rows.size())))
                .containsExactlyInAnyOrderElementsOf(RuleWords.properties(Assessment.class));
    }

    @Test
    void the_page_lists_every_column_of_tables() throws IOException {
        assertThat(quoted(List.of(page().substring(page().indexOf("## Columns of tables")))))
                .containsExactlyElementsOf(Vocabulary.headers());
    }

    @ParameterizedTest
    @CsvSource({
        "`demand.`, Demand",
        "`demand.training.`, Training",
        "`deployment.`, Deployment",
        "`deployment.offer.`, Offer",
        "`estimate.`, Estimate",
        "`estimate.evidence.`, Evidence",
        "`memory.`, MemoryLedger",
        "`cost.`, Cost",
        "`hardware.`, Hardware",
        "`model.`, Model",
        "`engine.`, Engine",
        "`quantization.`, Quantization",
        "a range, Range",
        "an amount of memory, Bytes"
    })
    void the_page_lists_every_property_of_what_an_assessment_has(String row, String type) throws IOException {
        Collection<String> properties =
                new ArrayList<>(RuleWords.properties(RuleWords.find(type).orElseThrow()));
        properties.removeAll(BOOKKEEPING);

        assertThat(wordsOf(row)).containsExactlyInAnyOrderElementsOf(properties);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WorkloadType",
                "Fit",
                "Bound",
                "EvidenceClass",
                "Quality",
                "Acquisition",
                "Availability",
                "CommercialUse",
                "ConversionState",
                "Batching",
                "MemoryKind",
                "FineTuningMethod"
            })
    void the_page_lists_every_constant(String type) throws IOException {
        assertThat(wordsOf("`" + type + "`"))
                .containsExactlyElementsOf(
                        RuleWords.properties(RuleWords.find(type).orElseThrow()));
    }

    @Test
    void the_examples_of_the_page_are_understood() throws IOException {
        List<String> examples = quoted(List.of(between("asked with a dot", "In `then` each"))).stream()
                .filter(each -> each.contains(" "))
                .toList();
        String rule = "package quartermaster.rules\nimport quartermaster.decision.Assessment\nrule \"own\"\nwhen\n"
                + "    Assessment( " + String.join(", ", examples) + " )\nthen\nend\n";

        assertThat(examples).hasSize(5);
        assertThat(RuleBook.problems(List.of(new RuleFile("rules/own.drl", rule)), null))
                .isEmpty();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("rules/words.md"));
    }

    private static String between(String start, String end) throws IOException {
        String page = page();
        return page.substring(page.indexOf(start), page.indexOf(end));
    }

    private static List<String> wordsOf(String row) throws IOException {
        String start = "| " + row + " | ";
        return quoted(page().lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList());
    }

    private static List<String> quoted(List<String> lines) {
        List<String> words = new ArrayList<>();
        for (String line : lines) {
            Matcher quoted = QUOTED.matcher(line);
            while (quoted.find()) {
                words.add(quoted.group(1));
            }
        }
        return words;
    }
}
