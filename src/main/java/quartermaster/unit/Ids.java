package quartermaster.unit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How ids and names are compared, and which one somebody probably meant. */
public final class Ids {
    private static final int LISTED_AT_MOST = 8;
    private static final int TOO_MANY_TO_LIST = 80; // of which a handful tells nobody anything
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Ids() {}

    /** The same text without case, spaces, dots, hyphens and underscores: "Llama 3.1-70B" and "llama_31_70b" are one. */
    public static String normalise(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (char c : text.strip().toLowerCase(Locale.ROOT).toCharArray()) {
            if (c != ' ' && c != '.' && c != '-' && c != '_' && c != '\u00a0') {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** The known name closest to the text, if it is close enough to be a slip of the hand. */
    public static Optional<String> nearest(String text, Collection<String> known) {
        String wanted = normalise(text);
        String best = null;
        double bestDistance = Math.max(2, wanted.length() * 0.4);
        for (String name : known) {
            String candidate = normalise(name);
            boolean within = Math.min(wanted.length(), candidate.length()) >= 3
                    && (candidate.contains(wanted) || wanted.contains(candidate));
            if (!within && Math.abs(candidate.length() - wanted.length()) > bestDistance) {
                continue; // so many edits at least
            }
            double distance = distance(wanted, candidate);
            if (within) {
                distance = Math.min(distance, 1 + Math.abs(candidate.length() - wanted.length()) * 0.05);
            }
            if (distance < bestDistance || (distance == bestDistance && best != null && name.compareTo(best) < 0)) {
                best = name;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether two or three letters at most are other ones: "Quantisaton" is a slip, "Application" no "Utilization". */
    public static boolean isSlip(String text, String known) {
        return distance(normalise(text), normalise(known)) <= Math.max(2, known.length() / 5);
    }

    /** " Did you mean …?", what is called most like it, or the list of what is allowed, to stand after a message. */
    public static String hint(String text, Collection<String> known) {
        return nearest(text, known)
                .map(name -> " Did you mean " + name + "?")
                .or(() -> like(text, known))
                .orElseGet(() -> " " + allowed(known));
    }

    /** Those that have the most words of the text in their names, if that is at least half of them. */
    private static Optional<String> like(String text, Collection<String> known) {
        Set<String> wanted = words(text);
        Map<Long, List<String>> byShared = new TreeMap<>();
        for (String name : known) {
            long shared = words(name).stream().filter(wanted::contains).count();
            byShared.computeIfAbsent(shared, count -> new ArrayList<>()).add(name);
        }
        return byShared.keySet().stream()
                .max(Long::compare)
                .filter(most -> most > 1 && 2 * most >= wanted.size())
                .map(most -> " Most like it: "
                        + byShared.get(most).stream().limit(LISTED_AT_MOST).collect(Collectors.joining(", ")) + ".");
    }

    private static Set<String> words(String text) {
        return Stream.of(NO_WORD.split(text.strip().toLowerCase(Locale.ROOT)))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toSet());
    }

    /** "Allowed: a, b, c." with at most a handful of names. */
    public static String allowed(Collection<String> known) {
        List<String> names = new ArrayList<>(known);
        if (names.isEmpty()) {
            return "Nothing is allowed here.";
        }
        if (names.size() > TOO_MANY_TO_LIST) {
            return "None of the " + names.size() + " that there are is called like it.";
        }
        String listed = names.stream().limit(LISTED_AT_MOST).collect(Collectors.joining(", "));
        return "Allowed: " + listed + (names.size() > LISTED_AT_MOST ? ", … (" + names.size() + " in all)." : ".");
    }

    /** "a, b or c", with at most a handful of names. */
    public static String alternatives(List<String> names) {
        int listed = names.size() > LISTED_AT_MOST ? LISTED_AT_MOST : names.size() - 1;
        String last = names.size() > LISTED_AT_MOST ? (names.size() - listed) + " others" : names.get(listed);
        return String.join(", ", names.subList(0, listed)) + " or " + last;
    }

    /** Edits that turn one text into the other, a swap of neighbours counting one (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    /** Somebody's words as an id: {@code Health data} is {@code health-data}. */
    public static String hyphenated(String words) {
        return words.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-");
    }
}
