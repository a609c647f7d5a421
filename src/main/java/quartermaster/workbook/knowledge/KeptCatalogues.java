package quartermaster.workbook.knowledge;

import java.nio.file.Path;
import java.util.Optional;
import quartermaster.catalogue.Catalogue;
import quartermaster.unit.KeptBytes;
import quartermaster.unit.RecordBytes;
import quartermaster.unit.ScratchFolder;

/**
 * Catalogues that an earlier start has read and in which nothing was wrong: {@code read/<digest of file and program>.rows} has
 * their rows as they came out. What is not whole, or was made of another file or by another program, is read again.
 */
public final class KeptCatalogues {
    private static final int KEPT = 5;

    private final KeptBytes kept;
    private final String program;

    /**
     * @param own folder of the program within the workspace
     * @param program digest of what reads
     */
    public KeptCatalogues(Path own, String program) {
        this.kept = new KeptBytes(new ScratchFolder(own.resolve("read"), KEPT), ".rows");
        this.program = program;
    }

    /** @param digest of the file's bytes */
    public Optional<Catalogue> find(String digest) {
        String key = KeptBytes.key(program, digest);
        try {
            Optional<Catalogue> found = kept.find(key)
                    .map(bytes -> RecordBytes.read(bytes, KeptBytes.HEAD_LENGTH, Catalogue.Content.class)
                            .catalogue());
            found.ifPresent(catalogue -> kept.used(key));
            return found;
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** @param catalogue in which nothing was wrong */
    public void keep(String digest, Catalogue catalogue) {
        kept.keep(KeptBytes.key(program, digest), RecordBytes.of(catalogue.content()));
    }
}
