package quartermaster.decision.engine;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import quartermaster.decision.rules.LoadedRules;
import quartermaster.decision.rules.RuleBookException;
import quartermaster.decision.rules.RuleClasses;
import quartermaster.decision.rules.RuleCompiler;
import quartermaster.decision.rules.RuleFile;
import quartermaster.unit.Digests;

/**
 * Rules ready to run, without the policy: whoever has the same texts shares them, so that a change of a table compiles
 * nothing. They go when nobody holds them any more.
 */
final class CompiledRules {
    private static final Map<String, WeakReference<CompiledRules>> IN_USE = new HashMap<>(); // by their texts' digest

    private final LoadedRules loaded;
    private final Set<String> remarks; // rules that rule nothing out
    private volatile @Nullable KieBase withoutRemarks;

    private CompiledRules(LoadedRules loaded, Set<String> remarks) {
        this.loaded = loaded;
        this.remarks = remarks;
    }

    /**
     * Those in use, or those that an earlier start has kept, or new ones.
     *
     * @param folder where compiled rules are kept; null to keep none
     * @throws RuleBookException with every problem of the texts
     */
    static CompiledRules of(List<RuleFile> files, @Nullable Path folder) {
        String texts = Digests.of(files.toString());
        synchronized (IN_USE) {
            IN_USE.values().removeIf(each -> each.get() == null);
            CompiledRules used = Optional.ofNullable(IN_USE.get(texts))
                    .map(WeakReference::get)
                    .orElse(null);
            if (used == null) {
                used = new CompiledRules(
                        loaded(files, texts, folder),
                        files.stream().flatMap(each -> each.remarks().stream()).collect(Collectors.toSet()));
                IN_USE.put(texts, new WeakReference<>(used));
            }
            return used;
        }
    }

    KieBase base() {
        return loaded.all();
    }

    /** Those that may rule a candidate out, see {@link RuleFile#remarks}: made when somebody asks. */
    KieBase withoutRemarks() {
        KieBase made = withoutRemarks;
        if (made == null) {
            synchronized (this) {
                made = withoutRemarks;
                if (made == null) {
                    made = loaded.without(remarks);
                    withoutRemarks = made;
                }
            }
        }
        return made;
    }

    int count() {
        return base().getKiePackages().stream()
                .mapToInt(each -> each.getRules().size())
                .sum();
    }

    private static LoadedRules loaded(List<RuleFile> files, String texts, @Nullable Path folder) {
        Supplier<RuleClasses> compiler = () -> RuleCompiler.compile(files);
        Optional<String> program = folder == null ? Optional.empty() : ProgramDigest.find();
        if (folder == null || program.isEmpty()) {
            return compiler.get().load();
        }
        return new KeptRules(folder, Digests.of(program.get() + "\n" + texts)).load(compiler);
    }
}
