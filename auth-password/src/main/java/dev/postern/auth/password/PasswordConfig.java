package dev.postern.auth.password;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.Secret;
import java.util.Optional;

/** The settings of {@code password}. */
@Doc(
    "Signs in with a password: the password method, and prompts that ask for a password with echo off.")
public record PasswordConfig(
    @Doc("The password.") Secret password,
    @Doc("The password to set when the server says that the present one expired.")
        Optional<Secret> newPassword,
    @Doc(
            value =
                "The prompts to give the password to, in place of those that ask for it in the usual words; only ones that hide what is typed.",
            example = "\"Kodeord: \"")
        Optional<PromptPattern> ask) {}
