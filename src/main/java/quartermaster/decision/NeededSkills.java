package quartermaster.decision;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Default;
import quartermaster.request.Skill;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;

/** Skills that a family of hardware, an engine or a type of workload takes, as {@code Defaults} lists them. */
public final class NeededSkills {
    private static final String NAME = "needsSkills.";

    private final Catalogue catalogue;
    private final Map<String, List<String>> known = new ConcurrentHashMap<>(); // e.g. nvidia-dc: [cuda, linux]

    public NeededSkills(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @param name of the family, the engine or the type; none are needed for what the sheet does not have */
    List<String> by(String name) {
        return known.computeIfAbsent(name, this::read);
    }

    private List<String> read(String name) {
        return catalogue
                .findDefault(NAME + name, "any")
                .map(Default::text)
                .map(NeededSkills::split)
                .orElse(List.of());
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split("[;,]"))
                .map(text -> Choice.find(Skill.class, text).map(Choice::id).orElse(Ids.normalise(text)))
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
