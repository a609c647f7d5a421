package quartermaster.decision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;
import quartermaster.unit.Digests;
import quartermaster.unit.Problem;

/**
 * The rules in force: compiled once, immutable, used by any number of threads.
 *
 * <p>Built on Drools' executable model, whose answers do not change while it warms up; the classic compiler only
 * explains what does not build.
 */
public final class RuleBook implements AutoCloseable {
    private static final String RESOURCES = "src/main/resources/quartermaster/";
    private static final int FIRINGS_PER_CANDIDATE = 500;

    private final Policy policy;
    private final Map<String, RuleSource> sources; // by the rule's name
    private final KieContainer container;
    private final KieBase base;
    private final String digest;

    private RuleBook(Policy policy, Map<String, RuleSource> sources, KieContainer container, String digest) {
        this.policy = policy;
        this.sources = sources;
        this.container = container;
        this.base = container.getKieBase();
        this.digest = digest;
    }

    /** All {@code .drl} files of a folder, by name. */
    public static List<RuleFile> read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<RuleFile> rules = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".drl"))
                    .sorted()
                    .toList()) {
                rules.add(new RuleFile("rules/" + file.getFileName(), Files.readString(file, StandardCharsets.UTF_8)));
            }
            return rules;
        } catch (IOException e) {
            throw new UncheckedIOException("The rules in " + folder + " cannot be read.", e);
        }
    }

    /**
     * Compiles rules.
     *
     * @throws RuleBookException with every problem, if they do not build or if a rule of a file is missing afterwards
     */
    public static RuleBook of(Policy policy, List<RuleFile> files) {
        Map<String, RuleSource> sources = sources(files);
        KieContainer container = compile(files);
        RuleBook book = new RuleBook(policy, sources, container, digest(policy, files));
        book.requireEveryRule();
        return book;
    }

    public Policy policy() {
        return policy;
    }

    /** Where each rule stands, in the order of files and lines. */
    public Collection<RuleSource> rules() {
        return sources.values();
    }

    public int rulesInForce() {
        return base.getKiePackages().stream()
                .mapToInt(each -> each.getRules().size())
                .sum();
    }

    /** Digest of the policy's typed content and of the rules' text: the version of the rules. */
    public String digest() {
        return digest;
    }

    /** Runs the rules over some candidates. What is said of one never depends on another. */
    Findings judge(List<Assessment> assessments) {
        Findings findings = new Findings(
                sources, (about, step) -> policy.weight(about.workloadType(), step), policy.file(), assessments);
        KieSession session = base.newKieSession();
        try {
            session.setGlobal("findings", findings);
            policy.thresholds().forEach(session::insert);
            policy.tables().values().forEach(session::insert);
            assessments.forEach(session::insert);
            session.insert(new Assessments(assessments));
            int limit = FIRINGS_PER_CANDIDATE * Math.max(1, assessments.size());
            if (session.fireAllRules(limit) >= limit) {
                throw new IllegalStateException("The rules fired " + limit + " times without coming to an end.");
            }
        } finally {
            session.dispose();
        }
        return findings;
    }

    @Override
    public void close() {
        ReleaseId release = container.getReleaseId();
        container.dispose();
        KieServices.get().getRepository().removeKieModule(release);
    }

    private static KieContainer compile(List<RuleFile> files) {
        KieServices services = KieServices.get();
        ReleaseId release = services.newReleaseId(
                "quartermaster", "rules", UUID.randomUUID().toString());
        KieBuilder builder = services.newKieBuilder(fileSystem(services, release, files));
        builder.buildAll(ExecutableModelProject.class);
        if (builder.getResults().hasMessages(Message.Level.ERROR)) {
            throw new RuleBookException(explain(services, files, problems(builder)));
        }
        return services.newKieContainer(release);
    }

    /** The classic compiler knows the lines that the executable model forgets; where it sees nothing, ours stand. */
    private static List<Problem> explain(KieServices services, List<RuleFile> files, List<Problem> found) {
        ReleaseId release = services.newReleaseId(
                "quartermaster", "rules", UUID.randomUUID().toString());
        KieBuilder builder = services.newKieBuilder(fileSystem(services, release, files));
        builder.buildAll(org.drools.compiler.kie.builder.impl.DrlProject.class);
        List<Problem> explained = problems(builder);
        services.getRepository().removeKieModule(release);
        return explained.isEmpty() ? found : explained;
    }

    private static KieFileSystem fileSystem(KieServices services, ReleaseId release, List<RuleFile> files) {
        KieFileSystem system = services.newKieFileSystem();
        system.generateAndWritePomXML(release);
        for (RuleFile file : files) {
            system.write(RESOURCES + file.name(), file.text());
        }
        return system;
    }

    private static List<Problem> problems(KieBuilder builder) {
        return builder.getResults().getMessages(Message.Level.ERROR).stream()
                .map(message -> new Problem("rule-does-not-build", firstLine(message.getText()), at(message)))
                .distinct()
                .toList();
    }

    private static String at(Message message) {
        String path = message.getPath() == null
                ? "rules"
                : message.getPath().replaceFirst("^(src/main/resources/)?quartermaster/", "");
        return message.getLine() > 0 ? path + ":" + message.getLine() : path;
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(3)
                .collect(Collectors.joining(" "));
    }

    private static Map<String, RuleSource> sources(List<RuleFile> files) {
        Map<String, RuleSource> sources = new LinkedHashMap<>();
        List<Problem> twice = new ArrayList<>();
        for (RuleFile file : files) {
            for (RuleSource rule : file.rules()) {
                RuleSource first = sources.putIfAbsent(rule.name(), rule);
                if (first != null) {
                    twice.add(new Problem(
                            "rule-twice",
                            "The rule \"" + rule.name() + "\" stands at " + first.at() + " already.",
                            rule.at().toString()));
                }
            }
        }
        if (!twice.isEmpty()) {
            throw new RuleBookException(twice);
        }
        return sources;
    }

    private static String digest(Policy policy, List<RuleFile> files) {
        Map<String, String> byName = new TreeMap<>();
        files.forEach(file -> byName.put(file.name(), file.text().replace("\r\n", "\n")));
        return Digests.of(policy.digest() + "\n" + byName);
    }

    /** Nothing that stands in a file may be lost on the way into the engine. */
    private void requireEveryRule() {
        if (rulesInForce() != sources.size()) {
            throw new RuleBookException(List.of(new Problem(
                    "rules-lost",
                    "The files hold " + sources.size() + " rules, but " + rulesInForce() + " are in force.",
                    "rules")));
        }
    }
}
