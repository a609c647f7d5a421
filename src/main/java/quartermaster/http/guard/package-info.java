/**
 * Who may come in, how much one may send, and what is told to those who are refused.
 * Start from {@code Guard}.
 */
@NullMarked
package quartermaster.http.guard;

import org.jspecify.annotations.NullMarked;
