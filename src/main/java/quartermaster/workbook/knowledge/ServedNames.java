package quartermaster.workbook.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.benchfile.NamedModel;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Model;
import quartermaster.unit.Ids;

/**
 * Models as providers call them: {@code accounts/fireworks/models/llama-v3p1-70b-instruct} is Llama-3.1-70B-Instruct.
 * What stands around a name may be left off, what makes another model or another price of it may not.
 */
final class ServedNames {
    /** The same weights at another speed and another price. */
    private static final Set<String> TIERS =
            Set.of("fast", "turbo", "highspeed", "lightning", "throughput", "priority", "flex", "batch", "tput");

    private static final int MOST_POSSIBLE = 6;
    private static final int SHORTEST = 3;
    private static final Pattern VENDOR = Pattern.compile("^(?:(?:us|eu|apac|global)[.])?[a-z][a-z-]+[.](?=[a-z])");
    private static final Pattern WRITTEN_OUT = Pattern.compile("(?<=\\d)p(?=\\d)");
    private static final Pattern VERSION = Pattern.compile("(?i)(?<=[a-z])-v(?=\\d+[.]\\d)");
    private static final Pattern SAYS_LITTLE =
            Pattern.compile("(?i)(?:[-_ ](?:instruct|it|chat|hf|maas)|-v\\d+:\\d+)$");
    private static final Pattern LAST_PART = Pattern.compile("^(.+)[-_:@ ]([^-_:@ ]+)$");

    private final Catalogue catalogue;
    private final LooseNames names;

    ServedNames(Catalogue catalogue, LooseNames names) {
        this.catalogue = catalogue;
        this.names = names;
    }

    /**
     * @param precision that the name says
     * @param whyNot in sentences; null where a model was found
     */
    record Found(
            @Nullable Model model,
            @Nullable String precision,
            String code,
            @Nullable String whyNot) {}

    Found find(String written) {
        List<String> spellings = spellings(written);
        String precision = NamedModel.of(written).precision();
        for (String spelling : spellings) {
            Optional<Model> model = catalogue.findModel(spelling);
            if (model.isPresent()) {
                return new Found(model.get(), precision, "", null);
            }
        }
        String plainest = spellings.get(spellings.size() - 1);
        Optional<Model> loose = names.findModel(plainest);
        return loose.isPresent() ? new Found(loose.get(), precision, "", null) : unknown(written, plainest);
    }

    private Found unknown(String written, String plainest) {
        List<String> behind = new ArrayList<>();
        String rest = plainest;
        for (Matcher last = LAST_PART.matcher(rest); last.matches(); last = LAST_PART.matcher(rest)) {
            behind.add(0, last.group(2));
            rest = last.group(1);
            Model base = rest.length() < SHORTEST ? null : found(rest);
            if (base != null) {
                return behind.stream()
                                .map(word -> word.toLowerCase(Locale.ROOT))
                                .allMatch(TIERS::contains)
                        ? refused(
                                "another-tier",
                                "\"" + written + "\" is the \"" + String.join(" ", behind) + "\" offer of " + base.id()
                                        + ", not its normal price.")
                        : refused(
                                "another-checkpoint",
                                "\"" + written + "\" is not " + base.id() + " but a variant of it (\""
                                        + String.join("-", behind) + "\"). Add a row to Models, or an alias to "
                                        + base.id()
                                        + " if price and weights are the same.");
            }
        }
        List<String> possible = LooseNames.possible(plainest, catalogue.models());
        return possible.size() > 1 && possible.size() <= MOST_POSSIBLE
                ? refused(
                        "ambiguous-model",
                        "\"" + written + "\" may be " + Ids.alternatives(possible) + ". Say --take NAME=ID.")
                : refused("unknown-model", "The catalogue has no model \"" + written + "\".");
    }

    private @Nullable Model found(String name) {
        for (String spelling : spellings(name)) {
            Optional<Model> model = catalogue.findModel(spelling);
            if (model.isPresent()) {
                return model.get();
            }
        }
        return null;
    }

    private static Found refused(String code, String whyNot) {
        return new Found(null, null, code, whyNot);
    }

    /** From the name as it is written to the plainest; at least one. */
    private static List<String> spellings(String written) {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(written.strip());
        String last = written.strip().replaceFirst("/+$", "").replaceFirst(".*/", "");
        spellings.add(last);
        String named = NamedModel.of(last).name();
        String bare = VENDOR.matcher(named == null ? last : named).replaceFirst("");
        spellings.add(bare);
        String dotted =
                VERSION.matcher(WRITTEN_OUT.matcher(bare).replaceAll(".")).replaceAll("-");
        spellings.add(dotted);
        for (String shorter = SAYS_LITTLE.matcher(dotted).replaceFirst("");
                !spellings.contains(shorter);
                shorter = SAYS_LITTLE.matcher(shorter).replaceFirst("")) {
            spellings.add(shorter);
        }
        return List.copyOf(spellings);
    }
}
