package io.github.ecsmock.junit;

import io.github.ecsmock.Ecsmock;
import io.github.ecsmock.EcsmockServer;
import io.github.ecsmock.Settings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The extension of {@link WithEcsmock}. Tests with the same settings share a mock, each with an account of its own, so that they may run
 * concurrently. A test that fails prints its calls.
 */
public final class EcsmockExtension implements ParameterResolver, AfterTestExecutionCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(EcsmockExtension.class);

    /** The mocks that tests share. They end with this process. */
    private static final Map<Settings, EcsmockServer> SERVERS = new ConcurrentHashMap<>();

    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == Ecsmock.class || type == EcsmockServer.class) && context.getTestMethod().isPresent();
    }

    @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(type, one -> make(one, context));
    }

    private static Ecsmock make(Class<?> type, ExtensionContext context) {
        WithEcsmock asked = AnnotationSupport.findAnnotation(context.getElement(), WithEcsmock.class)
            .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), WithEcsmock.class)).orElse(null);
        Settings settings = asked == null ? new Settings() : settingsOf(asked);
        String seed = asked == null ? "" : asked.seed();
        if (type == EcsmockServer.class) return EcsmockServer.start(seed.isEmpty() ? settings : settings.setSeed(seed));
        Ecsmock account = SERVERS.computeIfAbsent(settings, EcsmockServer::start).newAccount();
        if (!seed.isEmpty()) account.seed(seed);
        return account;
    }

    private static Settings settingsOf(WithEcsmock asked) {
        Settings settings = new Settings();
        if (!asked.edition().isEmpty()) settings.setEdition(asked.edition());
        if (asked.strict()) settings.setStrict(true);
        if (!asked.signatures().isEmpty()) settings.setSignatures(asked.signatures());
        for (String flag : asked.flags()) {
            String[] pair = flag.replaceFirst("^-+", "").split("=", 2);
            settings.setFlag(pair[0], pair.length > 1 ? pair[1] : "true");
        }
        return settings;
    }

    @Override public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            each(context, mock -> System.err.println("ecsmock: " + context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName() + ": " + mock.lastCalls()));
        }
    }

    @Override public void afterEach(ExtensionContext context) { each(context, Ecsmock::close); }

    private static void each(ExtensionContext context, java.util.function.Consumer<Ecsmock> act) {
        for (Class<?> type : new Class<?>[] {Ecsmock.class, EcsmockServer.class}) {
            Ecsmock mock = (Ecsmock) context.getStore(NAMESPACE).get(type);
            if (mock != null) act.accept(mock);
        }
    }
}
