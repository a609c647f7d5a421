/**
 * The door to the database: keeps decisions, versions and when each was in force, and the files that versions consist
 * of; writes published files into the workspace as one step. Start from {@code Ledger}, {@code KeptFiles} and
 * {@code Publication}.
 */
@NullMarked
package quartermaster.ledger;

import org.jspecify.annotations.NullMarked;
