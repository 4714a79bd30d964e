/**
 * Where the real credentials are that take the place of virtual keys: {@linkplain
 * dev.purser.wire.credential.EnvironmentCredentials the environment} and {@linkplain
 * dev.purser.wire.credential.FileCredentials a file}.
 */
@NullMarked
package dev.purser.wire.credential;

import org.jspecify.annotations.NullMarked;
