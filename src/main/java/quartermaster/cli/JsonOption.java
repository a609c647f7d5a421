package quartermaster.cli;

import picocli.CommandLine.Option;

/** How a command that prints for people is asked to print for programs. */
final class JsonOption {
    @Option(names = "--json", order = 99, description = "Prints the result as JSON.")
    boolean wanted;
}
