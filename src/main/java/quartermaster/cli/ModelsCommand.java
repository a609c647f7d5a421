package quartermaster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.advice.ModelLadder;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.LadderReport;
import quartermaster.decision.engine.Decider;
import quartermaster.json.LadderWriter;
import quartermaster.quality.KindOfWork;
import quartermaster.request.Constraints.Owned;
import quartermaster.unit.Imported;
import quartermaster.workbook.upload.RequestCells;

@Command(
        name = "models",
        sortOptions = false,
        description =
                "Prints which models of the catalogue a machine runs: how good, how fast, how long a context; of several"
                        + " machines which runs which.",
        footer = {
            "",
            "Models that the tests do not tell apart stand by speed. One user at a time, at work.",
            "",
            "Examples:",
            "  quartermaster models --hardware \"RTX 4090\" --use code",
            "  quartermaster models --hardware \"2x RTX 3090\" --use coding-agents --context 65536",
            "  quartermaster models --hardware \"RTX 4090\" --hardware \"Mac Studio M4 Max 64GB\" --use code"
        })
final class ModelsCommand extends Subcommand {
    @Option(
            names = "--hardware",
            required = true,
            paramLabel = "H",
            description = "Id, name or alias in the catalogue. Said again, several machines are compared.")
    private List<String> hardware = List.of();

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "Devices that hold a model together (default: as many as --hardware says, else 1).")
    private @Nullable Integer devices;

    @Option(
            names = "--use",
            paramLabel = "U",
            description = "What for: chat, code, coding-agents, retrieval, long-documents, voice, reasoning or vision"
                    + " (default: chat).")
    private KindOfWork use = KindOfWork.CHAT;

    @Option(
            names = "--context",
            paramLabel = "T",
            description = "Tokens of the window that one request needs (default: what the use needs).")
    private @Nullable Integer context;

    @Option(names = "--engine", paramLabel = "E", description = "What runs them (default: what scores best for each).")
    private @Nullable String engine;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure {
        List<ModelLadder> ladders = new ArrayList<>();
        for (String each : hardware) {
            Decider decider = root().decider();
            Owned named = named(each, devices, decider.catalogue());
            ModelLadder.Asked asked = new ModelLadder.Asked(
                    named.hardware(),
                    Objects.requireNonNull(named.devices()),
                    use,
                    context,
                    engine,
                    program().today());
            Imported<@Nullable ModelLadder> found = ModelLadder.of(decider, asked);
            ModelLadder ladder = found.value();
            if (ladder == null) {
                throw CommandFailure.usage(found.problems());
            }
            ladders.add(ladder);
        }
        lines(ladders).forEach(console()::print);
        return ladders.stream().allMatch(each -> each.rungs().isEmpty()) ? ExitCode.NOTHING_SUITABLE : ExitCode.FINE;
    }

    /** "2x RTX 3090" is a count and a card; beside another count it is a contradiction. */
    static Owned named(String hardware, @Nullable Integer devices, Catalogue catalogue) throws CommandFailure {
        return RequestCells.named(hardware, devices, catalogue)
                .orElseThrow(() -> CommandFailure.usage("Found --hardware \"" + hardware + "\" and --devices " + devices
                        + ": which count is meant? Say it once."));
    }

    private List<String> lines(List<ModelLadder> ladders) {
        if (json.wanted) {
            return List.of(ladders.size() == 1 ? LadderWriter.write(ladders.get(0)) : LadderWriter.write(ladders));
        }
        LadderReport report = new LadderReport(console());
        return ladders.size() == 1 ? report.of(ladders.get(0)) : report.of(ladders);
    }
}
