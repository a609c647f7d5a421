/**
 * The door to Javalin: the same decisions over HTTP, and the page in the browser.
 * Start from {@code Server}.
 */
@NullMarked
package quartermaster.http;

import org.jspecify.annotations.NullMarked;
