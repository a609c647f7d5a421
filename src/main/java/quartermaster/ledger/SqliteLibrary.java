package quartermaster.ledger;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself, which its driver carries for each kind of machine. The driver lays it out, and then compares it byte by byte with
 * what it carries, a thirtieth of a start. Here it is only laid out, where nobody else may write, and goes at once; whatever does
 * not work is left to the driver.
 */
final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
    private static final String PATH = "org.sqlite.lib.path";
    private static final String DRIVERS_FOLDER = "org.sqlite.tmpdir";

    private static boolean tried;

    private SqliteLibrary() {}

    /** Loads it, once. Windows deletes no library that is loaded: there, and where somebody says where it lies, the driver does it. */
    static synchronized void load() {
        if (tried
                || File.separatorChar != '/'
                || System.getProperty(PATH) != null
                || System.getProperty(DRIVERS_FOLDER) != null) {
            return;
        }
        tried = true;
        String name = LibraryLoaderUtil.getNativeLibName();
        try (InputStream library =
                SqliteLibrary.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (library != null) {
                load(library, name);
            }
        } catch (IOException e) {
            LOG.debug("SQLite is loaded by its driver.", e);
        }
    }

    private static void load(InputStream library, String name) throws IOException {
        Path folder = Files.createTempDirectory("quartermaster-sqlite-");
        Path file = folder.resolve(name);
        try {
            Files.copy(library, file);
            System.setProperty(PATH, folder.toString());
            SQLiteJDBCLoader.initialize();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) { // the driver tries again, and says why it cannot
            LOG.debug("SQLite cannot be loaded from {}.", file, e);
        } finally {
            System.clearProperty(PATH);
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
