package ecsmock;

import java.io.BufferedReader;
import java.io.InputStreamReader;

/** A process that runs the main of each class that it reads on a line, and says so when it has returned. */
final class Mains {
    static final String RETURNED = "returned";

    public static void main(String[] args) throws Throwable {
        var names = new BufferedReader(new InputStreamReader(System.in));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            Class.forName(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            System.out.println(RETURNED);
        }
        System.exit(0); // though an SDK has left threads behind
    }
}
