package quartermaster.catalogue;

/** How much an engine keeps for layers with a sliding window: the window and a padded micro batch, just the window, or everything. */
public enum WindowPolicy {
    PADDED,
    EXACT,
    NONE
}
