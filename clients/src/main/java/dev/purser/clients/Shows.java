package dev.purser.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which scenario a test shows. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Shows {
  Scenario value();
}
