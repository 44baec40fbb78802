package ecsmock;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test of a client an account of its own, and notes for the matrix what succeeded there. */
final class Accounts implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace NAMESPACE = Namespace.create(Accounts.class);

    private final Mock mock;
    private final Matrix.Client client;

    Accounts(Mock mock, Matrix.Client client) {
        this.mock = mock;
        this.client = client;
    }

    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Account.class;
    }

    @Override public Account resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(Account.class, type -> new Account(mock), Account.class);
    }

    @Override public void afterTestExecution(ExtensionContext context) {
        Account account = context.getStore(NAMESPACE).get(Account.class, Account.class);
        if (account == null) return; // the test did not want one
        account.calls("").stream().filter(call -> call.status() == 200).forEach(call -> client.tests.add(call.name()));
    }
}
