/**
 * What benchmark tools print or save becomes runs: what was measured, in the tool's own names. And the commands that make such
 * files. Start from {@link BenchmarkFile}.
 */
@NullMarked
package quartermaster.benchfile;

import org.jspecify.annotations.NullMarked;
