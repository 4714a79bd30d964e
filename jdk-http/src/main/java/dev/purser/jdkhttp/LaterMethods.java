package dev.purser.jdkhttp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The methods that clients have since JDK 21, called on whatever JDK there is. */
final class LaterMethods {

  private static final @Nullable MethodHandle SHUTDOWN = find("shutdown", void.class);
  private static final @Nullable MethodHandle SHUTDOWN_NOW = find("shutdownNow", void.class);
  private static final @Nullable MethodHandle TERMINATED = find("isTerminated", boolean.class);
  private static final @Nullable MethodHandle AWAIT =
      find("awaitTermination", boolean.class, Duration.class);
  private static final @Nullable MethodHandle CLOSE = find("close", void.class);

  private LaterMethods() {}

  private static @Nullable MethodHandle find(String name, Class<?> result, Class<?>... taken) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(HttpClient.class, name, MethodType.methodType(result, taken));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null; // before JDK 21
    }
  }

  static void shutdown(HttpClient client) {
    run(SHUTDOWN, client);
  }

  static void shutdownNow(HttpClient client) {
    run(SHUTDOWN_NOW, client);
  }

  static void close(HttpClient client) {
    run(CLOSE, client);
  }

  private static void run(@Nullable MethodHandle method, HttpClient client) {
    if (method != null) {
      try {
        method.invoke(client);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e); // none of them declares any other
      }
    }
  }

  static boolean isTerminated(HttpClient client) {
    if (TERMINATED == null) {
      return false;
    }
    try {
      return (boolean) TERMINATED.invoke(client);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean awaitTermination(HttpClient client, Duration most) throws InterruptedException {
    if (AWAIT == null) {
      return false;
    }
    try {
      return (boolean) AWAIT.invoke(client, most);
    } catch (InterruptedException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
