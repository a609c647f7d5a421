package quartermaster.estimate.resolution;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Demand;

/** What may run a model on a machine, and at which precisions: what was named, or what is considered when nobody names it. */
final class EnginesAndPrecisions {
    private final Catalogue catalogue;

    EnginesAndPrecisions(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What may run something, or train it. */
    Collection<Engine> engines(boolean training) {
        return training ? catalogue.training().engines() : catalogue.engines();
    }

    /** Engines that were named, or those that run here and are considered when nobody names one. */
    List<Engine> engines(OpenCandidate open, Demand demand) {
        if (!open.engines().isEmpty()) {
            return open.engines();
        }
        Quantization wanted = wanted(open, demand);
        Demand.Training training = demand.training();
        Collection<Engine> all = engines(training != null);
        List<Engine> running =
                all.stream().filter(engine -> engine.runsOn(open.hardware())).toList();
        if (training != null) {
            List<Engine> able = catalogue.training().enginesFor(training.methodId()).stream()
                    .filter(engine -> engine.runsOn(open.hardware()))
                    .toList();
            running = able.isEmpty() ? running : able;
        }
        List<Engine> loading = running.stream()
                .filter(engine -> wanted == null || engine.loads(wanted))
                .toList();
        List<Engine> considered = loading.stream()
                .filter(engine -> engine.considered() && !engine.keepsExpertsOnHost())
                .toList();
        return Stream.of(considered, loading, running, List.copyOf(all))
                .filter(list -> !list.isEmpty())
                .findFirst()
                .map(list -> list == considered ? list : list.subList(0, 1))
                .orElseThrow();
    }

    /** Engines that nobody named and that are tried where a mixture fits no device: the host's memory helps out. */
    List<Engine> withExpertsOnHost(OpenCandidate open, Demand demand) {
        Quantization wanted = wanted(open, demand);
        return open.engines().isEmpty() && demand.model().isMixtureOfExperts() && demand.training() == null
                ? catalogue.engines().stream()
                        .filter(engine -> engine.keepsExpertsOnHost() && engine.considered())
                        .filter(engine -> engine.runsOn(open.hardware()))
                        .filter(engine -> wanted == null || engine.loads(wanted))
                        .toList()
                : List.of();
    }

    private static @Nullable Quantization wanted(OpenCandidate open, Demand demand) {
        return open.quantization() != null ? open.quantization() : demand.quantization();
    }

    /** The precision that was named, the model's native one, or those considered when nobody names one. */
    List<Quantization> quantizations(OpenCandidate open, Engine engine, Demand demand) {
        Quantization wanted = wanted(open, demand);
        if (wanted != null) {
            return List.of(wanted);
        }
        if (demand.training() != null) {
            return basePrecisions(open, engine, demand.model(), demand.training());
        }
        List<Quantization> loadable = catalogue.quantizations().stream()
                .filter(Quantization::forWeights)
                .filter(Quantization::considered)
                .filter(engine::loads)
                .filter(each -> each.loadsOn(open.hardware()))
                .filter(each -> each.arithmetic() == Arithmetic.FP16 || each.computesNativelyOn(open.hardware()))
                .filter(each -> each.existsFor(demand.model()))
                .toList();
        List<Quantization> natives = loadable.stream()
                .filter(each -> !each.onlyModelFamilies().isEmpty())
                .toList();
        if (!natives.isEmpty()) {
            return natives;
        }
        return loadable.isEmpty()
                ? catalogue.quantizations().stream()
                        .filter(Quantization::forWeights)
                        .limit(1)
                        .toList()
                : loadable;
    }

    /** Precisions of the base weights that a tool trains on in this way; its first one where none fits. */
    private List<Quantization> basePrecisions(OpenCandidate open, Engine tool, Model model, Demand.Training training) {
        List<Quantization> known = tool.formats().stream()
                .flatMap(id -> catalogue.findQuantization(id).stream())
                .toList();
        List<Quantization> fitting = known.stream()
                .filter(each -> training.trainsOn(each) && each.loadsOn(open.hardware()) && each.existsFor(model))
                .toList();
        return fitting.isEmpty() ? known.subList(0, 1) : fitting;
    }
}
