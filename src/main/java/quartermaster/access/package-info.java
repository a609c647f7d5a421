/** Who may do what: the keys that a service knows, and the roles of each. Start from {@code Keys}. */
@NullMarked
package quartermaster.access;

import org.jspecify.annotations.NullMarked;
