package quartermaster.decision.engine;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import quartermaster.decision.Assessment;
import quartermaster.decision.Assessments;
import quartermaster.decision.Findings;
import quartermaster.decision.Policy;
import quartermaster.decision.RuleSource;
import quartermaster.decision.rules.RuleBookException;
import quartermaster.decision.rules.RuleFile;
import quartermaster.unit.Digests;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** The rules in force: compiled once, immutable, used by any number of threads. */
public final class RuleBook {
    private static final int FIRINGS_PER_CANDIDATE = 500;
    private static final int FEW = 2_000; // candidates, for which it does not pay to make a book without remarks

    private final Policy policy;
    private final Map<String, RuleSource> sources; // by the rule's name
    private final CompiledRules compiled;
    private final String digest;
    private final boolean judgesEachAlone;
    private final AtomicInteger askedAbout = new AtomicInteger();

    private RuleBook(
            Policy policy,
            Map<String, RuleSource> sources,
            CompiledRules compiled,
            String digest,
            boolean judgesEachAlone) {
        this.policy = policy;
        this.sources = sources;
        this.compiled = compiled;
        this.digest = digest;
        this.judgesEachAlone = judgesEachAlone;
    }

    /**
     * Rules that are compiled only if neither this program nor an earlier start has compiled the same texts.
     *
     * @param folder of the program's own, where compiled rules are kept; null to keep none
     * @throws RuleBookException with every problem, if they do not build or if a rule of a file is missing afterwards
     */
    public static RuleBook of(Policy policy, List<RuleFile> files, @Nullable Path folder) {
        CompiledRules compiled = CompiledRules.of(files, folder);
        RuleBook book = new RuleBook(
                policy,
                sources(files),
                compiled,
                digest(policy, files),
                files.stream().allMatch(RuleFile::judgesEachAlone));
        book.requireEveryRule();
        return book;
    }

    /**
     * What is wrong with rules, whatever the policy that they would go with.
     *
     * @param folder where compiled rules are kept; null to keep none
     */
    public static List<Problem> problems(List<RuleFile> files, @Nullable Path folder) {
        try {
            CompiledRules.of(files, folder);
            return List.of();
        } catch (RuleBookException e) {
            return e.problems();
        }
    }

    public Policy policy() {
        return policy;
    }

    /** Where each rule stands, in the order of files and lines. */
    public Collection<RuleSource> rules() {
        return sources.values();
    }

    public int rulesInForce() {
        return compiled.count();
    }

    /** Digest of the policy's typed content and of the rules' text: the version of the rules. */
    public String digest() {
        return digest;
    }

    /** Runs the rules over some candidates. What is said of one never depends on another. */
    Findings judge(List<Assessment> assessments) {
        Findings findings = nothingSaid(assessments);
        run(compiled.base(), findings, assessments.size(), session -> {
            policy.tables().values().forEach(session::insert);
            assessments.forEach(session::insert);
            session.insert(new Assessments(assessments));
        });
        return findings;
    }

    /** Whether {@link #score} and {@link #judge(Findings, List)} come to the same as {@link #judge(List)}. */
    boolean judgesEachAlone() {
        return judgesEachAlone;
    }

    /** Only what the tables say of some candidates. */
    Findings score(List<Assessment> assessments) {
        Findings findings = nothingSaid(assessments);
        run(compiled.base(), findings, assessments.size(), session -> {
            policy.tables().values().forEach(session::insert);
            session.insert(new Assessments(assessments));
        });
        return findings;
    }

    /** Adds what the rules say of some of those that the tables have scored. */
    void judge(Findings scored, List<Assessment> some) {
        run(compiled.base(), scored, some.size(), session -> some.forEach(session::insert));
    }

    /**
     * Adds what rules some of them out, and leaves out what else there is to say.
     *
     * @return false where too few were asked about so far: then nothing was added
     */
    boolean ruleOut(Findings scored, List<Assessment> some) {
        if (askedAbout.get() < FEW) {
            askedAbout.addAndGet(some.size());
            return false;
        }
        run(compiled.withoutRemarks(), scored, some.size(), session -> some.forEach(session::insert));
        return true;
    }

    private Findings nothingSaid(List<Assessment> assessments) {
        return new Findings(
                sources,
                (about, step) -> policy.weight(about.workloadType(), step, about.comparesModels()),
                policy.file(),
                assessments);
    }

    private void run(KieBase base, Findings findings, int candidates, Consumer<KieSession> facts) {
        KieSession session = base.newKieSession();
        try {
            session.setGlobal("findings", findings);
            policy.thresholds().forEach(session::insert);
            facts.accept(session);
            int limit = FIRINGS_PER_CANDIDATE * Math.max(1, candidates);
            if (session.fireAllRules(limit) >= limit) {
                throw new IllegalStateException("The rules fired " + limit + " times without coming to an end.");
            }
            findings.scoreAll();
        } finally {
            session.dispose();
        }
    }

    private static Map<String, RuleSource> sources(List<RuleFile> files) {
        Map<String, RuleSource> sources = new LinkedHashMap<>();
        files.forEach(file -> file.rules().forEach(rule -> sources.put(rule.name(), rule)));
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
                    new Place.File("rules"))));
        }
    }
}
