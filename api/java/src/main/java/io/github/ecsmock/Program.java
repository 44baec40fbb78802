package io.github.ecsmock;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The program, which runs until it is stopped, or this process ends, which holds its standard input. */
final class Program {
    private static final String LISTENING = "listening on ";
    private static final String NAME = File.separatorChar == '\\' ? "ecsmock.exe" : "ecsmock";

    private final Process process;
    final String url;

    Program(List<String> flags, boolean showsLog) {
        String file = find();
        ProcessBuilder program = new ProcessBuilder(Stream.of(List.of(file), flags, List.of("-until-eof")).flatMap(List::stream).toList());
        if (showsLog) program.redirectError(ProcessBuilder.Redirect.INHERIT);
        else program.redirectErrorStream(true);
        StringBuilder log = new StringBuilder();
        try {
            process = run(program);
            BufferedReader out = process.inputReader();
            String line = out.readLine();
            for (; line != null && !line.startsWith(LISTENING); line = out.readLine()) log.append(line).append('\n');
            if (line == null) throw new EcsmockException(log.isEmpty() ? file + " ended before it listened" : log.toString().strip().replaceFirst("^ecsmock: ", ""));
            url = line.substring(LISTENING.length());
        } catch (IOException e) {
            throw new EcsmockException(file + " cannot be run: " + e.getMessage(), e);
        }
    }

    /** Tries again while another thread that starts a process has the file open, which it was written to. */
    private static Process run(ProcessBuilder program) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return program.start();
            } catch (IOException e) {
                if (tries == 100 || !e.getMessage().contains("error=26")) throw e;
                Thread.onSpinWait();
            }
        }
    }

    void stop() {
        process.destroy();
        process.onExit().join();
    }

    /** The program: that of ECSMOCK_PROGRAM, else that of this package, else that of PATH. */
    static String find() {
        String named = System.getenv("ECSMOCK_PROGRAM");
        if (named != null && !named.isEmpty()) return named;
        if (Held.FILE != null) return Held.FILE;
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(directory, NAME);
            if (Files.isExecutable(file)) return file.toString();
        }
        throw new EcsmockException("this package holds no program for " + platform() + "; put ecsmock on the PATH, or name it in ECSMOCK_PROGRAM");
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : os) + "-"
            + processor.replace("x86_64", "amd64").replace("aarch64", "arm64");
    }

    /** The program of this package as a file, which is written once. */
    private static final class Held {
        static final String FILE = write();

        private static String write() {
            try (InputStream program = Program.class.getResourceAsStream("bin/" + platform() + "/" + NAME)) {
                if (program == null) return null;
                Path directory = Files.createTempDirectory("ecsmock-");
                Path file = directory.resolve(NAME);
                directory.toFile().deleteOnExit(); // after the file, which is the last to be registered
                file.toFile().deleteOnExit();
                Files.copy(program, file);
                if (!file.toFile().setExecutable(true)) throw new IOException(file + " cannot be made executable");
                return file.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
