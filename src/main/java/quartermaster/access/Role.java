package quartermaster.access;

/** What the owner of a key may do. */
public enum Role {
    /** Decide: requests, workbooks, sweeps. */
    DECIDE,
    /** Look at knowledge, versions and kept decisions. */
    READ,
    /** Preview, publish, go back to a version. */
    EDIT,
    /** See how the service is. */
    OPERATE
}
