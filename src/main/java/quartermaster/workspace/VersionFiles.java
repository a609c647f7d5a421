package quartermaster.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import quartermaster.ledger.KeptFiles;
import quartermaster.ledger.KeptVersion;
import quartermaster.ledger.Ledger;

/** The files of versions, wherever they are kept. */
public final class VersionFiles {
    private VersionFiles() {}

    private interface Store {
        byte[] content(String digest) throws IOException;
    }

    /** Of the version that is in force for all services that share the database. */
    public static WorkspaceFiles inForce(Ledger ledger) {
        return of(ledger.inForce().orElseThrow(() -> WorkspaceRefusal.notReady()), ledger);
    }

    static WorkspaceFiles of(KeptVersion version, Ledger ledger) {
        return of(
                version,
                digest -> ledger.findFile(digest)
                        .orElseThrow(() -> new IOException(digest + " is not in the database.")));
    }

    static WorkspaceFiles of(KeptVersion version, KeptFiles files) {
        return of(version, files::get);
    }

    private static WorkspaceFiles of(KeptVersion version, Store store) {
        Map<String, byte[]> bytes = new HashMap<>();
        version.manifest().files().forEach((name, digest) -> {
            try {
                bytes.put(name, store.content(digest));
            } catch (IOException e) {
                throw new UncheckedIOException("Version " + version.id() + " is not whole any more.", e);
            }
        });
        return WorkspaceFiles.of(bytes);
    }
}
