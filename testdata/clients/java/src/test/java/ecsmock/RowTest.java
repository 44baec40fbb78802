package ecsmock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table is the document's: no row is missing, none has another text. */
class RowTest {
    @Test void rowsAreTheDocuments() throws Exception {
        List<String> document = Files.readAllLines(Path.of("../../upstream/revoke-security-group.txt"));
        List<String> errors = document.subList(document.indexOf("[errors]") + 1, document.size())
            .stream().filter(line -> line.contains(" | ")).toList();
        List<Row> rows = Row.all();
        assertEquals(errors.size(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            String message = errors.get(i).endsWith("| %s") ? "%s" : row.message();
            assertEquals(errors.get(i), "%d | %s | %s".formatted(row.status(), row.code(), message));
        }
    }
}
