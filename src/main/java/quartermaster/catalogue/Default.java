package quartermaster.catalogue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is assumed when a request does not say: one row of the sheet {@code Defaults}.
 *
 * @param name the request's field or the constant's name
 * @param workloadType a workload type's id, or {@code any}
 * @param number the value, where it is a number
 */
public record Default(
        String name,
        String workloadType,
        String text,
        @Nullable Double number,
        @Nullable String unit,
        String because,
        String source,
        String asOf,
        int row) {

    /** Before three letters: the dollars for one of that currency, by which money of others is read. No row must be there. */
    public static final String USD_PER = "usdPer.";

    private static final String ANY = "any";

    private static final Set<String> TEXTS = Set.of(
            "model",
            "fineTuningMethod",
            "comparedRentalTiers",
            "licencesOfAnyModel",
            "madeForOtherWork",
            "comparedFor",
            "comparedFor.image",
            "comparedFor.audio");

    /** What formulas ask for whatever the type of workload. */
    private static final Set<String> OF_THE_PROGRAM = names("""
            osReserveGiB osReserveShare otherAppsGiB cardUsableShare unifiedUsableShare trainingMarginGiB
            companionOverheadGiB machinesOfACluster weightsMayGrow buffersMayGrow trainingMayGrow
            trainingRunShare trainingShareOfDoubling trainingFit.spread trainingFit.sameFamily trainingFit.sameChip trainingFit.sameTool
            trainingFit.noise trainingFit.calibratedFrom spread.train.calibrated spread.train.family spread.train.specification
            promptLayerMilliseconds promptLayerMilliseconds.latent tokenizeMicroseconds decodingBesidePrompts lossOfSplitting lossOfSharedReading lossOfPipelining layersInTurnFrom sharedExpertsMicroseconds sharedExpertsFromDevices
            fastLinkGBps queueAtP95 variationOfRequests sizedForTimesAlone
            attentionCost.latent prefillNarrowWidth prefillReferenceWidth prefillNarrowExperts prefillReferenceExperts
            lowBitsBelow sustainedFromB
            unknownBandwidthGBps unknownTflopsPerGBps largeBatch shortContextTokens longContextTokens desktopGiB
            widening.severalInFlight widening.longContext widening.severalDevices widening.announced
            widening.severalMachines widening.expertsOnHost hostMemoryForExperts hostExpertsFillDevices hostCopyShare hostLayerMicroseconds
            widening.bandwidthUnknown widening.computeUnknown
            spread.calibrated spread.family spread.specification spread.prefill spread.serve spread.serve.one spread.serve.few spread.serve.several spread.serve.many spread.firstToken spread.firstToken.many spread.experts
            spread.memory spread.least publishersOfAnAssumption rangesFromPublishers calibratedFromRows
            spread.measured ownMeasurement.sameFamily ownMeasurement.sameChip fitMayBeWorsePercent weightOfTrust.A weightOfTrust.B weightOfTrust.C weightOfUngraded
            measurementsCountForMonths measurementsCountForMonths.serve
            breakEvenWithinMonths residualShare financeRatePerYear supportSharePerYear pueServer pueOffice colocationUsdPerKwMonth
            adminHoursPerMonthOffice adminHoursPerMonthServer adminHoursPerMonthRented
            adminHoursPerMonthFurtherMachine adminUsdPerHour cardIdleShareOfTdp machineIdleShareOfLoad
            unknownPowerWatts adminHoursPerRun nightHours nightLoadShare comparedRentalTiers jobMemoryFree jobFewestShare
            allReduceMicroseconds.nvlink allReduceMicroseconds.infinity-fabric allReduceMicroseconds.pcie
            allReduceMicroseconds.thunderbolt allReduceMicroseconds.ethernet
            linkGBps.nvlink linkGBps.infinity-fabric linkGBps.pcie linkGBps.thunderbolt linkGBps.ethernet
            levelStepPoints doubtCounts testMisses.chat testMisses.code testMisses.coding-agents testMisses.retrieval testMisses.long-documents testMisses.voice testMisses.reasoning testMisses.vision plentyOfSpeed plentyOfRoom farBehindPoints alike.cache alike.cost alike.size alike.months madeForOtherWork comparedFor comparedFor.image comparedFor.audio fastEnough.chat fastEnough.code fastEnough.coding-agents fastEnough.retrieval
            fastEnough.long-documents fastEnough.voice fastEnough.reasoning fastEnough.vision
            linkShare.nvlink linkShare.infinity-fabric linkShare.pcie linkShare.thunderbolt linkShare.ethernet
            """);

    /** What is asked for by the type of workload: one row for any, or one for each. */
    private static final Set<String> OF_WORKLOADS = names("""
            model licencesOfAnyModel inputTokens outputTokens concurrency concurrentShareOfNamedUsers requestSeconds peakFactor thinkSeconds
            sizedForDecodeTokensPerSecond soonEnoughSeconds plannedLoad fullMachineIsFine utilization horizonMonths
            electricityUsdPerKwh fineTuningMethod fineTuningBatch fineTuningSequenceTokens tokensPerExample epochs loraRank rentStopsWhenIdle rebuildHours
            """);

    public static boolean isNumber(String name) {
        return !TEXTS.contains(name)
                && (name.startsWith(USD_PER) || OF_THE_PROGRAM.contains(name) || OF_WORKLOADS.contains(name));
    }

    /**
     * Names that the program asks for and that no row has.
     *
     * @param present keys of all rows
     * @param types of workload
     */
    public static List<String> missing(Set<String> present, List<String> types) {
        return Stream.concat(
                        OF_THE_PROGRAM.stream().filter(name -> !present.contains(key(name, ANY))),
                        OF_WORKLOADS.stream()
                                .filter(name -> !present.contains(key(name, ANY))
                                        && !types.stream().allMatch(type -> present.contains(key(name, type)))))
                .toList();
    }

    public static String key(String name, String workloadType) {
        return name + "@" + workloadType;
    }

    private static Set<String> names(String text) {
        return new TreeSet<>(List.of(text.strip().split("\\s+")));
    }
}
