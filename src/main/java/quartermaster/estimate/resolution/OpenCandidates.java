package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;

/**
 * What may be had, on which terms: candidates of a request looked up, or all that the catalogue offers. What they leave open
 * stays open.
 */
final class OpenCandidates {
    private static final String YOUR_PRICE = "your-price"; // stands for an offer's id

    private final Catalogue catalogue;
    private final Lookup lookup;
    private final HostedCandidates hosted;
    private final EnginesAndPrecisions choices;
    private final Map<Rented, List<OpenCandidate.Way>> anywhere = new ConcurrentHashMap<>(); // of the catalogue's own

    /** Of a machine that may be rented in any region. */
    private record Rented(String hardware, boolean mayBeInterrupted) {}

    OpenCandidates(Catalogue catalogue, Lookup lookup, HostedCandidates hosted, EnginesAndPrecisions choices) {
        this.catalogue = catalogue;
        this.lookup = lookup;
        this.hosted = hosted;
        this.choices = choices;
    }

    /** @param problems gets names that the catalogue does not know */
    List<OpenCandidate> of(DecisionRequest request, List<Problem> problems) {
        Map<Hardware, Integer> owned = owned(request.constraints(), problems);
        if (request.candidates().isEmpty()) {
            return offered(
                    owned, Terms.of(request), choices.engines(request.workload().trains()));
        }
        List<OpenCandidate> opens = new ArrayList<>();
        for (int i = 0; i < request.candidates().size(); i++) {
            if (hosted.isHosted(request.candidates().get(i))) {
                continue; // which ones depends on the model
            }
            OpenCandidate open = given(request, i, owned, problems);
            if (open != null) {
                opens.add(open);
            }
        }
        return opens;
    }

    private @Nullable OpenCandidate given(
            DecisionRequest request, int index, Map<Hardware, Integer> owned, List<Problem> problems) {
        Candidate written = request.candidates().get(index);
        Terms terms = Terms.of(request);
        boolean training = request.workload().trains();
        String at = "/candidates/" + index;
        int before = problems.size();
        Candidate candidate = lookup.ofInstance(written, at, problems);
        Optional<Hardware> hardware = lookup.hardware(candidate.hardware(), at + "/hardware", problems);
        boolean serves = training && lookup.namesAServer(candidate);
        Optional<Engine> engine = candidate.engine() == null || serves
                ? Optional.empty()
                : Lookup.look(
                        candidate.engine(),
                        training ? catalogue.training()::findEngine : catalogue::findEngine,
                        choices.engines(training),
                        training ? "training tool" : "engine",
                        at + "/engine",
                        problems);
        Optional<Quantization> quantization = serves
                ? Optional.empty()
                : lookup.quantization(candidate.quantization(), true, at + "/quantization", problems);
        Optional<Offer> offer = hardware.flatMap(found -> offer(candidate, found, at, problems));
        if (hardware.isEmpty() || problems.size() > before) {
            return null;
        }
        List<OpenCandidate.Way> ways = ways(candidate, hardware.get(), offer.orElse(null), owned, terms);
        int replicas = candidate.replicas() == null ? 1 : candidate.replicas();
        int most = candidate.replicas() == null ? Integer.MAX_VALUE : candidate.replicas();
        return new OpenCandidate(
                index,
                hardware.get(),
                candidate.devices(),
                replicas,
                most,
                ways,
                engine.map(List::of).orElse(List.of()),
                quantization.orElse(null),
                candidate.priceUsd());
    }

    private Optional<Offer> offer(Candidate candidate, Hardware hardware, String at, List<Problem> problems) {
        if (candidate.offer() == null) {
            return Optional.empty();
        }
        Optional<Offer> found = catalogue.findOffer(candidate.offer());
        List<String> known =
                catalogue.offersFor(hardware).stream().map(Offer::id).toList();
        if (found.isEmpty() || !known.contains(found.get().id())) {
            problems.add(new Problem(
                    "unknown-offer",
                    "\"" + candidate.offer() + "\" is no rental offer for " + hardware.id() + "."
                            + Ids.hint(candidate.offer(), known),
                    new Place.Pointer(at + "/offer")));
            return Optional.empty();
        }
        return found;
    }

    private List<OpenCandidate.Way> ways(
            Candidate candidate, Hardware hardware, @Nullable Offer offer, Map<Hardware, Integer> owned, Terms terms) {
        int has = owned.getOrDefault(hardware, candidate.devices() == null ? 1 : candidate.devices());
        if (candidate.pricePerHourUsd() != null
                && (candidate.acquisition() == null || candidate.acquisition() == Acquisition.RENT)) {
            Offer own = ownPrice(hardware, offer, candidate.pricePerHourUsd());
            OpenCandidate.Way rented = new OpenCandidate.Way(Acquisition.RENT, own, Integer.MAX_VALUE);
            return candidate.acquisition() == null && candidate.priceUsd() != null
                    ? List.of(
                            new OpenCandidate.Way(Acquisition.BUY, null, Integer.MAX_VALUE),
                            rented) // whichever is better
                    : List.of(rented);
        }
        if (offer != null) {
            return List.of(new OpenCandidate.Way(Acquisition.RENT, offer, Integer.MAX_VALUE));
        }
        if (candidate.acquisition() == null) {
            List<OpenCandidate.Way> open = new ArrayList<>();
            if (owned.containsKey(hardware)) {
                open.add(new OpenCandidate.Way(Acquisition.OWNED, null, has));
            }
            if (!hardware.cloudOnly() && (hardware.priceUsd().isPresent() || candidate.priceUsd() != null)) {
                open.add(new OpenCandidate.Way(Acquisition.BUY, null, Integer.MAX_VALUE));
            }
            open.addAll(rentals(hardware, terms));
            return open.isEmpty() ? List.of(new OpenCandidate.Way(Acquisition.BUY, null, Integer.MAX_VALUE)) : open;
        }
        return switch (candidate.acquisition()) {
            case BUY -> List.of(new OpenCandidate.Way(Acquisition.BUY, null, Integer.MAX_VALUE));
            case OWNED -> List.of(new OpenCandidate.Way(Acquisition.OWNED, null, has));
            case RENT -> {
                List<OpenCandidate.Way> rentals = rentals(hardware, terms);
                yield rentals.isEmpty()
                        ? List.of(new OpenCandidate.Way(Acquisition.RENT, null, Integer.MAX_VALUE))
                        : rentals;
            }
            case API -> throw new IllegalStateException("What is hosted has no hardware.");
        };
    }

    /** What the request says an hour costs, of the offer that it names or of nobody's. */
    private static Offer ownPrice(Hardware hardware, @Nullable Offer named, double usdPerDeviceHour) {
        return named == null
                ? new Offer(
                        YOUR_PRICE,
                        false,
                        hardware.id(),
                        "as you say",
                        "neocloud",
                        null,
                        null,
                        1,
                        "on-demand",
                        usdPerDeviceHour,
                        "the request",
                        "",
                        0)
                : Records.with(named, "usdPerDeviceHour", usdPerDeviceHour);
    }

    private List<OpenCandidate.Way> rentals(Hardware hardware, Terms terms) {
        boolean isOurs = catalogue.findHardware(hardware.id()).orElse(null) == hardware;
        return isOurs && terms.region() == null
                ? anywhere.computeIfAbsent(
                        new Rented(hardware.id(), terms.mayBeInterrupted()), any -> cheapest(hardware, terms))
                : cheapest(hardware, terms);
    }

    /** Of every tier the cheapest on-demand price of today, so that tiers are compared and not averaged. */
    private List<OpenCandidate.Way> cheapest(Hardware hardware, Terms terms) {
        Map<String, Offer> newest = new LinkedHashMap<>(); // by provider, tier and size, e.g. "Lambda/neocloud/8"
        for (Offer offer : terms.near(catalogue.offersFor(hardware))) {
            String key = offer.provider() + "/" + offer.tier() + "/" + offer.devicesPerInstance() + "/"
                    + offer.provisioning();
            newest.merge(key, offer, OpenCandidates::later);
        }
        Map<String, Offer> cheapest = new LinkedHashMap<>(); // by tier
        newest.values().stream()
                .filter(offer -> terms.mayBeInterrupted() || !offer.isSpot())
                .forEach(offer -> cheapest.merge(
                        offer.tier() + "/" + (offer.devicesPerInstance() > 1) + "/" + offer.isSpot(),
                        offer,
                        (one, other) -> other.usdPerDeviceHour() < one.usdPerDeviceHour() ? other : one));
        return cheapest.values().stream()
                .map(offer -> new OpenCandidate.Way(Acquisition.RENT, offer, Integer.MAX_VALUE))
                .toList();
    }

    /** That of the later day; of one day, such as that of several regions, the cheaper. */
    private static Offer later(Offer one, Offer other) {
        int days = other.asOf().compareTo(one.asOf());
        return days > 0 || days == 0 && other.usdPerDeviceHour() < one.usdPerDeviceHour() ? other : one;
    }

    /** What the catalogue has, by each way to come by it. */
    List<OpenCandidate> offered(Map<Hardware, Integer> owned, Terms terms, Collection<Engine> engines) {
        List<OpenCandidate> opens = new ArrayList<>();
        for (Hardware hardware : catalogue.hardware()) {
            if (engines.stream().noneMatch(engine -> engine.runsOn(hardware))) {
                continue; // nobody can say what it would do
            }
            Integer has = owned.get(hardware);
            if (has != null) {
                opens.add(OpenCandidate.offered(
                        opens.size(), hardware, List.of(new OpenCandidate.Way(Acquisition.OWNED, null, has))));
            }
            if (isSold(hardware)) {
                opens.add(OpenCandidate.offered(
                        opens.size(),
                        hardware,
                        List.of(new OpenCandidate.Way(Acquisition.BUY, null, Integer.MAX_VALUE))));
            }
            List<OpenCandidate.Way> rentals = rentals(hardware, terms);
            if (!rentals.isEmpty()) {
                opens.add(OpenCandidate.offered(opens.size(), hardware, rentals));
            }
        }
        return opens;
    }

    private static boolean isSold(Hardware hardware) {
        if (hardware.availability() == Availability.PROJECTED) {
            return true; // estimated and shown; a rule keeps it from being recommended
        }
        return hardware.availability() != Availability.DISCONTINUED
                && !hardware.cloudOnly()
                && hardware.priceUsd().isPresent();
    }

    private Map<Hardware, Integer> owned(Constraints constraints, List<Problem> problems) {
        Map<Hardware, Integer> owned = new LinkedHashMap<>();
        List<Constraints.Owned> list = constraints.owned();
        for (int i = 0; i < list.size(); i++) {
            Constraints.Owned each = list.get(i);
            int devices = each.devices() == null ? 1 : each.devices();
            lookup.hardware(each.hardware(), "/constraints/owned/" + i, problems)
                    .ifPresent(hardware -> owned.merge(hardware, devices, Integer::sum));
        }
        return owned;
    }

    /** On what terms something may be rented. */
    private record Terms(boolean mayBeInterrupted, @Nullable String region) {
        /** Work with an end goes on where it stopped, so that spot instances may carry it. */
        static Terms of(DecisionRequest request) {
            Workload work = request.workload();
            boolean mayBeInterrupted = work.type() == WorkloadType.FINE_TUNING
                    || work.type() == WorkloadType.BATCH
                            && work.concurrency() == null
                            && (work.job() != null || work.requestsPerDay() != null);
            return new Terms(mayBeInterrupted, request.constraints().region());
        }

        /** Those in the region, or perhaps in it; all where there are none, so that a rule can say so. */
        List<Offer> near(List<Offer> offers) {
            if (region == null) {
                return offers;
            }
            List<Offer> near = offers.stream()
                    .filter(each -> each.within(region) != Offer.Within.ELSEWHERE)
                    .toList();
            return near.isEmpty() ? offers : near;
        }
    }
}
