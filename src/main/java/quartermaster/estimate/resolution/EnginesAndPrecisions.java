package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Demand;

/** What may run a model on a machine, and at which precisions: what was named, or what is considered when nobody names it. */
final class EnginesAndPrecisions {
    private final Catalogue catalogue;
    private final Map<String, OnHardware> ofCatalogue = new HashMap<>(); // by the hardware's id; never grows

    EnginesAndPrecisions(Catalogue catalogue) {
        this.catalogue = catalogue;
        catalogue.hardware().forEach(each -> ofCatalogue.put(each.id(), new OnHardware(each)));
    }

    /** What serves on a machine where nothing is named, of whatever model: found when it is first asked for. */
    private final class OnHardware {
        private final Hardware hardware;
        private final Map<String, List<Quantization>> loadable = new ConcurrentHashMap<>(); // by the engine's id
        private volatile @Nullable List<Engine> engines;
        private volatile @Nullable List<Engine> withExpertsOnHost;

        OnHardware(Hardware hardware) {
            this.hardware = hardware;
        }

        List<Engine> engines() {
            List<Engine> known = engines;
            if (known == null) {
                known = considered(catalogue.engines(), running(catalogue.engines(), hardware), null);
                engines = known;
            }
            return known;
        }

        List<Engine> withExpertsOnHost() {
            List<Engine> known = withExpertsOnHost;
            if (known == null) {
                known = EnginesAndPrecisions.this.withExpertsOnHost(hardware, null);
                withExpertsOnHost = known;
            }
            return known;
        }

        List<Quantization> loadable(Engine engine) {
            return catalogue.findEngine(engine.id()).orElse(null) == engine
                    ? loadable.computeIfAbsent(engine.id(), any -> EnginesAndPrecisions.this.loadable(hardware, engine))
                    : EnginesAndPrecisions.this.loadable(hardware, engine);
        }
    }

    /** Of a machine that is not the catalogue's own, nothing is kept. */
    private OnHardware on(Hardware hardware) {
        OnHardware known = ofCatalogue.get(hardware.id());
        return known != null && known.hardware == hardware ? known : new OnHardware(hardware);
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
        if (wanted == null && training == null) {
            return on(open.hardware()).engines();
        }
        Collection<Engine> all = engines(training != null);
        List<Engine> running = running(all, open.hardware());
        if (training != null) {
            List<Engine> able = running(catalogue.training().enginesFor(training.methodId()), open.hardware());
            running = able.isEmpty() ? running : able;
        }
        return considered(all, running, wanted);
    }

    private static List<Engine> running(Collection<Engine> all, Hardware hardware) {
        return all.stream().filter(engine -> engine.runsOn(hardware)).toList();
    }

    private static List<Engine> considered(
            Collection<Engine> all, List<Engine> running, @Nullable Quantization wanted) {
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
        if (!open.engines().isEmpty() || !demand.model().isMixtureOfExperts() || demand.training() != null) {
            return List.of();
        }
        Quantization wanted = wanted(open, demand);
        return wanted == null ? on(open.hardware()).withExpertsOnHost() : withExpertsOnHost(open.hardware(), wanted);
    }

    private List<Engine> withExpertsOnHost(Hardware hardware, @Nullable Quantization wanted) {
        return catalogue.engines().stream()
                .filter(engine -> engine.keepsExpertsOnHost() && engine.considered())
                .filter(engine -> engine.runsOn(hardware))
                .filter(engine -> wanted == null || engine.loads(wanted))
                .toList();
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
        List<Quantization> loadable = existing(on(open.hardware()).loadable(engine), demand.model());
        List<Quantization> natives = natives(loadable);
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

    private List<Quantization> loadable(Hardware hardware, Engine engine) {
        return catalogue.quantizations().stream()
                .filter(Quantization::forWeights)
                .filter(Quantization::considered)
                .filter(engine::loads)
                .filter(each -> each.loadsOn(hardware))
                .filter(each -> each.arithmetic() == Arithmetic.FP16 || each.computesNativelyOn(hardware))
                .toList();
    }

    private static List<Quantization> existing(List<Quantization> loadable, Model model) {
        List<Quantization> existing = new ArrayList<>(loadable.size());
        for (Quantization each : loadable) {
            if (each.existsFor(model)) {
                existing.add(each);
            }
        }
        return existing;
    }

    private static List<Quantization> natives(List<Quantization> loadable) {
        List<Quantization> natives = new ArrayList<>(0);
        for (Quantization each : loadable) {
            if (!each.onlyModelFamilies().isEmpty()) {
                natives.add(each);
            }
        }
        return natives;
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
