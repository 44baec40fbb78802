package ecsmock;

import io.github.ecsmock.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@EnabledIf("firstEdition") // samples are the same in each edition
@Execution(ExecutionMode.SAME_THREAD) // each sample has the demo world to itself
class Ecs20140526SamplesTest {
    @RegisterExtension static final Mock mock = new Mock(new Settings().setSeed("demo"));

    static boolean firstEdition() { return Row.EDITION.equals("2019"); }

    @TestFactory Stream<DynamicTest> everySampleRuns(@TempDir Path directory) throws IOException {
        Samples samples = new Samples(mock, Matrix.Client.V2, directory);
        return samples.tests().onClose(samples::close);
    }
}
