package quartermaster.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Policy;
import quartermaster.decision.analysis.PolicyAnalysis;
import quartermaster.decision.analysis.PolicyFinding;
import quartermaster.decision.cases.Case;
import quartermaster.decision.engine.Decider;
import quartermaster.decision.engine.ProgramDigest;
import quartermaster.decision.engine.RuleBook;
import quartermaster.decision.rules.RuleBookException;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.CasesReader;
import quartermaster.workbook.knowledge.CatalogueReader;
import quartermaster.workbook.knowledge.KeptCatalogues;
import quartermaster.workbook.knowledge.PolicyReader;
import quartermaster.workbook.read.KeptWorkbooks;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookLimits;

/** A folder with {@code rules/} and {@code spreadsheets/}: all that the architect owns. */
public final class Workspace {
    public static final String CATALOGUE = "spreadsheets/catalogue.xlsx";
    public static final String POLICY = "rules/policy.xlsx";
    public static final String CASES = "rules/cases.xlsx";
    public static final String RULES = "rules";

    /** The program's own folder within a workspace. */
    public static final String OWN = ".quartermaster";

    private Workspace() {}

    public static boolean isWorkspace(Path folder) {
        return Files.isRegularFile(folder.resolve(CATALOGUE)) && Files.isRegularFile(folder.resolve(POLICY));
    }

    /**
     * A workspace that can decide.
     *
     * @param files that it was made of
     */
    public record Loaded(WorkspaceFiles files, Decider decider) {}

    /**
     * Who loads.
     *
     * @param own folder for compiled rules and cells that were read, usually {@link #OWN} of the workspace; null to keep none
     * @param program version that decisions name
     * @param clock that decisions are dated by
     */
    public record Setting(@Nullable Path own, String program, Supplier<Instant> clock) {
        public static Setting of(Path folder, String program, Supplier<Instant> clock) {
            return new Setting(folder.resolve(OWN), program, clock);
        }
    }

    /**
     * What a workspace decides with, or null with every problem of every file; places name file, sheet and cell.
     *
     * @param program version that decisions name
     */
    public static Imported<@Nullable Decider> load(Path folder, String program, Supplier<Instant> clock) {
        Imported<@Nullable Loaded> loaded = load(read(folder), null, Setting.of(folder, program, clock));
        Loaded value = loaded.value();
        return value == null ? Imported.nothing(loaded.problems()) : new Imported<>(value.decider(), loaded.problems());
    }

    /**
     * The same of files in memory.
     *
     * @param earlier whose unchanged parts are taken over; null when there is none
     */
    public static Imported<@Nullable Loaded> load(WorkspaceFiles files, @Nullable Loaded earlier, Setting setting) {
        CompletableFuture<Imported<@Nullable Catalogue>> reading = CompletableFuture.supplyAsync(
                () -> catalogue(files, earlier, setting.own())); // it takes about as long as all the rest
        Imported<@Nullable RuleBook> rules = rules(files, earlier, setting.own());
        Imported<@Nullable Catalogue> catalogue = reading.join();
        List<Problem> problems = new ArrayList<>(catalogue.problems());
        problems.addAll(rules.problems());
        if (catalogue.value() == null || rules.value() == null || !problems.isEmpty()) {
            return Imported.nothing(problems);
        }
        return new Imported<>(
                new Loaded(files, decider(catalogue.value(), rules.value(), earlier, setting)), List.of());
    }

    /** Over the very catalogue of an earlier one it goes on with what that one has estimated. */
    private static Decider decider(Catalogue catalogue, RuleBook rules, @Nullable Loaded earlier, Setting setting) {
        return earlier != null && earlier.decider().catalogue() == catalogue
                ? earlier.decider().with(rules, setting.program(), setting.clock())
                : new Decider(catalogue, rules, setting.program(), setting.clock());
    }

    private static Imported<@Nullable Catalogue> catalogue(
            WorkspaceFiles files, @Nullable Loaded earlier, @Nullable Path own) {
        if (earlier != null && files.sameAs(earlier.files(), CATALOGUE)) {
            return new Imported<>(earlier.decider().catalogue(), List.of());
        }
        List<Problem> problems = new ArrayList<>();
        Catalogue read = catalogue(files, own, problems);
        return read == null ? Imported.nothing(problems) : new Imported<>(read, problems);
    }

    private static Imported<@Nullable RuleBook> rules(
            WorkspaceFiles files, @Nullable Loaded earlier, @Nullable Path own) {
        if (earlier != null
                && files.sameAs(earlier.files(), POLICY)
                && files.rules().equals(earlier.files().rules())) {
            return new Imported<>(earlier.decider().rules(), List.of());
        }
        List<Problem> problems = new ArrayList<>();
        Policy policy = earlier != null && files.sameAs(earlier.files(), POLICY)
                ? earlier.decider().rules().policy()
                : policy(files, own, problems);
        if (policy == null || !problems.isEmpty()) {
            problems.addAll(RuleBook.problems(files.rules(), own));
            return Imported.nothing(problems);
        }
        try {
            return new Imported<>(RuleBook.of(policy, files.rules(), own), List.of());
        } catch (RuleBookException e) {
            return Imported.nothing(e.problems());
        }
    }

    /** The catalogue of a workspace, without its rules; places name file, sheet and cell. */
    public static Imported<@Nullable Catalogue> catalogue(Path folder) {
        List<Problem> problems = new ArrayList<>();
        Catalogue catalogue = catalogue(read(folder), folder.resolve(OWN), problems);
        return catalogue == null || !problems.isEmpty()
                ? Imported.nothing(problems)
                : new Imported<>(catalogue, List.of());
    }

    /** The policy of a workspace, without its rules; places name file, sheet and cell. */
    public static Imported<@Nullable Policy> policy(Path folder) {
        List<Problem> problems = new ArrayList<>();
        Policy policy = policy(read(folder), folder.resolve(OWN), problems);
        return policy == null || !problems.isEmpty() ? Imported.nothing(problems) : new Imported<>(policy, List.of());
    }

    /** The cases of a workspace; places name file, sheet and cell. None where there is no such file. */
    public static Imported<List<Case>> cases(Path folder, Decider decider) {
        return cases(read(folder), decider);
    }

    public static Imported<List<Case>> cases(WorkspaceFiles files, Decider decider) {
        if (files.find(CASES).isEmpty()) {
            return new Imported<>(List.of(), List.of());
        }
        List<Problem> problems = new ArrayList<>();
        WorkbookFile file = open(files, CASES, null, problems);
        if (file == null) {
            return new Imported<>(List.of(), problems);
        }
        Imported<List<Case>> read = CasesReader.read(file, decider);
        read.problems().forEach(problem -> problems.add(in(CASES, problem)));
        return new Imported<>(read.value(), problems);
    }

    /** What there is to say of the policy before it is used. */
    public static List<PolicyFinding> analysis(Path folder, Decider decider, List<Case> cases) {
        return analysis(read(folder), decider, cases);
    }

    public static List<PolicyFinding> analysis(WorkspaceFiles files, Decider decider, List<Case> cases) {
        return PolicyAnalysis.of(decider.rules().policy(), decider.catalogue(), files.rules(), cases);
    }

    private static WorkspaceFiles read(Path folder) {
        try {
            return WorkspaceFiles.read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The workspace " + folder + " cannot be read.", e);
        }
    }

    /** Its rows are kept, and no cells: they are what takes long to make. */
    private static @Nullable Catalogue catalogue(WorkspaceFiles files, @Nullable Path own, List<Problem> problems) {
        String digest = files.digests().get(CATALOGUE);
        Optional<KeptCatalogues> kept = own == null || digest == null
                ? Optional.empty()
                : ProgramDigest.find().map(program -> new KeptCatalogues(own, program));
        Optional<Catalogue> found = kept.flatMap(each -> each.find(digest));
        if (found.isPresent()) {
            return found.get();
        }
        WorkbookFile file = open(files, CATALOGUE, null, problems);
        if (file == null) {
            return null;
        }
        Imported<Catalogue> read = CatalogueReader.read(file);
        read.problems().forEach(problem -> problems.add(in(CATALOGUE, problem)));
        if (read.problems().isEmpty()) {
            kept.ifPresent(each -> each.keep(digest, read.value()));
        }
        return read.value();
    }

    private static @Nullable Policy policy(WorkspaceFiles files, @Nullable Path own, List<Problem> problems) {
        WorkbookFile file = open(files, POLICY, own, problems);
        if (file == null) {
            return null;
        }
        Imported<@Nullable Policy> read = PolicyReader.read(file, POLICY);
        read.problems().forEach(problem -> problems.add(in(POLICY, problem)));
        return read.value();
    }

    /** @param own where cells are kept for the next start; null to keep none */
    private static @Nullable WorkbookFile open(
            WorkspaceFiles files, String name, @Nullable Path own, List<Problem> problems) {
        Optional<byte[]> bytes = files.find(name);
        if (bytes.isEmpty()) {
            problems.add(new Problem("missing-file", "There is no file " + name + ".", new Place.File(name)));
            return null;
        }
        try {
            Optional<String> program = own == null ? Optional.empty() : ProgramDigest.find();
            return own == null || program.isEmpty()
                    ? WorkbookFile.openOwn(bytes.get(), name, WorkbookLimits.OWN)
                    : new KeptWorkbooks(own, program.get())
                            .open(bytes.get(), files.digests().get(name), name, WorkbookLimits.OWN);
        } catch (UnreadableWorkbookException e) {
            problems.add(new Problem(e.code(), String.valueOf(e.getMessage()), new Place.File(name)));
            return null;
        }
    }

    private static Problem in(String file, Problem problem) {
        return problem.at(problem.at().in(file));
    }
}
