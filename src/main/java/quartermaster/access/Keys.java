package quartermaster.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;
import quartermaster.unit.Digests;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** The keys that a service takes. Where there are {@link #NONE}, whoever reaches it may do everything. */
public final class Keys {
    public static final Keys NONE = new Keys(List.of(), null);

    private static final String COMMENT = "#";
    private static final int PARTS = 3;
    private static final Pattern NAME = Pattern.compile("[\\w.@-]{1,100}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final String OF_NOTHING = bare(Digests.of(new byte[0]));

    private final List<Key> keys;
    private final @Nullable Issuer issuer;

    private Keys(List<Key> keys, @Nullable Issuer issuer) {
        this.keys = List.copyOf(keys);
        this.issuer = issuer;
    }

    /** The same, and whatever this issuer vouches for. */
    public Keys and(Issuer other) {
        return new Keys(keys, other);
    }

    /**
     * Reads lines of name, SHA-256 of the key and roles, e.g. {@code build-server 5e88…1542 decide,read}. Empty lines and
     * those that begin with # say nothing.
     *
     * @param file what the text is called in problems
     */
    public static Imported<@Nullable Keys> parse(String text, String file) {
        List<Problem> problems = new ArrayList<>();
        List<Key> keys = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith(COMMENT)) {
                continue;
            }
            int before = problems.size();
            Key key = key(line, new Place.Line(file, i + 1), problems);
            if (problems.size() == before && (!seen.add(key.name()) || !seen.add(key.sha256()))) {
                problems.add(new Problem(
                        "key-twice",
                        "Found the name " + key.name() + " or its key a second time; expected each once.",
                        new Place.Line(file, i + 1)));
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            problems.add(new Problem(
                    "no-keys",
                    "Found no key; expected lines of name, SHA-256 of the key and roles.",
                    new Place.File(file)));
        }
        return problems.isEmpty() ? new Imported<>(new Keys(keys, null), List.of()) : Imported.nothing(problems);
    }

    /** The line as far as it can be read; whoever added a problem does not use it. */
    private static Key key(String line, Place at, List<Problem> problems) {
        String[] parts = line.split("\\s+", PARTS);
        String digest = parts.length < 2 ? "" : parts[1].toLowerCase(Locale.ROOT);
        if (parts.length < PARTS) {
            problems.add(new Problem(
                    "missing-value",
                    "Found " + parts.length + " of 3 parts; expected name, SHA-256 of the key and roles.",
                    at));
        } else if (!NAME.matcher(parts[0]).matches()) {
            problems.add(new Problem(
                    "bad-name", "Found the name \"" + parts[0] + "\"; expected letters, digits, . @ _ and -.", at));
        }
        if (parts.length > 1 && (!SHA_256.matcher(digest).matches() || digest.equals(OF_NOTHING))) {
            problems.add(
                    new Problem( // what stands there may be the key itself
                            "bad-digest",
                            "The second part is "
                                    + (digest.equals(OF_NOTHING) ? "the SHA-256 of nothing" : "no SHA-256")
                                    + "; expected the 64 hexadecimal digits of the key's, as printf %s KEY | sha256sum gives"
                                    + " them.",
                            at));
        }
        Set<Role> roles = parts.length < PARTS ? EnumSet.allOf(Role.class) : roles(parts[2], at, problems);
        return new Key(parts[0], digest, roles);
    }

    private static Set<Role> roles(String text, Place at, List<Problem> problems) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String each : text.split("[,\\s]+", -1)) {
            Choice.find(Role.class, each)
                    .ifPresentOrElse(
                            roles::add,
                            () -> problems.add(new Problem(
                                    "unknown-role",
                                    "Found the role \"" + each + "\"; expected some of "
                                            + String.join(", ", Choice.ids(Role.class)) + "."
                                            + Ids.hint(each, Choice.ids(Role.class)),
                                    at)));
        }
        return roles.isEmpty() ? EnumSet.allOf(Role.class) : roles;
    }

    public boolean isEmpty() {
        return keys.isEmpty() && issuer == null;
    }

    /** Whose key it is; how long that takes tells nothing of the others. */
    public Optional<Key> find(String secret) {
        if (issuer != null && Issuer.isToken(secret)) {
            return issuer.find(secret);
        }
        byte[] asked = bare(Digests.of(secret)).getBytes(StandardCharsets.US_ASCII);
        Optional<Key> found = Optional.empty();
        for (Key each : keys) {
            if (MessageDigest.isEqual(asked, each.sha256().getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(each);
            }
        }
        return found;
    }

    private static String bare(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }
}
