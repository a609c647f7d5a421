package quartermaster.decision.rules;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.internal.builder.conf.ParallelRulesBuildThresholdOption;
import quartermaster.unit.Problem;

/**
 * Makes classes of rules.
 *
 * <p>They are those of Drools' executable model, whose answers do not change while it warms up. Of what is compiled,
 * nothing stays in the library's repository.
 */
public final class RuleCompiler {
    private static final String RESOURCES = "src/main/resources/quartermaster/";
    private static final String CLASS = ".class";
    private static final List<String> OF_NO_USE = List.of(
            "Java source of ", // repeats all of a class of which something was said
            "Parser returned a null Package"); // after it has said why

    static {
        // Rules with mistakes, analysed side by side, now and then fail with a ConcurrentModificationException.
        System.setProperty(ParallelRulesBuildThresholdOption.PROPERTY_NAME, "-1");
    }

    private final KieServices services = KieServices.get();
    private final ReleaseId release =
            services.newReleaseId("quartermaster", "rules", UUID.randomUUID().toString());
    private final List<RuleFile> files;

    private RuleCompiler(List<RuleFile> files) {
        this.files = files;
    }

    /** @throws RuleBookException with every problem */
    public static RuleClasses compile(List<RuleFile> files) {
        return new RuleCompiler(files).compile();
    }

    private RuleClasses compile() {
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            files.forEach(file -> texts.put(file.name(), file.text()));
            KieBuilder builder = built(texts);
            List<RuleProblems.Said> wrong = said(builder);
            List<Problem> slips = RuleSlips.of(files);
            if (!wrong.isEmpty()) {
                throw new RuleBookException(RuleProblems.of(files, slips, wrong, apart -> said(built(apart))));
            }
            if (!slips.isEmpty()) {
                throw new RuleBookException(slips);
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

    private KieBuilder built(Map<String, String> texts) {
        KieFileSystem system = services.newKieFileSystem();
        system.generateAndWritePomXML(release);
        texts.forEach((name, text) -> system.write(RESOURCES + name, text));
        KieBuilder builder = services.newKieBuilder(system);
        builder.buildAll(ExecutableModelProject.class);
        return builder;
    }

    private static List<RuleProblems.Said> said(KieBuilder builder) {
        return builder.getResults().getMessages(Message.Level.ERROR).stream()
                .filter(message -> OF_NO_USE.stream().noneMatch(message.getText()::startsWith))
                .map(message -> new RuleProblems.Said(
                        message.getText().strip().lines().findFirst().orElse(""),
                        message.getPath() == null ? "" : message.getPath(),
                        message.getLine()))
                .distinct()
                .toList();
    }
}
