/**
 * What there is to say of a policy before it is used: gaps, overlaps, rows that never match.
 * Start from {@link PolicyAnalysis}.
 */
@NullMarked
package quartermaster.decision.analysis;

import org.jspecify.annotations.NullMarked;
