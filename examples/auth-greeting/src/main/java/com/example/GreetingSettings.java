package com.example;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.Secret;

/** The settings, checked by postern before the strategy sees them. */
@Doc("Answers a server that asks for the word of the day.")
public record GreetingSettings(
    @Doc("The word.") Secret word,
    @Doc("How the question begins.") @Default("\"Word of the day\"") String question) {}
