/**
 * The door to the terminal: every command with its options, messages and exit codes.
 * Start from {@code Commands}.
 */
@NullMarked
package quartermaster.cli;

import org.jspecify.annotations.NullMarked;
