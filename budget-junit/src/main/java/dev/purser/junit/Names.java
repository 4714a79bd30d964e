package dev.purser.junit;

import java.lang.reflect.Method;

/** What classes and methods are called in messages: without packages. */
final class Names {

  private Names() {}

  static String of(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : of(outer) + "." + type.getSimpleName();
  }

  static String of(Method method) {
    return of(method.getDeclaringClass()) + "." + method.getName();
  }
}
