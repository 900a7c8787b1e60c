package dev.postern.auth.interactive;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.config.Doc;
import java.util.Optional;

/** The settings of {@code interactive}. */
@Doc("Asks the person: on the terminal, or through SSH_ASKPASS.")
public record InteractiveConfig(
    @Doc(
            "The questions to put to the person, \"alice@bastion's password: \" among them; all unless set.")
        Optional<PromptPattern> ask,
    @Doc("A line to show before the first question.") Optional<String> message) {}
