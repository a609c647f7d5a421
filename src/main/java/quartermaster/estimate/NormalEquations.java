package quartermaster.estimate;

/** Solves symmetric positive definite systems of a few hundred unknowns, of which most do not meet each other. */
public final class NormalEquations {
    private NormalEquations() {}

    /**
     * The solution of {@code matrix × x = right}, by Cholesky's decomposition; the matrix is overwritten.
     *
     * <p>It begins with the last unknown and leaves out what is zero beyond the last entry of a row: the fewer later
     * unknowns the later ones meet, the faster it is. First should stand what meets all others.
     */
    public static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        int[] ends = new int[n]; // behind the last entry of each row
        for (int i = n - 1; i >= 0; i--) {
            double[] row = matrix[i];
            ends[i] = end(row, i);
            for (int j = ends[i] - 1; j >= i; j--) {
                double[] below = matrix[j];
                double sum = row[j];
                for (int k = Math.min(ends[i], ends[j]) - 1; k > j; k--) {
                    sum -= row[k] * below[k];
                }
                row[j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / below[j];
            }
        }
        double[] x = right.clone();
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < ends[i]; k++) {
                x[i] -= matrix[i][k] * x[k];
            }
            x[i] /= matrix[i][i];
        }
        for (int i = 0; i < n; i++) {
            x[i] /= matrix[i][i];
            for (int k = i + 1; k < ends[i]; k++) {
                x[k] -= matrix[i][k] * x[i];
            }
        }
        return x;
    }

    private static int end(double[] row, int diagonal) {
        int end = row.length;
        while (end > diagonal + 1 && row[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
