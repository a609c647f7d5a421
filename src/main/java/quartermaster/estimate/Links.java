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
    private final Map<Place, Kind> kinds = new ConcurrentHashMap<>();

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
        Kind known = kinds.computeIfAbsent(new Place(kind, hardware.chipClass(), hardware.family()), this::kind);
        double bandwidth = inOneNode && hardware.linkGBps() != null
                ? hardware.linkGBps()
                : known.gigabytesPerSecond().orElseThrow();
        double latency = known.microseconds().orElseThrow()
                + (deployment.devices() - 2) * known.microsecondsPerDevice().orElse(0.0);
        return new Link(latency, bandwidth * known.share().orElseThrow());
    }

    /** Where constants are looked for, which takes longer than anything that is done with them. */
    private record Place(LinkKind kind, String chipClass, String family) {}

    /** Constants of a kind of link. */
    private record Kind(
            Optional<Double> gigabytesPerSecond,
            Optional<Double> microseconds,
            Optional<Double> microsecondsPerDevice,
            Optional<Double> share) {}

    private Kind kind(Place place) {
        return new Kind(
                find("linkGBps", place),
                find("allReduceMicroseconds", place),
                find("allReduceMicrosecondsPerDevice", place),
                find("linkShare", place));
    }

    /** Of the chip's class where there is a row, else of its family, else of all. */
    private Optional<Double> find(String name, Place place) {
        return Stream.of("." + place.chipClass(), "." + place.family(), "")
                .flatMap(of -> catalogue.findDefault(name + "." + Choice.id(place.kind()) + of, "any").stream())
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
