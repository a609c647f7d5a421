/**
 * The door to the database, where decisions and published versions of rules and catalogue will be kept.
 * Nothing lives here yet; start from {@code quartermaster.decision}, whose answers it will keep.
 */
@NullMarked
package quartermaster.ledger;

import org.jspecify.annotations.NullMarked;
