/**
 * A model as its own files or a request describe it, and the parameters that follow.
 * Start from {@code ImportedModel}.
 */
@NullMarked
package quartermaster.catalogue.model;

import org.jspecify.annotations.NullMarked;
