package quartermaster.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What ran or shall run on what; each null where nothing is said. */
final class SetupOptions {
    @Option(names = "--model", paramLabel = "M", description = "Id, name or alias in the catalogue.")
    @Nullable
    String model;

    @Option(names = "--hardware", paramLabel = "H", description = "Id, name or alias, too.")
    @Nullable
    String hardware;

    @Option(names = "--devices", paramLabel = "N", description = "Devices that hold the model together.")
    @Nullable
    Integer devices;

    @Option(names = "--engine", paramLabel = "E", description = "What runs the model.")
    @Nullable
    String engine;

    @Option(names = "--quantization", paramLabel = "Q", description = "Of the weights.")
    @Nullable
    String quantization;
}
