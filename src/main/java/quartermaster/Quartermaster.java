package quartermaster;

/** The program: wires everything by hand and hands over to the command line. */
public final class Quartermaster {
    private Quartermaster() {}

    public static void main(String[] args) {
        System.err.println("Usage: quartermaster COMMAND");
        System.exit(2);
    }
}
