package quartermaster.catalogue;

/** What connects the devices of one replica. */
public enum LinkKind {
    NVLINK,
    INFINITY_FABRIC,
    PCIE,
    THUNDERBOLT,
    ETHERNET,
    NONE
}
