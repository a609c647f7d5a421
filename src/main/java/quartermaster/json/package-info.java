/**
 * The door to Jackson: reads requests and writes answers in the form that every door shares.
 * Start from {@code RequestReader}.
 */
@NullMarked
package quartermaster.json;

import org.jspecify.annotations.NullMarked;
