/**
 * The door to Jackson: reads requests and writes answers in the form that every door shares, and reads the files that
 * describe models. Start from {@code RequestReader}, or {@code ModelConfigReader} for models.
 */
@NullMarked
package quartermaster.json;

import org.jspecify.annotations.NullMarked;
