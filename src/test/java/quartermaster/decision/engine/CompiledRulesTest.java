package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.decision.Policy;
import quartermaster.decision.rules.RuleBookException;
import quartermaster.decision.rules.RuleClasses;
import quartermaster.decision.rules.RuleCompiler;
import quartermaster.decision.rules.RuleFile;
import quartermaster.unit.Digests;

/** Rules are compiled once for the same texts, in one process and from one start to the next. */
class CompiledRulesTest {
    private static final String KEY = Digests.of("all that these rules are made of");
    private static final RuleClasses COMPILED = RuleCompiler.compile(List.of(file("any")));

    @TempDir
    private Path folder;

    private final AtomicInteger compilations = new AtomicInteger();

    @Test
    void the_same_texts_share_what_is_compiled() {
        CompiledRules first = CompiledRules.of(List.of(file("shared")), null);
        assertThat(CompiledRules.of(List.of(file("shared")), null)).isSameAs(first);
        assertThat(CompiledRules.of(List.of(file("another")), null)).isNotSameAs(first);
    }

    @Test
    void compiled_rules_are_kept_in_the_folder() {
        CompiledRules rules = CompiledRules.of(List.of(file("kept")), folder);
        assertThat(rules.count()).isEqualTo(1);
        assertThat(names()).hasSize(2).allMatch(name -> name.matches("[0-9a-f]{64}\\.(jar|sha256)"));
    }

    @Test
    void a_second_start_does_not_compile() {
        load(KEY);
        assertThat(count(new KeptRules(folder, KEY))).isEqualTo(1);
        assertThat(compilations).hasValue(1);
    }

    @Test
    void rules_of_another_making_are_compiled() {
        load(KEY);
        load(Digests.of("another fact class"));
        assertThat(compilations).hasValue(2);
    }

    @Test
    void a_damaged_file_is_compiled_again_and_replaced() throws IOException {
        load(KEY);
        byte[] whole = Files.readAllBytes(jar(KEY));
        Files.write(jar(KEY), Arrays.copyOf(whole, whole.length / 2));
        load(KEY);
        assertThat(compilations).hasValue(2);
        assertThat(Files.readAllBytes(jar(KEY))).isEqualTo(whole);
        load(KEY);
        assertThat(compilations).hasValue(2);
    }

    @Test
    void a_file_without_its_digest_is_not_run() throws IOException {
        load(KEY);
        Files.delete(digest(KEY));
        load(KEY);
        assertThat(compilations).hasValue(2);
    }

    @Test
    void a_file_that_was_renamed_is_not_run() throws IOException {
        String other = Digests.of("other rules");
        load(other);
        Files.move(jar(other), jar(KEY));
        Files.move(digest(other), digest(KEY));
        load(KEY);
        assertThat(compilations).hasValue(2);
    }

    @Test
    void a_foreign_file_is_not_run() throws IOException {
        load(KEY);
        Files.writeString(jar(KEY), "not a jar");
        Files.writeString(digest(KEY), Digests.of("not a jar".getBytes(StandardCharsets.UTF_8)));
        load(KEY);
        assertThat(compilations).hasValue(2);
    }

    @Test
    void the_ten_latest_are_kept() throws IOException {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            keys.add(Digests.of("rules " + i));
            load(keys.get(i));
            Files.setLastModifiedTime(
                    jar(keys.get(i)), FileTime.from(Instant.now().minusSeconds(1000 - i)));
        }
        load(keys.get(2)); // in use, so it is young again
        load(KEY);
        assertThat(names()).hasSize(2 * 10);
        assertThat(jar(keys.get(2))).exists();
        assertThat(jar(keys.get(3))).doesNotExist();
        assertThat(digest(keys.get(3))).doesNotExist();
    }

    @Test
    void a_folder_that_cannot_be_written_stops_nobody() throws IOException {
        Path file = Files.writeString(folder.resolve("compiled"), "in the way");
        assertThat(count(new KeptRules(folder, KEY))).isEqualTo(1);
        assertThat(file).hasContent("in the way");
    }

    @Test
    void a_rule_that_was_lost_is_missed_in_kept_rules_too() {
        String text = file("found").text() + "rule \"lost\"\nwhen\nthen\nend\n";
        RuleFile file = new RuleFile("rules/own.drl", text);
        String key = Digests.of(ProgramDigest.find().orElseThrow() + "\n"
                + Digests.of(List.of(file).toString()));
        load(key);
        assertThatThrownBy(() -> RuleBook.of(policy(), List.of(file), folder))
                .isInstanceOf(RuleBookException.class)
                .hasMessageContaining("The files hold 2 rules, but 1 are in force");
    }

    @Test
    void the_program_is_named_by_its_classes() {
        assertThat(ProgramDigest.find()).isPresent().isEqualTo(ProgramDigest.find());
    }

    private static Policy policy() {
        return TestWorkspace.decider().rules().policy();
    }

    private void load(String key) {
        assertThat(count(new KeptRules(folder, key))).isEqualTo(1);
    }

    private int count(KeptRules kept) {
        Supplier<RuleClasses> compiler = () -> {
            compilations.incrementAndGet();
            return COMPILED;
        };
        return kept.load(compiler).all().getKiePackages().stream()
                .mapToInt(each -> each.getRules().size())
                .sum();
    }

    private Path jar(String key) {
        return folder.resolve("compiled/" + key.replace("sha256:", "") + ".jar");
    }

    private Path digest(String key) {
        return folder.resolve("compiled/" + key.replace("sha256:", "") + ".sha256");
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder.resolve("compiled"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuleFile file(String rule) {
        return new RuleFile(
                "rules/own.drl",
                "package quartermaster.rules\nimport quartermaster.decision.Assessment\nrule \"" + rule
                        + "\"\nwhen\n    Assessment( decodeSpeed < 5 )\nthen\nend\n");
    }
}
