package quartermaster.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A program that publishes two versions of three files, one after the other, until somebody kills it. */
final class Publisher {
    static final String A = "A";
    static final String B = "B";

    private static final int SIZE = 20_000;

    private Publisher() {}

    /** @param args a workspace to warm up in, and the one that counts, where it begins when it is told a byte */
    public static void main(String[] args) throws IOException {
        publish(Path.of(args[0]), 2);
        System.out.println("ready");
        if (System.in.read() >= 0) {
            publish(Path.of(args[1]), Integer.MAX_VALUE);
        }
    }

    private static void publish(Path workspace, int times) throws IOException {
        Path folder = workspace.resolve(".quartermaster");
        Publication publication = new Publication(folder, new KeptFiles(folder));
        for (int i = 0; i < times; i++) {
            publication.publish(workspace, files(i % 2 == 0 ? B : A), Set.of());
        }
    }

    /** Each file says which version it is of, from its first byte to its last. */
    static Map<String, byte[]> files(String version) {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : new String[] {"rules/policy.xlsx", "rules/fit.drl", "spreadsheets/catalogue.xlsx"}) {
            byte[] content = new byte[SIZE + name.length()];
            Arrays.fill(content, (byte) version.charAt(0));
            files.put(name, content);
        }
        return files;
    }
}
