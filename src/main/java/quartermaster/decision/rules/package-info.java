/**
 * Files of rules as text: compiled, and where they do not build, what is wrong in the words of whoever wrote them.
 * Start from {@link RuleCompiler}.
 */
@NullMarked
package quartermaster.decision.rules;

import org.jspecify.annotations.NullMarked;
