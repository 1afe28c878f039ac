package verapipe.jenkins

import com.cloudbees.groovy.cps.NonCPS

/** Which known name a wrong one was meant to be. Pure. */
class NearestName implements Serializable {

    private static final long serialVersionUID = 1

    /** The nearest of the names, or null where none is near. */
    @NonCPS
    static String of(String written, Collection<String> names) {
        String nearest = null
        int fewest = 1 + (int) (written.length() / 3)
        for (String name : names) {
            int edits = distance(written.toLowerCase(), name.toLowerCase())
            if (edits < fewest) {
                fewest = edits
                nearest = name
            }
        }
        return nearest
    }

    /** Letters to insert, delete or replace (Levenshtein). */
    @NonCPS
    @SuppressWarnings('NestedForLoop')
    private static int distance(String a, String b) {
        List<Integer> row = (0..b.length()).toList()
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0]
            row[0] = i
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j]
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1)
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]))
                diagonal = above
            }
        }
        return row[b.length()]
    }

}
