package quartermaster.estimate;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Default;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LinkKind;
import quartermaster.unit.Choice;

/** How fast the devices of a replica speak to each other. */
final class Links {
    private final Catalogue catalogue;
    private final Map<Place, Optional<Double>> constants = new ConcurrentHashMap<>();

    Links(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Link of(Deployment deployment) {
        if (deployment.devices() == 1) {
            return Link.NONE;
        }
        Hardware hardware = deployment.hardware();
        boolean inOneNode = deployment.devices() <= hardware.maxDevicesPerNode();
        LinkKind kind =
                inOneNode ? hardware.linkKind() : (hardware.isApple() ? LinkKind.THUNDERBOLT : LinkKind.ETHERNET);
        if (kind == LinkKind.NONE) {
            kind = LinkKind.ETHERNET;
        }
        double bandwidth = inOneNode && hardware.linkGBps() != null
                ? hardware.linkGBps()
                : ofLink("linkGBps", kind, hardware).orElseThrow();
        double latency = ofLink("allReduceMicroseconds", kind, hardware).orElseThrow()
                + (deployment.devices() - 2)
                        * ofLink("allReduceMicrosecondsPerDevice", kind, hardware)
                                .orElse(0.0);
        return new Link(latency, bandwidth * ofLink("linkShare", kind, hardware).orElseThrow());
    }

    /** A constant of a kind of link: of the chip's class where there is a row, else of its family, else of all. */
    private Optional<Double> ofLink(String name, LinkKind kind, Hardware hardware) {
        return constants.computeIfAbsent(new Place(name, kind, hardware.chipClass(), hardware.family()), this::find);
    }

    /** Where a constant is looked for, which takes longer than anything that is done with it. */
    private record Place(String name, LinkKind kind, String chipClass, String family) {}

    private Optional<Double> find(Place place) {
        return Stream.of("." + place.chipClass(), "." + place.family(), "")
                .flatMap(of -> catalogue.findDefault(place.name() + "." + Choice.id(place.kind()) + of, "any").stream())
                .map(Default::number)
                .findFirst();
    }

    /** Whether anybody has measured how fast machines of that chip speak to each other. */
    boolean isKnownOf(Hardware hardware) {
        LinkKind kind = hardware.isApple() ? LinkKind.THUNDERBOLT : hardware.linkKind();
        String name = "allReduceMicroseconds." + Choice.id(kind) + ".";
        return Stream.of(hardware.chipClass(), hardware.family())
                .anyMatch(of -> catalogue.findDefault(name + of, "any").isPresent());
    }
}
