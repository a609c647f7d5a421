/**
 * What commands print: the terminal itself, tables, and decisions, advice and estimates laid out for people.
 * Start from {@code Console}.
 */
@NullMarked
package quartermaster.cli.report;

import org.jspecify.annotations.NullMarked;
