package dev.postern.auth.interactive;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.config.Doc;
import java.util.Optional;

/** The settings of {@code interactive}. */
@Doc("Asks the person: on the terminal, or through SSH_ASKPASS.")
public record InteractiveConfig(
    @Doc("The prompts to ask the person; all unless set.") Optional<PromptPattern> ask,
    @Doc("A line to show before the first question.") Optional<String> message) {}
