package io.github.ecsmock;

/** What is wrong with a request to the mock, or why it does not start, in a sentence that says what to do. */
public final class EcsmockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EcsmockException(String message) { super(message); }

    EcsmockException(String message, Throwable cause) { super(message, cause); }
}
