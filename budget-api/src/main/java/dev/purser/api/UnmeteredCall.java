package dev.purser.api;

/**
 * A call that passes although nothing is known of its cost.
 *
 * @param provider the provider it goes to
 * @param endpoint what it asks for, without query and credentials: {@code POST
 *     api.openai.com/v1/batches}
 * @param attribution what it is for
 * @param why why it could not be metered
 */
public record UnmeteredCall(
    String provider, String endpoint, Attribution attribution, String why) {}
