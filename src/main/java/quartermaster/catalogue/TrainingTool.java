package quartermaster.catalogue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Records;

/**
 * A program that trains models: one row of the sheet {@code Training tools}.
 *
 * @param runsOn hardware families, generations or chip classes
 * @param methods {@code full}, {@code lora}, {@code qlora}
 * @param precisions of the base weights, ids of the sheet {@code Quantizations}
 * @param severalDevices what several devices do together
 * @param trainedLayers that get adapters unless one asks for more; null for all
 * @param fullBytesPerParameter weights, gradients and optimizer where every parameter is trained
 * @param launch what starts it, in the order of the sheet {@code Launch}
 * @param considered when a request does not name a tool
 */
public record TrainingTool(
        @Column("Id") String id,
        @Column("Name") String name,
        @Column("Aliases") List<String> aliases,
        @Column("Runs on") List<String> runsOn,
        @Column("Methods") List<String> methods,
        @Column("Precisions") List<String> precisions,
        @Column("Several devices") Sharing severalDevices,
        @Column("Trained layers") @Nullable Integer trainedLayers,
        @Column("Full bytes per parameter: > 0") double fullBytesPerParameter,
        @Column("Base memory (GiB)") double baseMemoryGiB,
        @Column("Considered") boolean considered,
        @Column("Source") String source,
        @Column("As of") String asOf,
        List<LaunchStep> launch,
        int row)
        implements Named {

    public TrainingTool {
        aliases = List.copyOf(aliases);
        runsOn = List.copyOf(runsOn);
        methods = List.copyOf(methods);
        precisions = List.copyOf(precisions);
        launch = List.copyOf(launch);
    }

    /** What several devices hold: nothing, each a copy of the whole, a share of every state, or layers of their own. */
    public enum Sharing {
        NONE,
        COPIES,
        SHARDED,
        LAYERS
    }

    /** Whether the states of one run are spread, so that devices add their memory. */
    public boolean addsMemory() {
        return severalDevices == Sharing.SHARDED || severalDevices == Sharing.LAYERS;
    }

    /** What stands for it where rules and tables look for an engine; its formats are the precisions that it trains on. */
    Engine asEngine() {
        Map<String, @Nullable Object> known = Records.values(this); // what is called the same is the same
        known.put("formats", precisions);
        known.put("efficiencyAs", id);
        known.put("batching", Batching.NONE);
        known.put("multiDevice", severalDevices == Sharing.NONE ? MultiDevice.NONE : MultiDevice.TENSOR_OR_PIPELINE);
        known.put("windowPolicy", WindowPolicy.NONE);
        known.put("maxSequences", 1);
        known.put("memoryFraction", 1.0);
        known.put("weightExpansion", 1.0);
        return HostedApi.standIn(Engine.class, known);
    }
}
