package quartermaster.decision.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.decision.rules.LoadedRules;
import quartermaster.decision.rules.RuleClasses;
import quartermaster.unit.Digests;
import quartermaster.unit.ScratchFolder;

/**
 * Compiled rules on the disk, for the next start: {@code compiled/<what they were made of>.jar}, and beside it the
 * digest of its content, without which nothing of it is run.
 */
final class KeptRules {
    private static final Logger LOG = LoggerFactory.getLogger(KeptRules.class);
    private static final int KEPT = 10;
    private static final String JAR = ".jar";
    private static final String DIGEST = ".sha256";
    private static final String KEY = "key";
    private static final String MODELS = "models";
    private static final String CLASS = ".class";

    private final ScratchFolder folder;
    private final String key;

    /** @param key digest of all that the rules are made of */
    KeptRules(Path workspaceFolder, String key) {
        this.folder = new ScratchFolder(workspaceFolder.resolve("compiled"), KEPT);
        this.key = key.substring(key.indexOf(':') + 1);
    }

    /** What is kept if it is whole; else what the compiler makes, which is kept then. */
    LoadedRules load(Supplier<RuleClasses> compiler) {
        Optional<LoadedRules> kept = find();
        if (kept.isPresent()) {
            return kept.get();
        }
        RuleClasses compiled = compiler.get();
        LoadedRules rules = compiled.load();
        keep(compiled);
        return rules;
    }

    private Optional<LoadedRules> find() {
        Path jar = folder.file(key + JAR);
        Path digest = folder.file(key + DIGEST);
        if (!Files.isRegularFile(jar) || !Files.isRegularFile(digest)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(jar);
            if (!Files.readString(digest, StandardCharsets.UTF_8).strip().equals(Digests.of(bytes))) {
                throw new IOException("Its digest is not the one that was written down.");
            }
            LoadedRules rules = unpacked(bytes).load();
            folder.used(key + JAR);
            return Optional.of(rules);
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn("The compiled rules {} cannot be used and are made again: {}", jar, e.toString());
            return Optional.empty();
        }
    }

    /** A folder that cannot be written costs time at the next start, nothing else. */
    private void keep(RuleClasses compiled) {
        try {
            byte[] bytes = packed(compiled);
            folder.write(key + JAR, bytes);
            folder.write(key + DIGEST, (Digests.of(bytes) + "\n").getBytes(StandardCharsets.UTF_8));
            folder.prune(JAR, List.of(DIGEST));
        } catch (IOException e) {
            LOG.warn("The compiled rules cannot be kept in {}: {}", folder.path(), e.toString());
        }
    }

    private byte[] packed(RuleClasses compiled) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, KEY, key.getBytes(StandardCharsets.UTF_8));
            put(zip, MODELS, String.join("\n", compiled.models()).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> each : compiled.classes().entrySet()) {
                put(zip, each.getKey().replace('.', '/') + CLASS, each.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
    }

    private RuleClasses unpacked(byte[] bytes) throws IOException {
        Map<String, byte[]> parts = new TreeMap<>();
        try (InputStream file = new ByteArrayInputStream(bytes);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        if (!key.equals(text(parts.remove(KEY)))) {
            throw new IOException("It was made of other rules or for another program.");
        }
        List<String> models = text(parts.remove(MODELS)).lines().toList();
        Map<String, byte[]> classes = new TreeMap<>();
        parts.forEach((name, code) ->
                classes.put(name.substring(0, name.length() - CLASS.length()).replace('/', '.'), code));
        return new RuleClasses(models, classes);
    }

    private static String text(byte @Nullable [] part) throws IOException {
        if (part == null) {
            throw new IOException("It is not a file of compiled rules.");
        }
        return new String(part, StandardCharsets.UTF_8);
    }
}
