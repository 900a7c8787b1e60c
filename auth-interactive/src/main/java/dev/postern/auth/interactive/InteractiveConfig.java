package dev.postern.auth.interactive;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.config.Doc;
import java.util.Optional;

/** The settings of {@code interactive}. */
@Doc("Asks the person: on the terminal, or through SSH_ASKPASS.")
public record InteractiveConfig(
    @Doc(
            value =
                "The questions to put to the person, \"alice@bastion's password: \" among them; all unless set.",
            example = "\"(?i)passcode\"")
        Optional<PromptPattern> ask,
    @Doc(
            value = "A line to show before the first question.",
            example = "\"Have your phone ready.\"")
        Optional<String> message) {}
