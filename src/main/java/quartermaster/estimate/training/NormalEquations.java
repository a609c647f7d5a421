package quartermaster.estimate.training;

/** Solves symmetric positive definite systems of a few hundred unknowns. */
public final class NormalEquations {
    private NormalEquations() {}

    /** The solution of {@code matrix × x = right}, by Cholesky's decomposition; the matrix is overwritten. */
    public static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        for (int i = 0; i < n; i++) {
            double[] row = matrix[i];
            for (int j = 0; j <= i; j++) {
                double[] above = matrix[j];
                double sum = row[j];
                for (int k = 0; k < j; k++) {
                    sum -= row[k] * above[k];
                }
                row[j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / above[j];
            }
        }
        double[] x = right.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= matrix[i][k] * x[k];
            }
            x[i] /= matrix[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= matrix[k][i] * x[k];
            }
            x[i] /= matrix[i][i];
        }
        return x;
    }
}
