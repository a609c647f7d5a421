package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;

/** The page that somebody signs: it says what the other doors say, and is not silent about what speaks against it. */
class DecideBriefTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEAM = """
            {"workload": {"name": "team", "type": "internal-tool", "model": "llama-3.1-8b", "concurrency": 5,
                          "minDecodeTokensPerSecond": 20, "maxTimeToFirstTokenSeconds": 5},
             "budget": {"purchaseUsd": 9000}, "constraints": {"dataMustStay": true, "availableWithinWeeks": 8},
             "candidates": [{"hardware": "nvidia-rtx-5090"}, {"hardware": "nvidia-l40s"}]}""";

    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void a_workbook_s_brief_says_of_each_workload_what_the_workbook_says() throws Exception {
        Path page = folder.resolve("decision.md");
        Path scored = folder.resolve("scored.xlsx");
        assertThat(terminal.run(
                        "decide", "spreadsheets/candidates.xlsx", "--brief", page.toString(), "-o", "" + scored))
                .isZero();
        assertThat(terminal.err()).contains("Wrote " + page);
        assertThat(terminal.out()).contains("A month");
        List<String> pages = pages(Files.readString(page));
        List<Map<String, String>> advice = rows(scored, "Advice");
        List<Map<String, String>> answers = advice.stream()
                .filter(each -> "Answer".equals(each.get("Part")))
                .toList();
        List<Map<String, String>> best = rows(scored, "Recommendations").stream()
                .filter(each -> String.valueOf(each.get("Pick")).startsWith("best"))
                .toList();
        assertThat(pages).hasSameSizeAs(answers).hasSameSizeAs(best).hasSizeGreaterThan(3);
        for (int i = 0; i < pages.size(); i++) {
            assertThat(pages.get(i))
                    .startsWith("# " + answers.get(i).get("Workload"))
                    .contains("**" + answers.get(i).get("Advice") + "**")
                    .contains("| First year | $" + dollars(best.get(i).get("First year (USD)")) + " |")
                    .contains("Money a month |", " $" + dollars(best.get(i).get("Per month (USD)")) + " |")
                    .contains("Decided by: ");
        }
        String all = String.join("", pages);
        assertThat(advice)
                .filteredOn(each -> "How sure".equals(each.get("Part")))
                .hasSizeGreaterThanOrEqualTo(pages.size())
                .allSatisfy(
                        each -> assertThat(all).contains("- " + each.get("What") + " " + each.get("Advice") + "\n"));
    }

    @Test
    void a_request_s_brief_has_the_headline_and_the_numbers_of_its_answer() throws Exception {
        assertThat(terminal.withInput(TEAM).run("decide", "-", "--brief", "-")).isZero();
        String page = plain(terminal.out());
        assertThat(terminal.err()).isEmpty();
        Terminal other = Terminal.inRepository();
        assertThat(other.withInput(TEAM).run("decide", "-", "--json")).isZero();
        JsonNode answer = JSON.readTree(other.out());
        assertThat(page)
                .startsWith("# team\n\n**" + answer.at("/headline").asText() + "**\n")
                .contains(
                        "| Speed for each user | at least 20.0 tok/s | ",
                        "| First token, for 95 % of users | at most 5.00 s | ")
                .contains("| Money at once | at most $9,000 | ")
                .contains("it is needed within 8 weeks")
                .contains("Runner-up: ")
                .contains(
                        "As of: 2026-11-22; ",
                        "Rules: " + answer.at("/versions/rules").asText())
                .endsWith("Date: ______________\n");
        Terminal report = Terminal.inRepository();
        assertThat(report.withInput(TEAM).run("decide", "-")).isZero();
        String speed = page.replaceAll("(?s).*Speed for each user \\| [^|]+\\| (\\S+) tok/s.*", "$1");
        assertThat(report.out()).contains(" " + speed + " ");
    }

    @Test
    void it_is_not_silent_about_a_price_that_the_policy_calls_stale() {
        assertThat(terminal.withInput(TEAM).run("decide", "-", "--brief", "-", "--as-of", "2027-12-01"))
                .isZero();
        assertThat(terminal.out())
                .contains("## Before you sign")
                .containsPattern(
                        "(?m)^- Buy NVIDIA .*: the price is from 20.* days before this decision; older than 90 days "
                                + "is stale by the policy\\. Ask again before you decide\\.$")
                .containsPattern("\\*\\*Prices\\.\\*\\* Recommended, buy NVIDIA .*: 20.*, \\d+ days before");
        Terminal then = Terminal.inRepository();
        assertThat(then.withInput(TEAM).run("decide", "-", "--brief", "-", "--as-of", "2025-01-01"))
                .isZero();
        assertThat(then.out()).doesNotContain("stale");
    }

    @Test
    void it_says_so_where_nobody_looked_at_what_would_change_it() {
        String many = Collections.nCopies(11, TEAM).stream().collect(Collectors.joining(",", "[", "]"));
        assertThat(terminal.withInput(many).run("decide", "-", "--brief", "-")).isZero();
        assertThat(pages(terminal.out()))
                .hasSize(11)
                .allSatisfy(each -> assertThat(each)
                        .contains(
                                "- Advice: left out, as there are more than 10 workloads.",
                                "Nobody looked at which assumptions"));
    }

    @Test
    void a_workload_that_is_not_understood_has_its_page_too_and_names_mean_nothing_to_markdown() {
        String batch = "[{\"workload\": {\"type\": \"productio\"}}, " + TEAM.replace("\"team\"", "\"a *b* | c\"") + "]";
        assertThat(terminal.withInput(batch).run("decide", "-", "--brief", "-")).isZero();
        assertThat(pages(terminal.out()).get(0))
                .contains("# Workload 1", "**Not judged.**", "Did you mean production?")
                .doesNotContain("Decided by: ");
        assertThat(terminal.out()).contains("# a \\*b\\* \\| c\n");
    }

    @Test
    void where_nothing_is_suitable_the_page_has_what_comes_nearest_and_somebody_decides_what_to_do() {
        String tooDear = TEAM.replace("9000", "90");
        assertThat(terminal.withInput(tooDear).run("decide", "-", "--brief", "-"))
                .isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(terminal.out())
                .contains(
                        "**Nothing is suitable. ",
                        "## Need, against what comes nearest",
                        "at most $90 |",
                        "| missed |",
                        "## Money and delivery of what comes nearest",
                        "## What would change it",
                        "[  ] Change the request   [  ] Do without   Decided by: ");
    }

    @Test
    void only_three_formats_are_written_and_only_one_thing_printed() {
        for (String wrong : List.of("decision.doc", "decision", "decision.html")) {
            Terminal asked = Terminal.inRepository();
            String file = folder.resolve(wrong).toString();
            assertThat(asked.withInput(TEAM).run("decide", "-", "--brief", file))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(asked.err())
                    .contains("Found " + file
                            + " to write the brief to; expected a name that ends in .docx, .pdf or .md");
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(terminal.withInput(TEAM).run("decide", "-", "--json", "--brief", "-"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("--json and --brief - both print");
    }

    @Test
    void of_a_request_that_is_not_understood_no_brief_is_written() {
        String file = folder.resolve("decision.md").toString();
        assertThat(terminal.withInput("{\"workload\": {\"type\": \"productio\"}}")
                        .run("decide", "-", "--brief", file))
                .isEqualTo(ExitCode.UNREADABLE);
        assertThat(folder).isEmptyDirectory();
    }

    private static List<String> pages(String text) {
        return Arrays.asList(plain(text).split("\n---\n\n"));
    }

    private static String plain(String markdown) {
        return markdown.replaceAll("\\\\(?=[\\\\`*<>\\[\\]|#~])", "");
    }

    private static String dollars(String cell) {
        return String.format(
                Locale.ROOT, "%,.0f", Double.parseDouble(cell)); // as the sheet holds it, not as it is shown
    }

    /** By their headers. */
    private static List<Map<String, String>> rows(Path workbook, String name) throws Exception {
        ReadSheet sheet = WorkbookFile.open(workbook).findSheet(name).orElseThrow();
        ReadRow headers = sheet.rows().get(0);
        return sheet.rows().stream()
                .skip(1)
                .map(row -> row.cells().stream()
                        .collect(Collectors.toMap(
                                cell -> headers.cell(cell.column()).text(), ReadCell::text, (one, other) -> one)))
                .toList();
    }
}
