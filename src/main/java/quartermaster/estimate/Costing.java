package quartermaster.estimate;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Host;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.Offer;
import quartermaster.request.Acquisition;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;

/** Prices, hosts and constants of the catalogue put together into the cost of a deployment. */
final class Costing {
    private static final double HOURS_PER_DAY = 24;
    private static final int MONTHS_PER_YEAR = 12;
    private static final double SECONDS_PER_MONTH = Money.HOURS_PER_MONTH * 3600;
    private final Catalogue catalogue;
    private final List<String> comparedTiers; // e.g. "neocloud"
    private final double residualShare;
    private final double financeRatePerYear;
    private final double supportSharePerYear;
    private final double adminUsdPerHour;
    private final double colocationUsdPerKwMonth;
    private final double adminHoursPerMonthFurtherMachine;
    private final double adminHoursPerMonthRented;
    private final double adminHoursPerMonthServer;
    private final double adminHoursPerMonthOffice;
    private final double pueServer;
    private final double pueOffice;
    private final Set<@Nullable String> linesOfServerRoom = new HashSet<>();
    private final boolean growsWithDevices;
    private final Set<WorkloadType> stopsWhenIdle = EnumSet.noneOf(WorkloadType.class);
    private final Map<String, Optional<Offer>> rivals = new ConcurrentHashMap<>(); // by hardware

    Costing(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.residualShare = catalogue.number("residualShare");
        this.financeRatePerYear = catalogue.number("financeRatePerYear");
        this.supportSharePerYear = catalogue.number("supportSharePerYear");
        this.adminUsdPerHour = catalogue.number("adminUsdPerHour");
        this.colocationUsdPerKwMonth = catalogue.number("colocationUsdPerKwMonth");
        this.adminHoursPerMonthFurtherMachine = catalogue.number("adminHoursPerMonthFurtherMachine");
        this.adminHoursPerMonthRented = catalogue.number("adminHoursPerMonthRented");
        this.adminHoursPerMonthServer = catalogue.number("adminHoursPerMonthServer");
        this.adminHoursPerMonthOffice = catalogue.number("adminHoursPerMonthOffice");
        this.pueServer = catalogue.number("pueServer");
        this.pueOffice = catalogue.number("pueOffice");
        this.comparedTiers = catalogue.list("comparedRentalTiers");
        catalogue.hosts().stream().filter(Host::serverRoom).forEach(host -> linesOfServerRoom.add(host.line()));
        for (WorkloadType type : WorkloadType.values()) {
            if (catalogue.number("rentStopsWhenIdle", Choice.id(type)) > 0) {
                stopsWhenIdle.add(type);
            }
        }
        this.growsWithDevices =
                residualShare <= 1 && catalogue.hosts().stream().allMatch(host -> growFrom(host, catalogue));
    }

    /** Whether no host of the line that holds more is cheaper or takes less. */
    private static boolean growFrom(Host one, Catalogue catalogue) {
        return catalogue.hostsOf(one.line()).stream()
                .filter(other -> other.maxDevices() >= one.maxDevices())
                .allMatch(other -> orZero(other.priceUsd()) >= orZero(one.priceUsd())
                        && orZero(other.loadPowerWatts()) >= orZero(one.loadPowerWatts())
                        && orZero(other.idlePowerWatts()) >= orZero(one.idlePowerWatts()));
    }

    /** Whether more devices never cost less: as a rule, but a table might have a larger host at a lower price. */
    boolean growsWithDevices() {
        return growsWithDevices;
    }

    /**
     * @param throughput output tokens per second of one replica
     */
    Cost of(Demand demand, Deployment deployment, int replicas, double throughput) {
        return of(demand, deployment, replicas, throughput, null);
    }

    /** @param night when fewer of what is rented run; null where all do */
    Cost of(
            Demand demand,
            Deployment deployment,
            int replicas,
            double throughput,
            EstimatedDeployment.@Nullable Night night) {
        int devices = replicas * deployment.devices();
        Hosting hosting = hosting(deployment, replicas);
        double tokensPerSecond = throughput * replicas;
        return deployment.acquisition() == Acquisition.RENT
                ? rented(demand, deployment, devices, hosting, tokensPerSecond, night)
                : kept(demand, deployment, devices, hosting, tokensPerSecond);
    }

    /** The hosts around some cards; machines of their own are their own hosts. */
    private record Hosting(int machines, double priceUsd, double loadWatts, double idleWatts) {}

    /** @param ofItsOwn each replica needs the memory of a host for itself */
    private Hosting hosting(Hardware hardware, int devicesPerReplica, int replicas, boolean ofItsOwn) {
        int devices = devicesPerReplica * (ofItsOwn ? 1 : replicas);
        Optional<Host> found = hardware.isCard() ? hostFor(hardware, devices) : Optional.empty();
        if (found.isEmpty()) {
            return new Hosting(machines(hardware.maxDevicesPerNode(), devicesPerReplica, replicas, ofItsOwn), 0, 0, 0);
        }
        Host host = found.get();
        int machines = machines(host.maxDevices(), devicesPerReplica, replicas, ofItsOwn);
        return new Hosting(
                machines,
                machines * orZero(host.priceUsd()),
                machines * orZero(host.loadPowerWatts()),
                machines * orZero(host.idlePowerWatts()));
    }

    /**
     * Machines that hold all replicas: as many whole replicas share one as it holds, and one that none holds spans
     * several that it shares with nobody. 5 replicas × 2 devices in machines for 4: two share one, ⌈5 ÷ 2⌉ = 3;
     * 5 × 6: ⌈6 ÷ 4⌉ = 2 for each, 10.
     *
     * @param ofItsOwn no two replicas share a machine
     */
    static int machines(int devicesPerMachine, int devicesPerReplica, int replicas, boolean ofItsOwn) {
        int perMachine = Math.max(1, devicesPerMachine);
        int sharing = ofItsOwn ? 1 : Math.max(1, perMachine / devicesPerReplica);
        int spanned = (devicesPerReplica + perMachine - 1) / perMachine;
        return spanned > 1 ? replicas * spanned : (replicas + sharing - 1) / sharing;
    }

    /** The host that one replica is priced with; none for a machine of its own. */
    Optional<Host> hostOf(Hardware hardware, int devices) {
        return hardware.isCard() ? hostFor(hardware, devices) : Optional.empty();
    }

    /** The smallest host of the card's line that holds all devices, else the largest. */
    private Optional<Host> hostFor(Hardware hardware, int devices) {
        List<Host> line = catalogue.hostsOf(hardware.host());
        for (Host host : line) {
            if (host.maxDevices() >= devices) {
                return Optional.of(host);
            }
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line.get(line.size() - 1));
    }

    /** What a month costs, part by part; null when a price is missing. */
    Cost.@Nullable Breakdown month(Demand demand, Deployment deployment, int replicas) {
        int devices = replicas * deployment.devices();
        Hosting hosting = hosting(deployment, replicas);
        if (deployment.acquisition() == Acquisition.RENT) {
            Offer offer = deployment.offer();
            return offer == null
                    ? null
                    : rentedParts(demand, deployment, offer, devices, hosting, null)
                            .parts();
        }
        Double each = usdOfEach(deployment);
        return each == null
                ? null
                : keptParts(demand, deployment, devices, hosting, each).parts();
    }

    private Hosting hosting(Deployment deployment, int replicas) {
        return hosting(
                deployment.hardware(),
                deployment.devices(),
                replicas,
                deployment.engine().keepsExpertsOnHost());
    }

    /** What a month of what is rented costs without the people who run it; null without an offer. */
    @Nullable
    Double rentUsd(Demand demand, Deployment deployment, int replicas) {
        Offer offer = deployment.offer();
        return offer == null
                ? null
                : Double.valueOf(Cost.Breakdown.toTheCent(
                        rentedShare(demand) * rentPerMonth(offer, replicas * deployment.devices())));
    }

    private Cost rented(
            Demand demand,
            Deployment deployment,
            int devices,
            Hosting hosting,
            double tokensPerSecond,
            EstimatedDeployment.@Nullable Night night) {
        Power power = power(deployment.hardware(), devices, hosting);
        Offer offer = deployment.offer();
        if (offer == null) {
            return unknown(0.0, power, hosting);
        }
        Month month = rentedParts(demand, deployment, offer, devices, hosting, night);
        Cost.Breakdown parts = month.parts();
        double monthly = parts.totalUsd();
        return new Cost(
                0.0,
                monthly,
                month.exactUsd(),
                monthly,
                monthly,
                monthly,
                perMillionTokens(month.exactUsd(), tokensPerSecond, demand.utilization()),
                null,
                null,
                null,
                power.load(),
                hosting.machines(),
                offer.isListed() ? offer.asOf() : demand.asOf().toString(),
                parts,
                null);
    }

    /** Nothing is run: every token that is read or written is paid. */
    Cost ofHosted(Demand demand, HostedApi api) {
        double requests = requestsPerMonth(demand);
        double cached = Math.max(
                Math.min(demand.inputTokens(), demand.sharedPrefixTokens()),
                demand.traffic().cachedPromptShare() * demand.inputTokens());
        Cost.Use use = new Cost.Use(
                requests, requests * demand.inputTokens(), requests * cached, requests * demand.outputTokens());
        double exact = api.monthlyUsd(use.inputTokens(), use.cachedTokens(), use.outputTokens());
        Cost.Breakdown parts = Cost.Breakdown.ofTokens(exact);
        double monthly = parts.totalUsd();
        return new Cost(
                0.0,
                monthly,
                exact,
                monthly,
                monthly,
                monthly,
                use.outputTokens() > 0 ? exact / use.outputTokens() * 1e6 : null,
                null,
                null,
                null,
                0,
                0,
                api.asOf(),
                parts,
                use);
    }

    /**
     * As many as were said to come in a day; else as many as those that are in flight become while the service is busy,
     * each taking as long as the speed that it is sized for allows.
     */
    double requestsPerMonth(Demand demand) {
        if (demand.job() != null) {
            return demand.job().items() * demand.job().timesPerMonth();
        }
        Double peak = demand.arrivalsPerSecond();
        if (peak != null) {
            return peak / catalogue.number("peakFactor") * SECONDS_PER_MONTH;
        }
        double speed = demand.minDecodeSpeed() != null ? demand.minDecodeSpeed() : demand.sizedForDecodeSpeed();
        Double wait = demand.maxTimeToFirstTokenSeconds() != null
                ? demand.maxTimeToFirstTokenSeconds()
                : demand.sizedForTimeToFirstTokenSeconds();
        double seconds = speed > 0 ? demand.outputTokens() / speed + orZero(wait) : catalogue.number("requestSeconds");
        Double sessions = demand.traffic().sessions();
        double perSecond = sessions == null
                ? demand.concurrency() / seconds
                : sessions / (seconds + demand.traffic().thinkSeconds());
        return perSecond * demand.utilization() * SECONDS_PER_MONTH;
    }

    /** What the same is computed from; empty where a price is missing. */
    Optional<Cost.Inputs> inputs(
            Demand demand, Deployment deployment, int replicas, EstimatedDeployment.@Nullable Night night, Cost cost) {
        if (cost.breakdown() == null) {
            return Optional.empty();
        }
        double hourly = adminUsdPerHour;
        HostedApi api = deployment.api();
        Cost.Use use = cost.use();
        if (api != null && use != null) {
            double cached = api.cachedInputUsd() == null ? api.inputUsd() : api.cachedInputUsd();
            Cost.Tokens tokens = new Cost.Tokens(
                    (use.inputTokens() - use.cachedTokens()) / 1e6,
                    use.cachedTokens() / 1e6,
                    use.outputTokens() / 1e6,
                    api.inputUsd(),
                    cached,
                    api.outputUsd());
            return Optional.of(new Cost.Inputs(null, null, tokens, 0, hourly));
        }
        Hardware hardware = deployment.hardware();
        int devices = replicas * deployment.devices();
        Hosting hosting = hosting(
                hardware, deployment.devices(), replicas, deployment.engine().keepsExpertsOnHost());
        Offer offer = deployment.offer();
        if (deployment.acquisition() == Acquisition.RENT) {
            return offer == null
                    ? Optional.empty()
                    : Optional.of(new Cost.Inputs(
                            null,
                            new Cost.Rent(
                                    rentedShare(demand)
                                            * rentPerMonth(offer, devices, deployment.devices(), night)
                                            / offer.usdPerDeviceHour(),
                                    offer.usdPerDeviceHour()),
                            null,
                            staffOfRented(demand, hosting.machines()) / hourly,
                            hourly));
        }
        return Optional.of(new Cost.Inputs(
                purchase(demand, deployment, devices, hosting),
                null,
                null,
                (staff(hosting.machines(), adminHours(hardware)) + staffOfRuns(demand)) / hourly,
                hourly));
    }

    private Cost.Purchase purchase(Demand demand, Deployment deployment, int devices, Hosting hosting) {
        Hardware hardware = deployment.hardware();
        boolean owned = deployment.acquisition() == Acquisition.OWNED;
        Power power = power(hardware, devices, hosting);
        boolean server = inServerRoom(hardware);
        Double each = deployment.priceUsd() != null
                ? deployment.priceUsd()
                : owned ? Double.valueOf(0) : hardware.priceUsd().orElse(null);
        return new Cost.Purchase(
                !owned,
                devices,
                orZero(each),
                owned ? 0 : hosting.priceUsd(),
                demand.horizonMonths(),
                residualShare,
                financeRatePerYear,
                power.load(),
                power.idle(),
                demand.utilization(),
                server ? pueServer : pueOffice,
                demand.electricityUsdPerKwh(),
                server ? colocationUsdPerKwMonth : 0,
                supportSharePerYear,
                owned
                        ? null
                        : rival(demand, hardware)
                                .map(offer -> rentedInstead(demand, offer, devices, hosting))
                                .orElse(null));
    }

    private double adminHours(Hardware hardware) {
        return inServerRoom(hardware) ? adminHoursPerMonthServer : adminHoursPerMonthOffice;
    }

    private static Cost unknown(@Nullable Double purchaseUsd, Power power, Hosting hosting) {
        return new Cost(
                purchaseUsd,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                power.load(),
                hosting.machines(),
                null,
                null,
                null);
    }

    /** Share of the month that is paid for: all of it, but for work whose machine is stopped when there is nothing to do. */
    private double rentedShare(Demand demand) {
        return stopsWhenIdle(demand) ? demand.utilization() : 1;
    }

    boolean stopsWhenIdle(Demand demand) {
        return demand.job() != null || stopsWhenIdle.contains(demand.type());
    }

    /**
     * Of the instances that run by day and of those that run by night. Four replicas of one card at $2 an hour, one of them
     * in 10 hours of the night: (14 × 4 + 10 × 1) ÷ 24 × $2 × 730 = $4,015 instead of $5,840.
     */
    private static double rentPerMonth(
            Offer offer, int devices, int devicesPerReplica, EstimatedDeployment.@Nullable Night night) {
        double all = rentPerMonth(offer, devices);
        return night == null
                ? all
                : ((HOURS_PER_DAY - night.hours()) * all
                                + night.hours() * rentPerMonth(offer, night.replicas() * devicesPerReplica))
                        / HOURS_PER_DAY;
    }

    private static double rentPerMonth(Offer offer, int devices) {
        int perInstance = Math.max(1, offer.devicesPerInstance());
        int instances = (devices + perInstance - 1) / perInstance;
        return instances * perInstance * offer.usdPerDeviceHour() * Money.HOURS_PER_MONTH;
    }

    /** Bought, or standing there already: then only running costs count, and its book value where the request says it. */
    private Cost kept(Demand demand, Deployment deployment, int devices, Hosting hosting, double tokensPerSecond) {
        Hardware hardware = deployment.hardware();
        boolean owned = deployment.acquisition() == Acquisition.OWNED;
        Power power = power(hardware, devices, hosting);
        Double each = usdOfEach(deployment);
        if (each == null) {
            return unknown(null, power, hosting);
        }
        double price = owned ? 0 : each * devices + hosting.priceUsd();
        Month month = keptParts(demand, deployment, devices, hosting, each);
        Cost.Breakdown parts = month.parts();
        double monthly = parts.totalUsd();
        double running = parts.runningUsd();
        boolean known = owned || deployment.priceUsd() != null;
        Optional<Offer> rival = owned ? Optional.empty() : rival(demand, hardware);
        Double months = rival.map(
                        offer -> Money.breakEvenMonths(price, rentedInstead(demand, offer, devices, hosting), running))
                .filter(found -> found <= catalogue.number("breakEvenWithinMonths"))
                .orElse(null);
        Double share = rival.map(offer -> Money.breakEvenUtilization(
                        Math.max(0, monthly - staffOfRented(demand, hosting.machines())),
                        rentPerMonth(offer, devices) / Money.HOURS_PER_MONTH))
                .orElse(null);
        return new Cost(
                price,
                monthly,
                month.exactUsd(),
                monthly + (known ? 0 : difference(demand, hardware.priceLowUsd(), each, devices)),
                monthly + (known ? 0 : difference(demand, hardware.priceHighUsd(), each, devices)),
                running,
                perMillionTokens(month.exactUsd(), tokensPerSecond, demand.utilization()),
                months,
                share,
                rival.map(Offer::id).orElse(null),
                power.load(),
                hosting.machines(),
                deployment.priceUsd() == null
                        ? hardware.priceAsOf()
                        : demand.asOf().toString(),
                parts,
                null);
    }

    private static @Nullable Double usdOfEach(Deployment deployment) {
        if (deployment.priceUsd() != null) {
            return deployment.priceUsd();
        }
        return deployment.acquisition() == Acquisition.OWNED
                ? Double.valueOf(0)
                : deployment.hardware().priceUsd().orElse(null);
    }

    /** Its parts to the cent, and their sum before they were rounded. */
    private record Month(Cost.Breakdown parts, double exactUsd) {}

    private Month rentedParts(
            Demand demand,
            Deployment deployment,
            Offer offer,
            int devices,
            Hosting hosting,
            EstimatedDeployment.@Nullable Night night) {
        double rent = rentedShare(demand) * rentPerMonth(offer, devices, deployment.devices(), night);
        double staff = staffOfRented(demand, hosting.machines());
        return new Month(Cost.Breakdown.ofRent(rent, staff), rent + staff);
    }

    private Month keptParts(Demand demand, Deployment deployment, int devices, Hosting hosting, double each) {
        Hardware hardware = deployment.hardware();
        boolean owned = deployment.acquisition() == Acquisition.OWNED;
        double hosts = owned ? 0 : hosting.priceUsd();
        return parts(
                demand,
                hardware,
                hosting,
                power(hardware, devices, hosting),
                each * devices,
                hosts,
                owned ? 0 : each * devices + hosts);
    }

    private Month parts(
            Demand demand,
            Hardware hardware,
            Hosting hosting,
            Power power,
            double devicesUsd,
            double hostsUsd,
            double boughtUsd) {
        boolean server = inServerRoom(hardware);
        double pue = server ? pueServer : pueOffice;
        double hours = adminHours(hardware);
        double hardwareUsd = writeOff(demand, devicesUsd, 0);
        double resale = residualShare * (devicesUsd + hostsUsd) / demand.horizonMonths();
        double hostUsd = writeOff(demand, hostsUsd, 0);
        double electricity =
                Money.power(power.load(), power.idle(), demand.utilization(), pue, demand.electricityUsdPerKwh());
        double place = server ? power.load() / 1000 * colocationUsdPerKwMonth : 0;
        double support = boughtUsd * supportSharePerYear / MONTHS_PER_YEAR;
        double staff = staff(hosting.machines(), hours) + staffOfRuns(demand);
        return new Month(
                new Cost.Breakdown(hardwareUsd, -resale, hostUsd, 0, 0, electricity, place, support, staff),
                hardwareUsd - resale + hostUsd + electricity + place + support + staff);
    }

    private double difference(Demand demand, @Nullable Double otherUsd, double eachUsd, int devices) {
        return otherUsd == null ? 0 : writeOff(demand, (otherUsd - eachUsd) * devices, residualShare);
    }

    private double writeOff(Demand demand, double priceUsd, double residualShare) {
        return Money.writeOff(priceUsd, residualShare, demand.horizonMonths(), financeRatePerYear);
    }

    private double staff(int machines, double hoursPerMonth) {
        double further = Math.max(0, machines - 1) * adminHoursPerMonthFurtherMachine;
        return (hoursPerMonth + further) * adminUsdPerHour;
    }

    /** Of a job only its runs count: between them there is no machine to look after. */
    private double staffOfRented(Demand demand, int machines) {
        return demand.job() == null ? staff(machines, adminHoursPerMonthRented) : staffOfRuns(demand);
    }

    /**
     * A run is started, watched and ended by somebody, whatever it runs on; never more than a rented service takes. Four
     * runs of an hour at $80: $320.
     */
    private double staffOfRuns(Demand demand) {
        return demand.job() == null
                ? 0
                : Math.min(
                                adminHoursPerMonthRented,
                                demand.job().timesPerMonth() * catalogue.number("adminHoursPerRun"))
                        * adminUsdPerHour;
    }

    private boolean inServerRoom(Hardware hardware) {
        return linesOfServerRoom.contains(hardware.host());
    }

    /** Watts of all devices with their hosts. */
    private record Power(double load, double idle) {}

    private Power power(Hardware hardware, int devices, Hosting hosting) {
        if (hardware.isCard()) {
            double load = orZero(hardware.tdpWatts());
            double idle = load * catalogue.number("cardIdleShareOfTdp");
            return new Power(devices * load + hosting.loadWatts(), devices * idle + hosting.idleWatts());
        }
        double load = firstOf(hardware.loadPowerWatts(), hardware.tdpWatts(), catalogue.number("unknownPowerWatts"));
        double idle = firstOf(hardware.idlePowerWatts(), null, load * catalogue.number("machineIdleShareOfLoad"));
        return new Power(devices * load, devices * idle);
    }

    /** A month of the same work on as many rented devices, with whoever looks after them. */
    private double rentedInstead(Demand demand, Offer offer, int devices, Hosting hosting) {
        return rentedShare(demand) * rentPerMonth(offer, devices) + staffOfRented(demand, hosting.machines());
    }

    /** The cheapest of those that the request names, else what the same hardware rents for. */
    private Optional<Offer> rival(Demand demand, Hardware hardware) {
        if (demand.rivals().isEmpty()) { // nearly always
            return rival(hardware);
        }
        Optional<Offer> named = demand.rivals().stream()
                .filter(offer -> hardware.id().equals(offer.hardware()))
                .min(Comparator.comparingDouble(Offer::usdPerDeviceHour).thenComparing(Offer::id));
        return named.isPresent() ? named : rival(hardware);
    }

    /** The cheapest on-demand offer of the tiers to compare with, else of any. */
    private Optional<Offer> rival(Hardware hardware) {
        return rivals.computeIfAbsent(hardware.id(), any -> cheapestToCompare(hardware));
    }

    private Optional<Offer> cheapestToCompare(Hardware hardware) {
        Comparator<Offer> byPrice =
                Comparator.comparingDouble(Offer::usdPerDeviceHour).thenComparing(Offer::id);
        List<Offer> onDemand = catalogue.offersFor(hardware).stream()
                .filter(offer -> !offer.isSpot())
                .sorted(byPrice)
                .toList();
        return onDemand.stream()
                .filter(offer -> comparedTiers.contains(offer.tier()))
                .findFirst()
                .or(() -> onDemand.stream().findFirst());
    }

    private static @Nullable Double perMillionTokens(double monthly, double tokensPerSecond, double utilization) {
        return tokensPerSecond <= 0 || utilization <= 0
                ? null
                : Money.perMillionTokens(monthly, tokensPerSecond, utilization);
    }

    private static double firstOf(@Nullable Double first, @Nullable Double second, double last) {
        if (first != null) {
            return first;
        }
        return second == null ? last : second;
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }
}
