/**
 * The door for assistants: tools of the Model Context Protocol, whatever way a message takes. Start from {@link Assistant}.
 */
@NullMarked
package quartermaster.assistant;

import org.jspecify.annotations.NullMarked;
