package quartermaster.spark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a job writes: a folder with a file for each part of the work, in their order, which is there as a whole or not at
 * all. A job that is asked again makes those that are missing.
 *
 * @param folder local, or at any address that Hadoop reads and writes
 */
record PartFiles(String folder) implements Serializable {
    private static final String ASKED = "_asked";
    private static final String DONE = "_SUCCESS";

    /**
     * Takes the folder for a job.
     *
     * @param asked what is asked: another text cannot be gone on with
     * @throws IllegalArgumentException where the folder holds something else
     */
    void begin(String asked) throws IOException {
        FileSystem files = files();
        Path note = new Path(folder, ASKED);
        if (files.exists(note)) {
            if (!read(files, note).equals(asked)) {
                throw new IllegalArgumentException(
                        folder + " holds another job. Name another folder, or delete it to begin anew.");
            }
            return;
        }
        if (files.exists(new Path(folder)) && files.listStatus(new Path(folder)).length > 0) {
            throw new IllegalArgumentException(folder + " is not empty, and holds no job of this kind.");
        }
        write(files, note, asked);
    }

    boolean has(int number) throws IOException {
        return files().exists(part(number));
    }

    /** How many lines it has; written beside and put in place when it is whole. */
    long write(int number, Iterator<String> lines) throws IOException {
        FileSystem files = files();
        Path unfinished = new Path(
                folder,
                "_" + Thread.currentThread().getId() + "-" + part(number).getName());
        long count = 0;
        try (BufferedWriter writer =
                new BufferedWriter(new OutputStreamWriter(files.create(unfinished, true), StandardCharsets.UTF_8))) {
            for (; lines.hasNext(); count++) {
                writer.write(lines.next());
                writer.write('\n');
            }
        }
        if (!files.rename(unfinished, part(number))) {
            files.delete(unfinished, false);
            throw new IOException(part(number) + " cannot be put in place.");
        }
        return count;
    }

    void end() throws IOException {
        write(files(), new Path(folder, DONE), "");
    }

    private Path part(int number) {
        return new Path(folder, String.format(Locale.ROOT, "part-%06d", number));
    }

    private FileSystem files() throws IOException {
        return FileSystem.get(URI.create(new Path(folder).toString()), new Configuration());
    }

    private static void write(FileSystem files, Path file, String text) throws IOException {
        try (OutputStreamWriter writer = new OutputStreamWriter(files.create(file, true), StandardCharsets.UTF_8)) {
            writer.write(text);
        }
    }

    private static String read(FileSystem files, Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
