package quartermaster.decision;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import quartermaster.catalogue.Catalogue;
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
        missing.addAll(by(hardware.family()));
        missing.addAll(by(deployment.engine().id()));
        missing.addAll(by(Choice.id(type), hardware.family()));
        missing.removeAll(known);
        return missing;
    }

    /** @param name of the family, the engine or the type; none are needed for what the sheet does not have */
    private List<String> by(String name) {
        return needed.computeIfAbsent(name, any -> skills(catalogue.list(NAME + name)));
    }

    /** What a type of workload takes, on a family of hardware where the sheet has a row for both. */
    private List<String> by(String type, String family) {
        String both = type + "." + family;
        return catalogue.findDefault(NAME + both, "any").isPresent() ? by(both) : by(type);
    }

    private static List<String> skills(List<String> names) {
        return names.stream()
                .map(text -> Choice.find(Skill.class, text).map(Choice::id).orElse(Ids.normalise(text)))
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
