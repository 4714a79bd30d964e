package dev.purser.api;

import org.jspecify.annotations.Nullable;

/**
 * A call that passes although nothing is known of its cost.
 *
 * @param provider the provider it goes to
 * @param endpoint what it asks for, without query and credentials: {@code POST
 *     api.openai.com/v1/batches}
 * @param attribution what it is for
 * @param credential the digest of its credential, or null
 * @param why why it could not be metered
 */
public record UnmeteredCall(
    String provider,
    String endpoint,
    Attribution attribution,
    @Nullable Credential credential,
    String why) {}
