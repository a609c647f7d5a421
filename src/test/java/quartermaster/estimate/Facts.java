package quartermaster.estimate;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.TrainingTool;
import quartermaster.request.Acquisition;
import quartermaster.request.WorkloadType;

/** Facts for tests: rows of the shipped catalogue, and constants as they stood when a number was worked out by hand. */
public final class Facts {
    private Facts() {}

    public static Model model(String id) {
        return TestWorkspace.catalogue().findModel(id).orElseThrow();
    }

    static Engine engine(String id) {
        return TestWorkspace.catalogue().findEngine(id).orElseThrow();
    }

    static Hardware hardware(String id) {
        return TestWorkspace.catalogue().findHardware(id).orElseThrow();
    }

    /** What stands for a training tool in a deployment. */
    static Engine trainer(String id) {
        return TestWorkspace.catalogue().training().findEngine(id).orElseThrow();
    }

    static TrainingTool tool(String id) {
        return TestWorkspace.catalogue().training().findTool(id).orElseThrow();
    }

    public static Quantization quantization(String id) {
        return TestWorkspace.catalogue().findQuantization(id).orElseThrow();
    }

    /** Constants of a chip with an engine, everything else neutral. */
    static Constants constants(
            double bandwidth,
            double layerMicros,
            double expertMicros,
            double stepMicros,
            double sequenceMicros,
            double attention) {
        return new Constants(
                bandwidth, layerMicros, expertMicros, 0, stepMicros, sequenceMicros, attention, 0.45, 0.45, 0.30, null);
    }

    /** A replica on one device. */
    static ReplicaSpeed pace(
            Model model, Constants constants, double denseGB, double expertsGB, double bandwidthGBps, double tflops) {
        return new ReplicaSpeed(
                model,
                null,
                constants,
                denseGB * 1e9,
                expertsGB * 1e9,
                bandwidthGBps,
                tflops,
                1,
                false,
                Link.NONE,
                8192,
                new Losses(0.2, 0.17, 10, 4, 0.25, 100, 1.3),
                new ModelKinds(1, 600, 4096, 900, 1024, 0, 0, 0, 1),
                ReplicaSpeed.HostExperts.NONE,
                OwnMeasurements.Correction.NONE,
                Speculation.NONE);
    }

    public static Demand demand(Model model, int input, int output, int concurrency) {
        return demand(model, input, output, input + output, concurrency, null);
    }

    public static Demand demand(
            Model model, int input, int output, int context, int concurrency, Demand.@Nullable Training training) {
        return new Demand(
                WorkloadType.EVALUATION,
                model,
                null,
                null,
                input,
                output,
                context,
                0,
                concurrency,
                null,
                null,
                0,
                null,
                1,
                false,
                Demand.Traffic.STATED,
                Demand.Companions.NONE,
                training,
                null,
                null,
                36,
                0.3,
                0.15,
                LocalDate.of(2026, 11, 22),
                List.of());
    }

    static Deployment deployment(String hardware, int devices, String engine, String quantization) {
        return new Deployment(
                0,
                hardware(hardware),
                devices,
                1,
                Integer.MAX_VALUE,
                Acquisition.BUY,
                null,
                engine(engine),
                quantization(quantization),
                null,
                null);
    }

    static EstimatedDeployment assess(Demand demand, Deployment deployment) {
        return new Estimator(TestWorkspace.catalogue()).assess(demand, deployment);
    }

    static List<String> modelIds() {
        return TestWorkspace.catalogue().models().stream().map(Model::id).toList();
    }
}
