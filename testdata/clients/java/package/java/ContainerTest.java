import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ecsmock.EcsmockServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

class ContainerTest {
    @Test void aContainer() {
        try (GenericContainer<?> container = new GenericContainer<>("ecsmock").withExposedPorts(2014)
                .withEnv("ECSMOCK_EDITION", "2025").withEnv("ECSMOCK_SEED", "demo")
                .waitingFor(Wait.forHttp("/_mock/health"))
                .withLogConsumer(line -> System.err.print(line.getUtf8String()))) { // a line for each call
            container.start();
            EcsmockServer mock = EcsmockServer.connect("http://" + container.getHost() + ":" + container.getMappedPort(2014));
            assertEquals(2025, mock.health().getEdition());
            assertEquals(List.of(), mock.newAccount().state().getSecurityGroups());
        }
    }
}
