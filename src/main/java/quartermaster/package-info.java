/**
 * The whole program, wired by hand with {@code new}; its parts live in the packages below.
 * Start from {@code Quartermaster}.
 */
@NullMarked
package quartermaster;

import org.jspecify.annotations.NullMarked;
