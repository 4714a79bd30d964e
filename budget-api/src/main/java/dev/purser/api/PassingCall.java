package dev.purser.api;

import org.jspecify.annotations.Nullable;

/**
 * A request that wants to leave without a reservation: nothing is known of its cost, or it has none.
 *
 * @param provider the provider it goes to, or the host
 * @param endpoint what it asks for, without query and credentials: {@code GET api.openai.com/v1/models}
 * @param attribution what it is for
 * @param credential the digest of its credential, or null
 * @param billable whether it may cost something
 */
public record PassingCall(
    String provider,
    String endpoint,
    Attribution attribution,
    @Nullable Credential credential,
    boolean billable) {}
