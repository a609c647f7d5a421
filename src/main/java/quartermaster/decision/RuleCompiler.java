package quartermaster.decision;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drools.compiler.kie.builder.impl.DrlProject;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import quartermaster.unit.Problem;

/**
 * Makes classes of rules.
 *
 * <p>They are those of Drools' executable model, whose answers do not change while it warms up; the classic compiler
 * only explains what does not build. Of what is compiled, nothing stays in the library's repository.
 */
final class RuleCompiler {
    private static final String RESOURCES = "src/main/resources/quartermaster/";
    private static final String CLASS = ".class";

    private final KieServices services = KieServices.get();
    private final ReleaseId release =
            services.newReleaseId("quartermaster", "rules", UUID.randomUUID().toString());
    private final List<RuleFile> files;

    private RuleCompiler(List<RuleFile> files) {
        this.files = files;
    }

    /** @throws RuleBookException with every problem */
    static RuleClasses compile(List<RuleFile> files) {
        return new RuleCompiler(files).compile();
    }

    private RuleClasses compile() {
        try {
            KieBuilder builder = services.newKieBuilder(fileSystem());
            builder.buildAll(ExecutableModelProject.class);
            if (builder.getResults().hasMessages(Message.Level.ERROR)) {
                throw new RuleBookException(explain(problems(builder)));
            }
            return classes((InternalKieModule) builder.getKieModule());
        } finally {
            services.getRepository().removeKieModule(release);
        }
    }

    private RuleClasses classes(InternalKieModule module) {
        Map<String, byte[]> classes = new TreeMap<>();
        for (String file : module.getFileNames()) {
            if (file.endsWith(CLASS)) {
                String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
                classes.put(name, module.getBytes(file));
            }
        }
        byte[] listed = module.getBytes(CanonicalKieModule.getModelFileWithGAV(release));
        List<String> models = new String(listed, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(CanonicalKieModule.MODEL_VERSION))
                .toList();
        return new RuleClasses(models, classes);
    }

    /** The classic compiler knows the lines that the executable model forgets; where it sees nothing, ours stand. */
    private List<Problem> explain(List<Problem> found) {
        KieBuilder builder = services.newKieBuilder(fileSystem());
        builder.buildAll(DrlProject.class);
        List<Problem> explained = problems(builder);
        return explained.isEmpty() ? found : explained;
    }

    private KieFileSystem fileSystem() {
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
}
