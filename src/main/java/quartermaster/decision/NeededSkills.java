package quartermaster.decision;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Default;
import quartermaster.catalogue.Hardware;
import quartermaster.estimate.Deployment;
import quartermaster.request.Skill;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;

/** Skills that a family of hardware, an engine or a type of workload takes, as {@code Defaults} lists them. */
public final class NeededSkills {
    private static final String NAME = "needsSkills.";

    private final Catalogue catalogue;
    private final Map<String, List<String>> needed = new ConcurrentHashMap<>(); // e.g. nvidia-dc: [cuda, linux]

    public NeededSkills(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What running this takes and the team does not know: of the hardware's family, the engine, and serving customers. */
    Set<String> missing(Set<String> known, WorkloadType type, Deployment deployment) {
        Set<String> missing = new TreeSet<>();
        Hardware hardware = deployment.hardware();
        for (String name : List.of(hardware.family(), deployment.engine().id(), Choice.id(type))) {
            missing.addAll(by(name));
        }
        if (hardware.isApple()) {
            missing.remove(Choice.id(Skill.KUBERNETES));
        }
        missing.removeAll(known);
        return missing;
    }

    /** @param name of the family, the engine or the type; none are needed for what the sheet does not have */
    private List<String> by(String name) {
        return needed.computeIfAbsent(name, this::read);
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
