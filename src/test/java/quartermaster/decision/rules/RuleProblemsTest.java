package quartermaster.decision.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.engine.RuleBook;
import quartermaster.unit.Problem;

/** Slips of the hand in the shipped rules: each is named once, at its line, with what was probably meant. */
class RuleProblemsTest {

    /**
     * @param line some text of the line that must be named, once the slip is made
     * @param says part of the message
     */
    private record Typo(String file, String rule, String from, String to, String line, String says) {
        /** The same, expected at another line. */
        Typo named(String text) {
            return new Typo(file, rule, from, to, text, says);
        }

        RuleFile in(RuleFile rules) {
            int place = rules.text().indexOf(from, start(rules.text()));
            assertThat(place).as(from).isNotNegative();
            return new RuleFile(
                    rules.name(),
                    rules.text().substring(0, place) + to + rules.text().substring(place + from.length()));
        }

        /** Where it is expected, after all slips are made. */
        String at(List<RuleFile> files) {
            String text = text(files, file);
            int place = text.indexOf(line, start(text));
            return file + ":"
                    + (1
                            + text.substring(0, place)
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count());
        }

        private int start(String text) {
            Matcher begins = Pattern.compile("(?m)^rul.*" + Pattern.quote(rule)).matcher(text);
            return !rule.isEmpty() && begins.find() ? begins.start() : 0;
        }

        @Override
        public String toString() {
            return rule + ": " + to;
        }
    }

    private static final String BUDGET = "rules/budget.drl";
    private static final String FIT = "rules/fit.drl";
    private static final String MODEL = "rules/model-availability.drl";
    private static final String WORK = "rules/workload-type.drl";
    private static final String LOAD = "rules/concurrency.drl";

    private static Typo typo(String file, String rule, String from, String to, String says) {
        return new Typo(file, rule, from, to, to, says);
    }

    private static List<Typo> ofMeaning() {
        return List.of(
                typo(BUDGET, "near-budget", "Threshold(", "Treshold(", "no fact Treshold. Did you mean Threshold?"),
                typo(
                        BUDGET,
                        "price-unknown",
                        "purchaseUsd",
                        "purchaseUds",
                        "Assessment has no purchaseUds. Did you mean purchaseUsd?"),
                typo(
                        BUDGET,
                        "rental-forbidden",
                        "isOffline == true ||",
                        "isOfline == true ||",
                        "Did you mean isOffline?"),
                typo(BUDGET, "stale-price", "> $limit", "> $limt", "no $limt here. Did you mean $limit?"),
                typo(
                        BUDGET,
                        "spot-price",
                        "WorkloadType.PRODUCTION",
                        "WorkloadType.PRODUCTON",
                        "WorkloadType has no PRODUCTON. Did you mean PRODUCTION?"),
                typo(
                        BUDGET,
                        "idle-hardware",
                        "$share : value",
                        "$share : valu",
                        "Threshold has no valu. Did you mean value?"),
                typo(BUDGET, "hyperscaler", "isRented == true", "isRented == \"yes\"", "true or false"),
                typo(BUDGET, "over-budget", "> 100 )", "> 100,5 )", "decimal comma"),
                typo(
                        FIT,
                        "does-not-fit",
                        "$it : Assessment(",
                        "$it : Assesment(",
                        "no fact Assesment. Did you mean Assessment?"),
                typo(
                        FIT,
                        "mac-memory-pressure",
                        "&& headroomPercent < $limit",
                        "&& headroomPercnt < $limit",
                        "Did you mean headroomPercent?"),
                typo(FIT, "training-memory", "isTraining", "hardware.nam", "Hardware has no nam. Did you mean name?"),
                typo(FIT, "fit\"", "Step.FIT", "Stepp.FIT", "called Stepp is imported. Did you mean Step?"),
                typo(MODEL, "mlx-conversion", "engineId ==", "xyzzyxyzzy ==", "rules/words.md lists"));
    }

    private static List<Typo> ofJava() {
        return List.of(
                typo(
                        BUDGET,
                        "near-budget",
                        "findings.warn(",
                        "findings.warm(",
                        "findings has no warm(). Did you mean warn?"),
                typo(
                        BUDGET,
                        "over-budget",
                        "findings.reject(",
                        "finding.reject(",
                        "no finding here. Did you mean findings?"),
                typo(
                        BUDGET,
                        "rental-forbidden",
                        "(kcontext, $it,",
                        "($it,",
                        "findings.reject takes (kcontext, the Assessment, a remedy"),
                typo(
                        BUDGET,
                        "not-for-rent",
                        "hardware().name()",
                        "hardware().nam()",
                        "Hardware has no nam(). Did you mean name?"),
                typo(BUDGET, "stale-price", "$it.priceAsOf()", "$it.priceAsOf", "Write priceAsOf()"),
                typo(
                        BUDGET,
                        "spot-price",
                        "WorkloadType.PRODUCTION",
                        "\"production\"",
                        "Allowed: WorkloadType.EVALUATION"),
                typo(BUDGET, "idle-hardware", "(kcontext, $it,", "(kcontext, $its,", "no $its here. Did you mean $it?"),
                typo(
                        BUDGET,
                        "budget\"",
                        "$all, $table",
                        "$table, $all",
                        "findings.score takes (kcontext, the Assessments"),
                typo(
                        FIT,
                        "too-slow",
                        "$it.decodeSpeed()",
                        "$it.decodeSped()",
                        "Assessment has no decodeSped(). Did you mean decodeSpeed?"),
                typo(
                        FIT,
                        "does-not-fit",
                        "findings.reject",
                        "int x = \"a\"; findings.reject",
                        "cannot convert from String to int"),
                typo(LOAD, "several-machines", "$it : Assessment", "Assessment", "Write $it : before the fact")
                        .named("findings"));
    }

    private static List<Typo> ofForm() {
        return List.of(
                new Typo(BUDGET, "over-budget", "\nend\n", "\n", "Takes", "has no end"),
                typo(BUDGET, "near-budget", "\"Leave", "Leave", "quotation mark is missing"),
                typo(BUDGET, "rental-forbidden", "isRented == true", "isRented = true", "write == to compare"),
                typo(BUDGET, "not-for-rent", "isOffered == false )", "isOffered == false", ") is missing"),
                typo(BUDGET, "price-unknown", "rule \"price-unknown\"", "rule price-unknown", "rule \"price-unknown\""),
                typo(BUDGET, "stale-price", "    when", "    whn", "Did you mean when?"),
                new Typo(BUDGET, "spot-price-in", "    then\n", "", "end", "has no then before (end)"),
                typo(
                        BUDGET,
                        "idle-hardware",
                        "utilizationPercent < $share",
                        "utilizationPercent <",
                        "A value is missing"),
                typo(FIT, "does-not-fit", ".memoryInWords());", ".memoryInWords())", "semicolon is missing"),
                typo(FIT, "too-slow", "$it.minDecodeSpeed());", "$it.minDecodeSpeed();", ") is missing")
                        .named("findings"),
                typo(FIT, "slow-first-token", "\"slow-first-token\"", "“slow-first-token”", "straight quotation marks"),
                typo(FIT, "precision-loss", "rule \"prec", "rul \"prec", "Did you mean rule?"),
                typo(
                        LOAD,
                        "near-saturation",
                        "Assessment( ",
                        "Assessment( isApple == true and ",
                        "write && or a comma"),
                typo(
                        LOAD,
                        "not-a-production-server",
                        "findings.warn(kcontext, ",
                        "findings.warn(kcontext ",
                        "Maybe a comma"));
    }

    private static List<Typo> ofWhatBuilds() {
        return List.of(
                typo(
                        BUDGET,
                        "",
                        "package quartermaster.rules",
                        "package quartermaster.ruls",
                        "expected package quartermaster.rules."),
                typo(
                        FIT,
                        "",
                        "quartermaster.decision.Findings findings",
                        "quartermaster.decision.Finding findings",
                        "expected global quartermaster.decision.Findings findings."),
                typo(
                        BUDGET,
                        "near-budget",
                        "\"product rule: near the budget is a warning\"",
                        "product rule: near the budget",
                        "Write the source in quotation marks"),
                typo(BUDGET, "over-budget", "@source(", "@sorce(", "Did you mean @source?"),
                typo(
                        BUDGET,
                        "over-budget",
                        "budgetUsedPercent > 100",
                        "budgetUsedPercent > \"100\"",
                        "Found (\"100\"), but budgetUsedPercent is a number"),
                typo(
                        FIT,
                        "memory-headroom-is-thin",
                        "headroomPercent < $limit",
                        "hardware.memoryGiB < \"64\"",
                        "hardware.memoryGiB is a number"),
                typo(MODEL, "engine-does-not-run", "== false", "== \"false\"", "engineRunsHere is true or false"));
    }

    private static Stream<Typo> ofEachKind() {
        return Stream.of(ofMeaning().get(0), ofJava().get(5), ofForm().get(0));
    }

    @ParameterizedTest
    @MethodSource("ofEachKind")
    void one_slip_is_one_problem(Typo typo) {
        assertNamed(List.of(typo));
    }

    @Test
    void slips_of_meaning_are_each_named_once() {
        assertNamed(ofMeaning());
    }

    @Test
    void slips_in_what_rules_do_are_each_named_once() {
        assertNamed(ofJava());
    }

    @Test
    void slips_of_form_are_each_named_once() {
        assertNamed(ofForm());
    }

    @Test
    void slips_that_would_build_are_each_named_once() {
        assertNamed(ofWhatBuilds());
    }

    @Test
    void slips_of_all_kinds_are_named_together() {
        assertNamed(List.of(
                ofForm().get(8),
                ofMeaning().get(0),
                ofJava().get(10),
                ofWhatBuilds().get(5),
                typo(WORK, "laptop-needed", "isMobile ==", "isMobil ==", "isMobile?")));
    }

    @Test
    void an_import_of_nothing_is_one_problem_and_no_more() {
        assertNamed(List.of(typo(
                BUDGET,
                "",
                "import quartermaster.decision.Threshold",
                "import quartermaster.decision.Treshold",
                "Did you mean quartermaster.decision.Threshold?")));
    }

    @Test
    void a_constant_that_is_not_imported_is_named_with_the_line_to_write() {
        assertNamed(List.of(typo(
                FIT,
                "too-slow",
                "$it : Assessment(",
                "$it : Assessment( availability != Availability.PROJECTED,",
                "Availability is not imported: write import quartermaster.catalogue.Availability above")));
    }

    @Test
    void what_another_file_imports_or_declares_is_not_missed() {
        RuleFile own = new RuleFile(
                "rules/own.drl",
                "package quartermaster.rules\nrule \"mine\"\nwhen\n    $it : Assessment( fit == Fit.YES )\nthen\n"
                        + "    findings.note(kcontext, $it, \"\", \"It fits.\");\nend\n"
                        + "rule \"wrong\"\nwhen\n    Assessment( isAple == true )\nthen\nend\n");
        List<RuleFile> files = new ArrayList<>(shipped());
        files.add(own);

        assertThat(problems(files))
                .extracting(problem -> problem.at().toString())
                .containsExactly("rules/own.drl:10");
    }

    @Test
    void a_name_with_an_umlaut_or_a_tab_and_a_file_with_a_byte_order_mark_are_fine() {
        List<RuleFile> files = new ArrayList<>(shipped());
        files.replaceAll(file -> new RuleFile(
                file.name(), "\uFEFF" + file.text().replace("rule \"over-budget\"", "rule \"über\tbudget\"")));

        assertThat(RuleCompiler.compile(files).load().all().getKiePackages()).isNotEmpty();
    }

    @Test
    void rules_of_one_name_do_not_hide_other_problems() {
        RuleFile again = new RuleFile(
                "rules/own.drl",
                "package quartermaster.rules\nimport quartermaster.decision.Assessment\nrule \"over-budget\"\nwhen\n"
                        + "    Assessment( isApple == true )\nthen\nend\nrule \"mine\"\nwhen\n    Assessment( isAple == true )\nthen\nend\n");
        List<RuleFile> files = new ArrayList<>(shipped());
        files.add(again);

        assertThat(problems(files))
                .extracting(problem -> problem.at().toString())
                .containsExactly("rules/own.drl:3", "rules/own.drl:10");
    }

    @Test
    void a_type_that_rules_declare_themselves_is_no_mistake() {
        RuleFile own = new RuleFile(
                "rules/own.drl",
                "package quartermaster.rules\nimport quartermaster.decision.Assessment\ndeclare Note\n    text : String\nend\n"
                        + "rule \"mine\"\nwhen\n    Note( text == \"a\" )\n    Assessment( isAple == true )\nthen\nend\n");

        assertThat(problems(List.of(own))).singleElement().satisfies(problem -> {
            assertThat(problem.at().toString()).startsWith("rules/own.drl");
            assertThat(problem.message()).contains("isAple");
        });
    }

    private static void assertNamed(List<Typo> typos) {
        List<RuleFile> files = new ArrayList<>(shipped());
        typos.forEach(typo -> files.replaceAll(file -> file.name().equals(typo.file()) ? typo.in(file) : file));

        List<Problem> problems = problems(files);

        assertThat(problems)
                .extracting(problem -> problem.at().toString())
                .containsExactlyInAnyOrderElementsOf(
                        typos.stream().map(typo -> typo.at(files)).toList());
        assertThat(typos)
                .allSatisfy(typo -> assertThat(problems)
                        .filteredOn(problem -> problem.at().toString().equals(typo.at(files)))
                        .extracting(Problem::message)
                        .singleElement()
                        .asString()
                        .contains(typo.says()));
    }

    private static List<Problem> problems(List<RuleFile> files) {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(() -> RuleBook.of(TestWorkspace.decider().rules().policy(), files, null))
                .isInstanceOfSatisfying(RuleBookException.class, e -> problems.addAll(e.problems()));
        return problems;
    }

    private static List<RuleFile> shipped() {
        return TestWorkspace.rules();
    }

    private static String text(List<RuleFile> files, String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
